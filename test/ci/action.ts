// A composite action of GitHub, read and its scripts run as a runner would run them.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ROOT } from '../support/cli.ts';

export interface Step {
  readonly id?: string;
  readonly name?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly shell?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Action {
  readonly inputs: Readonly<
    Record<
      string,
      { readonly description: string; readonly required?: boolean; readonly default?: string }
    >
  >;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

export interface Job {
  readonly steps: readonly Step[];
  readonly if?: string;
  readonly 'timeout-minutes'?: number;
}

export interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

export const ACTION = parse(
  readFileSync(join(ROOT, '.github', 'actions', 'tallystick', 'action.yml'), 'utf8'),
) as Action;

/** The workflow of the README. */
export function readmeWorkflow(): Workflow {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  const [, text = ''] = /```yaml\n(# \.github\/workflows\/[\s\S]*?)```/.exec(readme) ?? [];
  return parse(text) as Workflow;
}

export interface Ran {
  readonly code: number | null;
  readonly output: string;
  /** What the step gave as outputs. */
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  /** What the package was asked for as. */
  readonly packages: readonly string[];
}

/** A place for steps to be run in: `npx` runs the built program, whatever version it is asked for. */
export function workspace(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tallystick-action-'));
  const main = join(ROOT, 'dist', 'src', 'cli', 'main.js');
  mkdirSync(join(folder, 'bin'));
  const stub = `#!/bin/bash\necho "$2" >> "$ASKED"\nshift 2\nexec "${process.execPath}" "${main}" "$@"\n`;
  writeFileSync(join(folder, 'bin', 'npx'), stub);
  chmodSync(join(folder, 'bin', 'npx'), 0o755);
  return folder;
}

/** Runs the step's script with these inputs, and with the defaults of the others. */
export async function runStep(
  folder: string,
  step: Step,
  inputs: Readonly<Record<string, string>>,
): Promise<Ran> {
  const files = Object.fromEntries(
    ['GITHUB_OUTPUT', 'GITHUB_STEP_SUMMARY', 'ASKED', 'script'].map((name) => [
      name,
      join(folder, name),
    ]),
  ) as Record<'GITHUB_OUTPUT' | 'GITHUB_STEP_SUMMARY' | 'ASKED' | 'script', string>;
  for (const file of Object.values(files)) writeFileSync(file, '');
  writeFileSync(files.script, step.run ?? '');
  const { script, ...named } = files;
  const child = spawn('bash', ['--noprofile', '--norc', '-eo', 'pipefail', script], {
    cwd: folder,
    env: {
      PATH: `${join(folder, 'bin')}:${process.env['PATH']}`,
      ...named,
      ...envOf(step, inputs),
    },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk;
    });
  }
  const [code] = (await once(child, 'close')) as [number | null];
  const lines = (file: string) => readFileSync(file, 'utf8').split('\n').slice(0, -1);
  return {
    code,
    output,
    outputs: Object.fromEntries(lines(files.GITHUB_OUTPUT).map((line) => line.split(/=(.*)/s, 2))),
    summary: readFileSync(files.GITHUB_STEP_SUMMARY, 'utf8'),
    packages: lines(files.ASKED),
  };
}

/** The step's variables: each is one input. Throws for anything else. */
function envOf({ env = {} }: Step, inputs: Readonly<Record<string, string>>) {
  return Object.fromEntries(
    Object.entries(env).map(([name, text]) => {
      const [, input = ''] = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(text) ?? [];
      const known = ACTION.inputs[input];
      if (known === undefined) throw new Error(`${name} is no input: ${text}`);
      return [name, inputs[input] ?? known.default ?? ''];
    }),
  );
}
