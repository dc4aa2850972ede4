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

export function sorter({ param, direction, else: otherwise }: SortOptions) {
  const standard = otherwise.map(keyOf);
  // Rows come in the order of creation, so its reverse needs no comparing.
  const newestFirst =
    standard.length === 1 && standard[0]?.field === 'created_at' && standard[0].down;
  return (context: Context, rows: Row[]): Row[] => {
    const { fields } = context.binding.resource;
    const sent = (name: string | undefined) =>
      name === undefined ? undefined : (context.query[name] ?? context.input[name]);
    const isTurned = /^desc/i.test(String(sent(direction)));
    const asked = askedKeys(sent(param), fields).map((key) =>
      isTurned ? { ...key, down: !key.down } : key,
    );
    if (asked.length === 0 && newestFirst) return rows.reverse();
    const keys = [...asked, ...standard];
    if (keys.length === 0) return isTurned ? rows.reverse() : rows;
    return rows.sort((a, b) => compareRows(a, b, keys));
  };
}

function keyOf(text: string): Key {
  return text.startsWith('-') ? { field: text.slice(1), down: true } : { field: text, down: false };
}

/** `name`, `-name`, `name:desc`, `name desc` or `name_desc`, one or several; or objects that say as much. */
function askedKeys(value: Json | undefined, fields: readonly string[]): Key[] {
  if (typeof value === 'string') return value.split(',').map((text) => spelled(text, fields));
  if (!Array.isArray(value)) return [];
  if (value.every((item) => typeof item === 'string')) {
    return value.map((text: Json) => spelled(String(text), fields));
  }
  return value
    .filter(
      (item): item is Record<string, Json> => isObject(item) && typeof item['field'] === 'string',
    )
    .map((item) => ({ field: String(item['field']), down: item['direction'] === 'desc' }));
}

function spelled(text: string, fields: readonly string[]): Key {
  const bare = text.trim().replace(/^\+/, '');
  const parts = fields.includes(bare) ? null : /^(.+?)[\s:._](asc|desc)\w*$/i.exec(bare);
  const key = keyOf(parts?.[1] ?? bare);
  return { ...key, down: key.down || /^desc/i.test(parts?.[2] ?? '') };
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
