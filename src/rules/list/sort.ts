// The order of a list: as asked, else as the rule says, and the order of creation last of all.

import type { Json } from '../../model/json.ts';
import { isObject } from '../../model/json.ts';
import type { Row } from '../../state/state.ts';
import type { Context } from '../kind.ts';
import type { Options } from './options.ts';

interface Key {
  readonly field: string;
  readonly down: boolean;
}

type SortOptions = NonNullable<Options['sort']>;

export function sorter({ param, else: otherwise }: SortOptions) {
  const standard = otherwise.map(keyOf);
  // Rows come in the order of creation, so its reverse needs no comparing.
  const newestFirst =
    standard.length === 1 && standard[0]?.field === 'created_at' && standard[0].down;
  return (context: Context, rows: Row[]): Row[] => {
    const asked =
      param === undefined ? [] : askedKeys(context.query[param] ?? context.input[param]);
    if (asked.length === 0 && newestFirst) return rows.reverse();
    const keys = [...asked, ...standard];
    return rows.sort((a, b) => compareRows(a, b, keys));
  };
}

function keyOf(text: string): Key {
  return text.startsWith('-') ? { field: text.slice(1), down: true } : { field: text, down: false };
}

function askedKeys(value: Json | undefined): Key[] {
  if (typeof value === 'string') return value.split(',').map(keyOf);
  if (!Array.isArray(value)) return [];
  return value
    .filter(
      (item): item is Record<string, Json> => isObject(item) && typeof item['field'] === 'string',
    )
    .map((item) => ({ field: String(item['field']), down: item['direction'] === 'desc' }));
}

function compareRows(a: Row, b: Row, keys: readonly Key[]): number {
  for (const { field, down } of keys) {
    const order = compare(fieldOf(a, field), fieldOf(b, field));
    if (order !== 0) return down ? -order : order;
  }
  return b.seq - a.seq;
}

/** The caller names the field: `toString` is none, unless the record has it. */
function fieldOf({ data }: Row, field: string): Json {
  return Object.hasOwn(data, field) ? (data[field] ?? null) : null;
}

function compare(a: Json, b: Json): number {
  if (a === b) return 0;
  if (a === null) return -1;
  if (b === null) return 1;
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return textOf(a) < textOf(b) ? -1 : 1;
}

/** Not String(): an object may have a `toString` of its own, which is no function. */
function textOf(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
