// Creates per second: every server afresh in every round, one after the other, in turning order.

import { checkAnswers, checkCount } from './check.mjs';
import { memoryMb, start } from './child.mjs';
import { load } from './load.mjs';

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
    const { perSecond, cpuMicros, busy, sent } = await load(child, { warm, seconds });
    await checkCount(server, child, sent);
    return { perSecond, cpuMicros, busy, peakMb: memoryMb(child.pid, 'VmHWM') };
  } finally {
    await child.stop();
  }
}
