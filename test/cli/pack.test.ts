// The package as users get it: packed, installed into an empty folder, run by its name.

import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { ROOT } from '../support/cli.ts';

test('the packed package installs in an empty folder and serves by its name', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tallystick-pack-'));
  // The build is there already, and other tests are using it.
  execFileSync('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], {
    cwd: ROOT,
    stdio: 'ignore',
  });
  const [packed] = readdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{"private": true}');
  execFileSync('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', `./${packed}`], {
    cwd: folder,
    stdio: 'ignore',
  });
  const child = spawn('npx', ['tallystick', 'mock', 'flexprice', '--port', '0', '--json'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const { apis } = JSON.parse(line) as { apis: { flexprice: string } };
  const made = await fetch(`${apis.flexprice}/groups`, {
    method: 'POST',
    headers: { 'x-api-key': 'me', 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'GPU', lookup_key: 'gpu', entity_type: 'price' }),
  });
  expect(made.status).toBe(201);
  process.kill(-(child.pid ?? 0), 'SIGTERM');
  await once(child, 'exit');
}, 300_000);
