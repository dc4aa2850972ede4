// Credentials never leave the process: headers as a report may show them.

/** Headers that say nothing secret; all others are shown by name only. */
const PLAIN = new Set([
  'accept',
  'content-type',
  'content-length',
  'user-agent',
  'x-environment-id',
]);

export function redacted(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      PLAIN.has(name.toLowerCase()) ? value : '***',
    ]),
  );
}
