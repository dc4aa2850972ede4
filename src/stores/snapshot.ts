// One resource's rows as a readable JSON file: to open, to diff. The schema's fields that are unset are left
// out, and put back when the file is read.

import { isObject, type Json, type JsonObject } from '../model/json.ts';
import type { Row } from '../state/state.ts';
import { type KeptResource, rowOf } from './contents.ts';
import { damage, parseKept } from './damage.ts';

const FORMAT = 1;
/** Rows that make a chunk. */
const CHUNK = 200;

/** The file's text, in chunks that each take about a millisecond to make; `blank` is what reading puts back. */
export function* snapshotText(
  name: string,
  { version, scopes }: KeptResource,
  blank: JsonObject,
): Generator<string> {
  yield `{\n  "tallystick": ${FORMAT},\n  "resource": ${JSON.stringify(name)},\n`;
  yield `  "version": ${version},\n  "scopes": {`;
  let isFirst = true;
  for (const [scope, rows] of scopes) {
    yield `${isFirst ? '' : ','}\n    ${JSON.stringify(scope)}: [`;
    yield* rowsText([...rows.values()], blank);
    yield rows.size === 0 ? ']' : '\n    ]';
    isFirst = false;
  }
  yield isFirst ? '}\n}\n' : '\n  }\n}\n';
}

function* rowsText(rows: readonly Row[], blank: JsonObject): Generator<string> {
  for (let at = 0; at < rows.length; at += CHUNK) {
    const texts = rows.slice(at, at + CHUNK).map((row) => `\n      ${indented(row, blank)}`);
    yield `${at === 0 ? '' : ','}${texts.join(',')}`;
  }
}

function indented({ id, seq, data }: Row, blank: JsonObject): string {
  const set = Object.fromEntries(
    Object.entries(data).filter(([field, value]) => value !== null || !Object.hasOwn(blank, field)),
  );
  return JSON.stringify({ id, seq, data: set }, null, 2).replaceAll('\n', '\n      ');
}

/** The rows in the text, and the resource they are of. Throws UsageError when it is damaged. */
export function readSnapshot(
  text: string,
  file: string,
  blank: (resource: string) => JsonObject,
): [resource: string, kept: KeptResource] {
  const value = parseKept(text, file);
  if (!isObject(value) || value['tallystick'] !== FORMAT) {
    throw damage(
      file,
      1,
      `it is not a file of this version of tallystick ("tallystick": ${FORMAT})`,
    );
  }
  const { resource, version, scopes } = value;
  if (typeof resource !== 'string')
    throw damage(file, lineOf(text, '"resource"'), 'it names no resource');
  if (!isVersion(version))
    throw damage(file, lineOf(text, '"version"'), 'its version is no whole number');
  if (!isObject(scopes)) throw damage(file, lineOf(text, '"scopes"'), 'its scopes are no object');
  const empty = blank(resource);
  const kept = Object.entries(scopes).map(([scope, rows]) => {
    const at = lineOf(text, `    ${JSON.stringify(scope)}:`);
    if (!Array.isArray(rows)) throw damage(file, at, `scope ${scope} is no list of rows`);
    return [scope, rowsOf(rows, file, at, empty)] as const;
  });
  return [resource, { version, scopes: new Map(kept) }];
}

function rowsOf(
  rows: readonly Json[],
  file: string,
  at: number,
  empty: JsonObject,
): Map<string, Row> {
  const kept = new Map<string, Row>();
  for (const [i, row] of rows.entries()) {
    if (
      !isObject(row) ||
      typeof row['id'] !== 'string' ||
      !isObject(row['data']) ||
      !isVersion(row['seq'])
    ) {
      throw damage(file, at, `row ${i} of this scope has no id, seq or data`);
    }
    kept.set(row['id'], rowOf(row['id'], row['seq'], { ...empty, ...row['data'] }));
  }
  return kept;
}

export function isVersion(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function lineOf(text: string, part: string): number {
  return text.slice(0, Math.max(0, text.indexOf(part))).split('\n').length;
}
