// How fast requests go out: no window of time holds more of them than is allowed.

/** So many requests in each span of so many milliseconds. */
export interface Rate {
  readonly most: number;
  readonly within: number;
}

const SPANS = { s: 1000, m: 60_000, h: 3_600_000 } as const;

/** What is to be said of a text that says no rates. */
export const RATES_LOOK = 'must be like 10/s, 240/m, several with commas, or off';

/** `10`, `10/s`, `240/m`, `1000/h`, several with commas, none for `off`; undefined when it is none of that. */
export function ratesOf(text: string): Rate[] | undefined {
  if (text === 'off') return [];
  const rates: Rate[] = [];
  for (const part of text.split(',')) {
    const [, most, span = 's'] = /^\s*([1-9]\d{0,5})(?:\/([smh]))?\s*$/.exec(part) ?? [];
    if (most === undefined) return undefined;
    rates.push({ most: Number(most), within: SPANS[span as keyof typeof SPANS] });
  }
  return rates;
}

/** Comes back when the next request may go out; who asks first goes first. */
export function pacer(
  rates: readonly Rate[],
  sleep: (ms: number) => Promise<void>,
  now: () => number = () => performance.now(),
): () => Promise<void> {
  /** When each request of the longest window went out. */
  const sent: number[] = [];
  const longest = Math.max(0, ...rates.map(({ most }) => most));
  const waitAt = (time: number) =>
    Math.max(0, ...rates.map(({ most, within }) => (sent.at(-most) ?? -Infinity) + within - time));
  let turn = Promise.resolve();
  const wait = async () => {
    for (let ms = waitAt(now()); ms > 0; ms = waitAt(now())) await sleep(Math.ceil(ms));
    sent.push(now());
    if (sent.length > longest) sent.shift();
  };
  return () => {
    turn = turn.then(wait);
    return turn;
  };
}
