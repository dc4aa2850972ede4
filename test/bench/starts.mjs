// How long a start takes until the first request is answered, and what memory the server then holds.

import { setTimeout as sleep } from 'node:timers/promises';
import { memoryMb, start } from './child.mjs';

const SETTLE_MS = 300;

/** Server id -> what each start gave: `{ readyMs, readyCpuMs, mb }`. */
export async function starts(servers, { times }, say) {
  const results = Object.fromEntries(servers.map(({ id }) => [id, []]));
  for (let time = 0; time < times; time++) {
    for (const server of servers) {
      const child = await start(server);
      await sleep(SETTLE_MS);
      const { readyMs, readyCpuMs, pid } = child;
      const mb = memoryMb(pid);
      await child.stop();
      results[server.id].push({ readyMs, readyCpuMs, mb });
      say(`  ${server.name}: ready in ${Math.round(readyMs)} ms with ${Math.round(mb)} MB`);
    }
  }
  return results;
}
