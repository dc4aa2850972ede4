// What the long measures found out about the independent servers, and the files that hold it.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Killed {
  readonly fault: string;
  /** The rules whose checks found it, the first one first. */
  readonly by: readonly string[];
  /**
   * Found by what is documented, in so few requests as a run sends by itself; only with `--max-requests all`; only with
   * `--basis documented,protocol,observed,assumed` too; or by nothing.
   */
  readonly basis: 'default' | 'thorough' | 'wider' | 'none';
}

/** What the long search for false alarms found on servers that are right. */
export interface Alarms {
  /** The healthy one and the unusual ones. */
  readonly servers: number;
  readonly seeds: number;
  /** Of all runs together. */
  readonly requests: number;
  readonly alarms: readonly string[];
}

export function killedOf(api: string): Killed[] {
  return read(`${api}.killed.json`);
}

export function alarmsOf(api: string): Alarms {
  return read(`${api}.alarms.json`);
}

function read<Measured>(file: string): Measured {
  return JSON.parse(readFileSync(join(import.meta.dirname, file), 'utf8'));
}
