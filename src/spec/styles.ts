// How a parameter's value is written in a request (OpenAPI 3.1, 4.8.12: style and explode), and the reading of it:
// the texts that were sent -> a value in the types that the schema wants.

import { isObject, type Json, type JsonObject } from '../model/json.ts';
import type { Schema } from '../schema/validate.ts';
import { nested } from './brackets.ts';
import type { Parameter } from './spec.ts';

export type Style =
  | 'matrix'
  | 'label'
  | 'simple'
  | 'form'
  | 'spaceDelimited'
  | 'pipeDelimited'
  | 'deepObject'
  | 'json';

export interface Written {
  readonly style: Style;
  /** Whether each entry of a list, or each field of an object, is written with a name of its own. */
  readonly explode: boolean;
}

const STYLES: readonly string[] = [
  'matrix',
  'label',
  'simple',
  'form',
  'spaceDelimited',
  'pipeDelimited',
  'deepObject',
];

/** How a Parameter Object says that it is written; a parameter with `content` is JSON. */
export function styleOf(item: JsonObject, where: Parameter['in']): Written {
  if (isObject(item['content'])) return { style: 'json', explode: false };
  const stated = item['style'];
  const standard = where === 'path' || where === 'header' ? 'simple' : 'form';
  const style = STYLES.includes(String(stated)) ? (stated as Style) : standard;
  const explode = item['explode'];
  return { style, explode: typeof explode === 'boolean' ? explode : style === 'form' };
}

/** What was sent of one parameter: texts by name, for an exploded object has a name for each field. */
export type Sent = ReadonlyMap<string, readonly string[]>;

/** The value of a parameter; undefined when it was not sent. */
export function readParameter(parameter: Parameter, sent: Sent): Json | undefined {
  const { name, schema, style, explode } = parameter;
  const texts = sent.get(name);
  if (style === 'deepObject') return deep(name, schema, sent);
  const types = typesOf(schema);
  if (types.includes('object') && explode && style === 'form' && texts === undefined) {
    return exploded(schema, sent);
  }
  const last = texts?.at(-1);
  if (texts === undefined || last === undefined) return undefined;
  if (style === 'json') return parsed(last);
  if (types.includes('array') && texts.length > 1) return texts.map((text) => item(schema, text));
  const bare = unwrapped(last, parameter);
  if (types.includes('array') && !types.includes('string')) {
    return listed(bare, parameter).map((text) => item(schema, text));
  }
  if (types.includes('object') && !types.includes('string')) return fields(bare, parameter);
  return typed(schema, bare);
}

/** The text without what `matrix` and `label` put before it. */
function unwrapped(text: string, { name, style }: Parameter): string {
  if (style === 'label') return text.startsWith('.') ? text.slice(1) : text;
  if (style !== 'matrix') return text;
  return text.startsWith(`;${name}=`) ? text.slice(name.length + 2) : text.replace(/^;/, '');
}

function listed(text: string, { name, in: where, style, explode }: Parameter): string[] {
  if (text === '') return where === 'query' ? [''] : [];
  if (style === 'spaceDelimited') return text.split(/ |%20/);
  if (style === 'pipeDelimited') return text.split('|');
  if (style === 'label' && explode) return text.split('.');
  if (style === 'matrix' && explode) return text.split(`;${name}=`);
  // An exploded list in a query has its name for each entry: one text is one entry.
  return style === 'form' && explode && where === 'query' ? [text] : text.split(',');
}

function fields(text: string, { schema, style, explode }: Parameter): Json {
  const mark = style === 'label' ? '.' : style === 'matrix' ? ';' : ',';
  const parts = text.split(
    explode ? mark : style === 'spaceDelimited' ? ' ' : style === 'pipeDelimited' ? '|' : ',',
  );
  const pairs = explode
    ? parts.map((part) => part.split('=') as [string, string?])
    : parts.flatMap((part, i) => (i % 2 === 0 ? [[part, parts[i + 1]] as [string, string?]] : []));
  return Object.fromEntries(
    pairs.map(([key, value = '']) => [key, typed(fieldOf(schema, key), value)]),
  );
}

