// Creates per second: every server afresh in every round, one after the other, in turning order. The
// warm-up is a number of creates and not a time, or slow servers would be measured with colder code.

import { checkAnswers, checkCount } from './check.mjs';
import { memoryMb, start } from './child.mjs';
import { load } from './load.mjs';

/** Seconds until all connections are at work. */
const CONNECT = 0.3;

/** Server id -> what each round gave: `{ perSecond, cpuMicros, busy, peakMb }`. */
export async function throughput(servers, { rounds, warm, seconds }, say) {
  const results = Object.fromEntries(servers.map(({ id }) => [id, []]));
  for (let round = 0; round < rounds; round++) {
    const turn = round % servers.length;
    for (const server of [...servers.slice(turn), ...servers.slice(0, turn)]) {
      const result = await once(server, warm, seconds);
      results[server.id].push(result);
      const { perSecond, cpuMicros } = result;
      say(
        `  ${server.name}: ${Math.round(perSecond)} req/s, ${cpuMicros.toFixed(0)} us of CPU each`,
      );
    }
  }
  return results;
}

async function once(server, warm, seconds) {
  const child = await start(server);
  try {
    await checkAnswers(server, child);
    const before = await load(child, { count: warm });
    const { perSecond, cpuMicros, busy, sent } = await load(child, { warm: CONNECT, seconds });
    await checkCount(server, child, before.sent + sent);
    return { perSecond, cpuMicros, busy, peakMb: memoryMb(child.pid, 'VmHWM') };
  } finally {
    await child.stop();
  }
}
