// The built server in a process of its own, to be killed and started again over the same folder.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { MAIN } from '../support/cli.ts';

type Row = Record<string, unknown>;

export class Victim {
  kills = 0;
  /** Writes that were answered with 2xx. */
  answered = 0;
  readonly #folder: string;
  #server: { readonly url: string; readonly process: ChildProcess } | undefined;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Starts the server, which must need no help. */
  async start(): Promise<void> {
    const args = ['mock', 'flexprice', '--port', '0', '--json', '--quiet'];
    args.push('--data-dir', this.#folder, '--compact-at', '20000');
    const child = spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    child.stderr.on('data', (chunk) => {
      said += chunk;
    });
    const line = once(createInterface({ input: child.stdout }), 'line');
    const [ready] = (await Promise.race([line, once(child, 'exit')])) as [unknown];
    if (typeof ready !== 'string')
      throw new Error(`the start needed help (exit ${ready}): ${said}`);
    this.#server = { url: JSON.parse(ready).apis.flexprice, process: child };
  }

  /** Kills it, if it runs. */
  async kill(): Promise<void> {
    const child = this.#server?.process;
    if (child === undefined) return;
    this.#server = undefined;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
    this.kills += 1;
  }

  /** The answer's body ({} for none); undefined when the server went away. */
  async call(
    method: string,
    path: string,
    body?: Row,
    isRead = method === 'GET',
  ): Promise<Row | undefined> {
    let response: Response;
    let text: string;
    try {
      response = await fetch(this.#server?.url + path, {
        method,
        headers: { 'x-api-key': 'killer', 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      text = await response.text();
    } catch {
      return undefined;
    }
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    if (!isRead) this.answered += 1;
    return text === '' ? {} : JSON.parse(text);
  }

  /** All that a search finds. */
  async all(path: string, filter: Row): Promise<Row[]> {
    const rows: Row[] = [];
    for (;;) {
      const part = { ...filter, limit: 1_000, offset: rows.length };
      const page = await this.call('POST', path, part, true);
      const items = (page?.['items'] ?? []) as Row[];
      rows.push(...items);
      if (items.length < 1_000) return rows;
    }
  }

  /** A file that is not yet renamed, or files of different versions: a rewrite has begun and not ended. */
  isRewriting(): boolean {
    const folder = join(this.#folder, 'flexprice');
    const names = readdirSync(folder);
    if (names.some((name) => name.endsWith('.tmp'))) return true;
    const versions = names
      .filter((name) => name.endsWith('.json'))
      .map((name) => /"version": (\d+)/.exec(readFileSync(join(folder, name), 'utf8'))?.[1]);
    return new Set(versions).size > 1;
  }
}
