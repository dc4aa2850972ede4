// Prism takes seconds to load: a server that was never asked for an unbound operation has not loaded it.

import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { ROOT } from '../http/mock.ts';
import { shopContract } from './shop.ts';

/** Starts a server in a process of its own and asks it; says after each path how many of Prism's files are read. */
const PROGRAM = `
import { createRequire } from 'node:module';
import { register } from 'node:module';
const [start, contract, ...paths] = process.argv.slice(1);
const { startMock } = await import(start);
const { cache } = createRequire(start);
const loaded = () => Object.keys(cache).filter((file) => file.includes('@stoplight/prism-')).length;
const mock = await startMock({ apis: [{ contract }] });
const counts = [loaded()];
for (const path of paths) {
  await fetch(mock.url + path, { headers: { 'x-api-key': 'one' } });
  counts.push(loaded());
}
await mock.close();
console.log(JSON.stringify(counts));
`;

test('Prism is loaded by the first request that no binding covers, and not before', async () => {
  const start = join(ROOT, 'dist/src/server/start.js');
  const args = [
    '--input-type=module',
    '-e',
    PROGRAM,
    start,
    shopContract(),
    '/items/1',
    '/nodes/1',
  ];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  const [before, bound, unbound] = JSON.parse(stdout) as number[];
  expect([before, bound]).toEqual([0, 0]);
  expect(unbound).toBeGreaterThan(0);
}, 60_000);
