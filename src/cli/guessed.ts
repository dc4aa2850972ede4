// APIs that are named by an OpenAPI document alone: read, their contracts guessed, and what was guessed told.

import { existsSync } from 'node:fs';
import { type Guessed, guessContract } from '../infer/load.ts';
import { guessTable } from '../infer/table.ts';
import { findingLine } from '../model/finding.ts';
import { kinds } from '../rules/index.ts';
import type { ApiOptions } from '../server/start.ts';
import { isUrl } from '../spec/read.ts';
import { sortOfFile } from '../spec/sort.ts';
import { fetchSpec, loadSpec, type Spec } from '../spec/spec.ts';

export interface GuessFlags {
  readonly allowRemote?: boolean;
  /** Whether the document's examples are left out. */
  readonly empty?: boolean;
}

/** Whether the name is that of an OpenAPI document, in a file or behind a URL. */
export function isDocument(name: string): boolean {
  if (isUrl(name)) return true;
  if (!/\.(ya?ml|json)$/.test(name) || !existsSync(name)) return false;
  const sort = sortOfFile(name);
  return sort === 'document' || (sort === undefined && name.endsWith('.json'));
}

type Say = (text: string) => void;

/** The options of those of the APIs that are documents, by their names; `say`, where there is one, hears what was guessed. */
export async function guessedApis(
  apis: readonly string[],
  { allowRemote = false, empty = false }: GuessFlags,
  say: Say | undefined,
): Promise<Map<string, ApiOptions>> {
  const found = new Map<string, ApiOptions>();
  for (const name of apis) {
    if (found.has(name) || !isDocument(name)) continue;
    const spec = await fetchSpec(name, { allowRemote });
    const guessed = guessContract(spec, kinds);
    if (say !== undefined) tell(name, spec, guessed, say);
    const isLocal = !isUrl(name) && !allowRemote;
    const ready = (one: Guessed) => ({
      contract: one.contract,
      rows: empty ? new Map() : one.inferred.rows,
    });
    let first: Guessed | undefined = guessed;
    // An edited file is read again; what came over the net stays as it came.
    const load = () => {
      const one = first ?? (isLocal ? guessContract(loadSpec(name), kinds) : guessed);
      first = undefined;
      return ready(one);
    };
    found.set(name, { contract: name, load });
  }
  return found;
}

/** What the document has and is not played, as warnings. */
export function notesOf({ notes }: Spec): string {
  return notes.map((note) => `warning: ${findingLine(note)}\n`).join('');
}

function tell(name: string, spec: Spec, { inferred }: Guessed, say: Say): void {
  const rows = [...inferred.rows.values()].reduce((sum, own) => sum + own.length, 0);
  const bound = Object.keys(inferred.contract['operations'] as object).length;
  say(notesOf(spec));
  say(
    `${name}: no contract, so ${bound} of ${spec.operations.length} operations are guessed (tallystick init ${name} writes them down):\n`,
  );
  say(`${guessTable(inferred)}\n`);
  if (rows > 0)
    say(`${rows} records from the document's examples are there (--empty leaves them out)\n`);
}
