// A mock started, asked and stopped in this very process: what V8 compiles for that is what most starts need.

import { join } from 'node:path';
import { packageRoot } from '../contract/bundled.ts';

const REQUESTS: readonly [path: string, body: object][] = [
  ['/groups', { name: 'Compute', lookup_key: 'compute', entity_type: 'price' }],
  ['/groups', { name: 'Compute' }],
];

/**
 * Has the program serve an API with a contract and a document without one, and resolves when it has stopped. Rejects when
 * it stops before it serves.
 */
export async function served(run: () => Promise<void>): Promise<void> {
  const document = join(packageRoot(), 'specs', 'fynn.yaml');
  const options = ['--port', '0', '--ephemeral', '--quiet', '--json'];
  process.argv.splice(2, Number.POSITIVE_INFINITY, 'mock', 'flexprice', document, ...options);
  const { write } = process.stdout;
  try {
    const ready = nextLine();
    const stopped = run();
    const failed = stopped.then(() => Promise.reject(new Error('the mock stopped too early')));
    const { apis } = JSON.parse(await Promise.race([ready, failed]));
    failed.catch(() => {});
    for (const [path, body] of REQUESTS) await create(apis.flexprice + path, body);
    process.emit('SIGINT');
    await stopped;
  } finally {
    process.stdout.write = write;
  }
}

/** The next line that is said, which is not shown. */
function nextLine(): Promise<string> {
  return new Promise((resolve) => {
    process.stdout.write = (text) => {
      resolve(String(text));
      return true;
    };
  });
}

async function create(url: string, body: object): Promise<void> {
  const headers = { 'x-api-key': 'build', 'content-type': 'application/json' };
  await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
}
