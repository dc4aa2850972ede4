// A mock that starts does not optimise its code, and one that serves does again: V8 says itself when it does.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, expect, test } from 'vitest';
import { largeDocument } from '../infer/large.ts';
import { MAIN } from '../support/cli.ts';

const REQUESTS = 500;

const folder = mkdtempSync(join(tmpdir(), 'tallystick-start-'));
const FILE = join(folder, 'large.json');
writeFileSync(FILE, JSON.stringify(largeDocument(1_200, 3)));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('code is optimised when the mock serves, and not before', async () => {
  const args = [
    '--trace-opt',
    MAIN,
    'mock',
    FILE,
    '--port',
    '0',
    '--ephemeral',
    '--json',
    '--quiet',
  ];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const optimised = { before: 0, after: 0 };
  let when: keyof typeof optimised = 'before';
  const ready = new Promise<string>((resolve) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.includes('completed optimizing')) optimised[when] += 1;
      if (!line.startsWith('{')) return;
      when = 'after';
      resolve((JSON.parse(line) as { url: string }).url);
    });
  });
  const url = await ready;
  for (let count = 0; count < REQUESTS; count++) {
    await (await fetch(`${url}/many-things/openapi.json`, { method: 'HEAD' })).arrayBuffer();
  }
  child.kill('SIGKILL');
  expect(optimised.before).toBe(0);
  expect(optimised.after).toBeGreaterThan(0);
}, 60_000);
