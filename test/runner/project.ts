// A team's project: a folder of its own with the package as npm packs it, in which a test runner is started.

import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../support/cli.ts';

/** One test as the runner saw it. */
export interface Seen {
  readonly name: string;
  readonly state: 'passed' | 'failed' | 'skipped';
  /** Why it was skipped, what is noted of it, or the message that it failed with. */
  readonly why?: string;
}

export interface Ran {
  readonly code: number | null;
  readonly tests: readonly Seen[];
  readonly output: string;
}

const VITEST_REPORTER = `import { appendFileSync } from 'node:fs';
export default class {
  onTestModuleEnd(file) {
    for (const { message } of file.errors()) console.error(message);
  }
  onTestCaseResult(test) {
    const { state, errors, note } = test.result();
    const why = note ?? errors?.[0]?.message ?? test.annotations()[0]?.message;
    appendFileSync(process.env.SEEN, JSON.stringify({ name: test.name, state, why }) + '\\n');
  }
}
`;

const NODE_REPORTER = `import { appendFileSync } from 'node:fs';
export default async function* (source) {
  for await (const { type, data } of source) {
    if (type === 'test:diagnostic' || type === 'test:stderr') yield data.message + '\\n';
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    if (data.details.type === 'suite' || data.file === data.name) continue;
    const state = type === 'test:fail' ? 'failed' : data.skip === undefined ? 'passed' : 'skipped';
    const { error } = data.details;
    const why = typeof data.skip === 'string' ? data.skip : (error?.cause?.message ?? error?.message);
    appendFileSync(process.env.SEEN, JSON.stringify({ name: data.name, state, why }) + '\\n');
  }
}
`;

/** How a runner is started on one file, with only the tests whose names match where a pattern is given. */
const COMMANDS = {
  vitest: (file: string, pattern?: string) => [
    'node_modules/vitest/vitest.mjs',
    ...['run', '--root', '.', '--reporter', './vitest-reporter.mjs', file],
    ...(pattern === undefined ? [] : ['-t', pattern]),
  ],
  'node-test': (file: string, pattern?: string) => [
    ...['--test', '--test-reporter', './node-reporter.mjs'],
    ...(pattern === undefined ? [] : ['--test-name-pattern', pattern]),
    file,
  ],
} as const;

export type RunnerName = keyof typeof COMMANDS;

/** A new folder with the package and everything that is installed here. */
export function project(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tallystick-project-'));
  const modules = join(folder, 'node_modules');
  mkdirSync(join(modules, 'tallystick'), { recursive: true });
  execFileSync('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], {
    cwd: ROOT,
    stdio: 'ignore',
  });
  const [packed = ''] = readdirSync(folder).filter((name) => name.endsWith('.tgz'));
  const unpack = ['-xzf', packed, '-C', join(modules, 'tallystick'), '--strip-components', '1'];
  execFileSync('tar', unpack, { cwd: folder });
  for (const name of readdirSync(join(ROOT, 'node_modules'))) {
    if (name.startsWith('.')) continue;
    symlinkSync(join(ROOT, 'node_modules', name), join(modules, name));
  }
  writeFileSync(join(folder, 'package.json'), '{"private": true, "type": "module"}');
  writeFileSync(join(folder, 'vitest-reporter.mjs'), VITEST_REPORTER);
  writeFileSync(join(folder, 'node-reporter.mjs'), NODE_REPORTER);
  return folder;
}

let files = 0;

/** Writes the text as a test file and runs it to its end. */
export async function runTests(
  folder: string,
  runner: RunnerName,
  text: string,
  pattern?: string,
): Promise<Ran> {
  files += 1;
  const file = `file-${files}.test.mjs`;
  const seen = join(folder, `seen-${files}.jsonl`);
  writeFileSync(join(folder, file), text);
  writeFileSync(seen, '');
  const { NODE_TEST_CONTEXT: _, VITEST: __, ...env } = process.env;
  const child = spawn(process.execPath, COMMANDS[runner](file, pattern), {
    cwd: folder,
    env: { ...env, SEEN: seen },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk;
    });
  }
  const [code] = (await once(child, 'close')) as [number | null];
  const lines = readFileSync(seen, 'utf8').split('\n').slice(0, -1);
  return { code, tests: lines.map((line) => JSON.parse(line) as Seen), output };
}
