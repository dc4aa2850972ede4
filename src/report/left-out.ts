// What a run of few requests leaves out, in words.

export function leftOutText(checks: number): string {
  return `${checks} checks of finer points were left out, to send few requests: --max-requests all plays them too`;
}
