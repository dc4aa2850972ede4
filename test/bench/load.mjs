// Load: creates over keep-alive connections, timed here and not by autocannon, whose own clock ticks in
// samples. A body is the one before it with the next key written over, so that the generator, which has
// only one processor too, is not what is measured.

import autocannon from 'autocannon';
import { cpuSeconds } from './child.mjs';
import { bodyOf, HEADERS, nextKey } from './requests.mjs';

export const CONNECTIONS = 32;
const SAMPLE_MS = 20;
/** By which autocannon outlasts the time that is measured. */
const SPARE_SECONDS = 0.1;

/**
 * Sends `count` creates, or sends for `warm + seconds` and counts in the last `seconds`. Gives
 * `{ perSecond, cpuMicros, busy, sent, marks }`: `cpuMicros` is the server's processor time per create,
 * `busy` the share of one processor that it used, `marks` the time at each `every` creates. Throws
 * when an answer is no 201, or takes longer than the patience, in seconds.
 */
export async function load({ url, pid }, { count, seconds, warm = 0, every, patience = 10 }) {
  const run = autocannon({
    url,
    connections: CONNECTIONS,
    method: 'POST',
    headers: HEADERS,
    body: bodyOf(nextKey()),
    setupClient: withFreshKeys,
    sampleInt: SAMPLE_MS,
    timeout: patience,
    ...(count === undefined ? { duration: warm + seconds + SPARE_SECONDS } : { amount: count }),
  });
  const seen = watch(run, pid, { warm, seconds, every });
  const result = await run;
  refuseFailures(url, result, count);
  return { ...seen.sums(), sent: result['2xx'] };
}

/** Sees to it that every request of the client has a key of its own. */
function withFreshKeys(client) {
  let bytes;
  let at = 0;
  client.getRequestBuffer = () => {
    if (bytes === undefined) {
      bytes = Buffer.from(client.requestIterator.currentRequest.requestBuffer);
      at = bytes.lastIndexOf('key-');
      if (at < 0) throw new Error('autocannon builds its requests in another way than it used to');
    }
    bytes.write(nextKey(), at, 'latin1');
    return bytes;
  };
}

/** Counts answers from the warm-up's end to the load's: a span of time, or the last answer. */
function watch(run, pid, { warm = 0, seconds, every }) {
  const marks = [];
  const begun = performance.now();
  const look = () => ({ at: performance.now(), cpu: cpuSeconds(pid), answers });
  let answers = 0;
  let from = look();
  let to;
  let last = begun;
  if (seconds !== undefined) {
    setTimeout(() => {
      from = look();
    }, warm * 1_000);
    setTimeout(
      () => {
        to = look();
      },
      (warm + seconds) * 1_000,
    );
  }
  run.on('response', () => {
    answers += 1;
    last = performance.now();
    if (every !== undefined && answers % every === 0) marks.push(last - begun);
  });
  return {
    sums() {
      const end = to ?? { at: last, cpu: cpuSeconds(pid), answers };
      const wall = (end.at - from.at) / 1_000;
      const cpu = end.cpu - from.cpu;
      const counted = end.answers - from.answers;
      return {
        perSecond: counted / wall,
        cpuMicros: (cpu / counted) * 1e6,
        busy: cpu / wall,
        marks,
      };
    },
  };
}

function refuseFailures(url, { errors, timeouts, statusCodeStats }, count) {
  const created = statusCodeStats['201']?.count ?? 0;
  const others = Object.entries(statusCodeStats).filter(([status]) => status !== '201');
  if (errors > 0 || timeouts > 0 || others.length > 0 || (count ?? created) !== created) {
    const what = JSON.stringify({ errors, timeouts, statusCodeStats, wanted: count });
    throw new Error(`${url}: not every create was answered with 201: ${what}`);
  }
}
