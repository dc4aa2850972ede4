// A mock started, asked and stopped in this very process: what V8 compiles for that is what most starts need.

import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { packageRoot } from '../contract/bundled.ts';

const REQUESTS: readonly [path: string, body: object][] = [
  ['/flexprice/v1/groups', { name: 'Compute', lookup_key: 'compute', entity_type: 'price' }],
  ['/flexprice/v1/groups', { name: 'Compute' }],
];

/** Has the program serve an API with a contract and a document without one, and resolves when it has stopped. */
export async function served(run: () => Promise<void>): Promise<void> {
  const port = String(await freePort());
  const document = join(packageRoot(), 'specs', 'fynn.yaml');
  const options = ['--port', port, '--ephemeral', '--quiet', '--json'];
  process.argv.splice(2, Number.POSITIVE_INFINITY, 'mock', 'flexprice', document, ...options);
  const { write } = process.stdout;
  process.stdout.write = () => true;
  const stopped = run();
  for (const [path, body] of REQUESTS) await asked(`http://127.0.0.1:${port}${path}`, body);
  process.emit('SIGINT');
  await stopped;
  process.stdout.write = write;
}

const PATIENCE_MS = 30_000;

/** Asks until there is an answer. */
async function asked(url: string, body: object): Promise<void> {
  const headers = { 'x-api-key': 'build', 'content-type': 'application/json' };
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
      return;
    } catch (error) {
      if (Date.now() > end) throw error;
      await sleep(10);
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
