// The built program, run as a user runs it.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export const ROOT = join(import.meta.dirname, '..', '..');
export const MAIN = join(ROOT, 'dist', 'src', 'cli', 'main.js');

/** Two tenants: what the mock knows them by, and how they show it. */
export const TENANTS = ['--key', 'one=first-s3cret', '--key', 'two=second-s3cret'];

/** A Flexprice that does what the service does where it differs from its documents: some checks are violated. */
export const OBSERVED = [
  'flexprice',
  '--ephemeral',
  '--quiet',
  '--profile',
  'observed',
  ...TENANTS,
];
export const CREDENTIALS = [
  ...['--header', 'x-api-key: first-s3cret'],
  ...['--other-header', 'x-api-key: second-s3cret'],
];

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the program to its end. */
export async function tallystick(
  args: readonly string[],
  env: Record<string, string> = {},
  cwd = ROOT,
): Promise<Finished> {
  const child = spawn(process.execPath, [MAIN, ...args], { cwd, env: { ...process.env, ...env } });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
}

export interface Mock {
  readonly url: string;
  /** Base URL of the first API. */
  readonly api: string;
  readonly process: ChildProcess;
  stop(): Promise<void>;
}

/** Starts `tallystick mock` on a free port and waits until it says that it is ready. */
export async function runMock(args: readonly string[]): Promise<Mock> {
  const child = spawn(process.execPath, [MAIN, 'mock', ...args, '--port', '0', '--json'], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout });
  const [line] = (await once(lines, 'line')) as [string];
  const ready = JSON.parse(line) as { url: string; apis: Record<string, string> };
  return {
    url: ready.url,
    api: Object.values(ready.apis)[0] ?? '',
    process: child,
    async stop() {
      if (child.exitCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}
