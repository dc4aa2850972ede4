// The command in one file, as the build leaves it: it needs none of our modules, loads no package that is outside, and
// runs without a code cache, or with one that is of no use.

import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { ROOT } from '../support/cli.ts';

const BUILT = join(ROOT, 'dist', 'src', 'cli');
const FILES = ['main.js', 'compiled.js', 'bundle.cjs', 'bundle.cjs.cache'];

/** What `mock --help` prints, where there is nothing but those of the built files, one of them changed. */
async function alone(change: (folder: string) => void): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'tallystick-bundle-'));
  try {
    const cli = join(folder, 'dist', 'src', 'cli');
    mkdirSync(cli, { recursive: true });
    for (const file of FILES) cpSync(join(BUILT, file), join(cli, file));
    cpSync(join(ROOT, 'package.json'), join(folder, 'package.json'));
    change(cli);
    const args = [join(cli, 'main.js'), 'mock', '--help'];
    const { stdout, stderr } = await promisify(execFile)(process.execPath, args, { cwd: folder });
    expect(stderr).toBe('');
    return stdout;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test('the command runs from one file, whatever became of its code cache', async () => {
  const whole = await alone(() => {});
  expect(whole).toContain('--data-dir');
  expect(await alone((cli) => rmSync(join(cli, 'bundle.cjs.cache')))).toBe(whole);
  const garbage = (cli: string) => writeFileSync(join(cli, 'bundle.cjs.cache'), 'not a cache');
  expect(await alone(garbage)).toBe(whole);
});

test('without the bundle it is the modules that run', async () => {
  const failure = alone((cli) => rmSync(join(cli, 'bundle.cjs')));
  await expect(failure).rejects.toThrow(/program\.js/);
});

test('at its start the bundle loads what comes with Node, and no package', () => {
  const text = readFileSync(join(BUILT, 'bundle.cjs'), 'utf8');
  const loaded = [...text.matchAll(/^(?:let|var|const) \w+ = require\("([^"]+)"\)/gm)];
  const names = loaded.map(([, name]) => name ?? '');
  expect(names).toContain('node:http');
  expect(names.filter((name) => !name.startsWith('node:'))).toEqual([]);
});

test('the licence of each package in it goes with it', () => {
  const licences = readFileSync(join(BUILT, 'bundle.cjs.licences.txt'), 'utf8');
  for (const name of ['ajv', 'express', 'find-my-way', 'lowdb', 'commander']) {
    expect(licences).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(MIT\\)$`, 'm'));
  }
});
