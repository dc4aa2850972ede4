// The built server as a child process, and how it is doing: its memory, its log, whether it was restarted.

import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ROOT } from '../support/cli.ts';

const MAIN = join(ROOT, 'dist', 'src', 'cli', 'main.js');

export interface Health {
  readonly status: string;
  readonly instance: string;
  readonly apis: Readonly<Record<string, { readonly version: number }>>;
}

export class Server {
  readonly url: string;
  /** Lines on stdout that are no JSON, and what stderr says besides who came by. */
  readonly complaints: string[];
  readonly #process: ChildProcess;
  #instance: string | undefined;

  private constructor(url: string, process: ChildProcess, complaints: string[]) {
    this.url = url;
    this.#process = process;
    this.complaints = complaints;
  }

  /** All bundled APIs with the demo records, a stopped clock and repeatable ids; its records in a folder. */
  static async start(folder: string): Promise<Server> {
    const args = ['mock', '--port', '0', '--json', '--fixture', 'demo', '--data-dir', folder];
    const fixed = ['--seed', '7', '--clock', '2026-01-31T12:00:00Z'];
    const child = spawn(process.execPath, [MAIN, ...args, ...fixed], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const complaints: string[] = [];
    createInterface({ input: child.stderr }).on('line', (line) => {
      if (!/: first request of \S+, whose records are its own$/.test(line)) complaints.push(line);
    });
    const lines = createInterface({ input: child.stdout });
    const [ready] = (await Promise.race([once(lines, 'line'), once(child, 'exit')])) as [unknown];
    if (typeof ready !== 'string') throw new Error(`no start: ${complaints.join('\n')}`);
    lines.on('line', (line) => {
      if (!isJson(line)) complaints.push(`a log line that is no JSON: ${line.slice(0, 500)}`);
    });
    return new Server(JSON.parse(ready).url, child, complaints);
  }

  /** Megabytes that the process holds. */
  get megabytes(): number {
    const text = execFileSync('ps', ['-o', 'rss=', '-p', String(this.#process.pid)], {
      encoding: 'utf8',
    });
    return Math.round(Number(text) / 1024);
  }

  /** Its health. Throws when it is not ready, not the same process, or has complained. */
  async health(): Promise<Health> {
    if (this.#process.exitCode !== null) throw new Error('the server has exited');
    const response = await fetch(`${this.url}/_tallystick/v1/health`);
    const health = (await response.json()) as Health;
    if (response.status !== 200) throw new Error(`health ${response.status}`);
    this.#instance ??= health.instance;
    if (health.instance !== this.#instance) throw new Error('the server was started anew');
    if (this.complaints.length > 0) throw new Error(this.complaints.join('\n').slice(0, 4_000));
    return health;
  }

  async stop(): Promise<void> {
    if (this.#process.exitCode !== null) return;
    this.#process.kill('SIGTERM');
    await once(this.#process, 'exit');
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