function exploded(schema: Schema, sent: Sent): Json | undefined {
  const known = isObject(schema) ? Object.keys((schema['properties'] ?? {}) as JsonObject) : [];
  const found = known.flatMap((key): [string, Json][] => {
    const text = sent.get(key)?.at(-1);
    return text === undefined ? [] : [[key, typed(fieldOf(schema, key), text)]];
  });
  return found.length === 0 ? undefined : Object.fromEntries(found);
}

/** `filter[price][gte]=1` */
function deep(name: string, schema: Schema, sent: Sent): Json | undefined {
  const pairs = [...sent].flatMap(([key, texts]) =>
    key.startsWith(`${name}[`) ? texts.map((text): [string, string] => [key, text]) : [],
  );
  if (pairs.length === 0) return undefined;
  const read = nested(pairs)[name];
  return read === undefined ? undefined : coerced(schema, read);
}

/** Texts, and objects and lists of them, in the types that the schema wants; others as they are. */
export function coerced(schema: Schema, value: Json): Json {
  if (typeof value === 'string') {
    return typesOf(schema).includes('array') && !typesOf(schema).includes('string')
      ? value === ''
        ? []
        : [item(schema, value)]
      : typed(schema, value);
  }
  if (Array.isArray(value)) {
    const items = itemsOf(schema);
    return value.map((one: Json) => coerced(items, one));
  }
  if (!isObject(value)) return value;
  const read = Object.entries(value).map(([key, child]): [string, Json] => [
    key,
    coerced(fieldOf(schema, key), child),
  ]);
  return Object.fromEntries(read);
}

function item(schema: Schema, text: string): Json {
  return coerced(itemsOf(schema), text);
}

/** The text in the first type of the schema that it looks like. */
export function typed(schema: Schema, text: string): Json {
  const types = typesOf(schema);
  const isNumber = types.includes('number') || types.includes('integer');
  if (isNumber && /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text)) return Number(text);
  if (types.includes('boolean') && (text === 'true' || text === 'false')) return text === 'true';
  if (types.includes('null') && !types.includes('string') && (text === '' || text === 'null')) {
    return null;
  }
  return text;
}

/** The types that the schema takes, through its unions. */
export function typesOf(schema: Schema): string[] {
  if (!isObject(schema)) return [];
  const { type } = schema;
  const isAlone = MEMBERS.every((word) => schema[word] === undefined);
  if (typeof type === 'string' && isAlone) return [type];
  const members = MEMBERS.flatMap((word) => (schema[word] ?? []) as Schema[]);
  const own = [type ?? []].flat() as string[];
  const stated = own.length > 0 ? own : typesOfValues(schema);
  return [...new Set([...stated, ...members.flatMap(typesOf)])];
}

const MEMBERS = ['allOf', 'anyOf', 'oneOf'] as const;

function typesOfValues(schema: JsonObject): string[] {
  const values = [
    ...((schema['enum'] ?? []) as Json[]),
    ...('const' in schema ? [schema['const'] as Json] : []),
  ];
  return values.map((value) => (value === null ? 'null' : typeof value));
}

function itemsOf(schema: Schema): Schema {
  return partOf(schema, (part) => part['items'] as Schema | undefined);
}

function fieldOf(schema: Schema, key: string): Schema {
  return partOf(schema, (part) => {
    const properties = part['properties'];
    const own =
      isObject(properties) && Object.hasOwn(properties, key) ? properties[key] : undefined;
    return (own ?? part['additionalProperties']) as Schema | undefined;
  });
}

/** What the first part of the schema that says anything says. */
function partOf(schema: Schema, read: (part: JsonObject) => Schema | undefined): Schema {
  if (!isObject(schema)) return true;
  const own = read(schema);
  if (isObject(own)) return own;
  for (const word of MEMBERS) {
    for (const member of (schema[word] ?? []) as Schema[]) {
      const found = partOf(member, read);
      if (isObject(found)) return found;
    }
  }
  return true;
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}
