// A value made to fit its schema: what is required and missing is made up, what can't be is put right, the rest
// stays as it is. The same value and schema give the same result.

import { isObject, type Json, type JsonObject } from '../model/json.ts';
import { isNull, type Member, membersOf } from './members.ts';
import { numberLike } from './number.ts';
import { textLike } from './text.ts';
import { typeFor } from './types.ts';
import type { Schema, Schemas } from './validate.ts';

/** Nesting beyond this is cut: a required field may hold a value of its own schema. */
const DEEPEST = 12;

/** The value, or one near to it that fits. */
export function completed(schemas: Schemas, schema: Schema, value: Json | undefined): Json {
  const completer = completers.get(schemas) ?? new Completer(schemas);
  completers.set(schemas, completer);
  if (value !== undefined && completer.fits(schema, value)) return value;
  const fixed = completer.fit(schema, value, 0);
  if (completer.fits(schema, fixed)) return fixed;
  const fresh = completer.fit(schema, undefined, 0);
  return value === undefined || completer.fits(schema, fresh) ? fresh : fixed;
}

/** What one has made of a schema is good for the next value too. */
const completers = new WeakMap<Schemas, Completer>();

/** The schema of an object with all that its `allOf` members say about its fields. */
interface Fields {
  readonly properties: Readonly<Record<string, Schema>>;
  readonly required: readonly string[];
  readonly isClosed: boolean;
  readonly others: Schema | undefined;
}

class Completer {
  readonly #schemas: Schemas;
  /** Schemas of our own making, by what they are made of: each that is new has to be compiled. */
  readonly #members = new WeakMap<JsonObject, readonly Member[]>();
  readonly #fields = new WeakMap<JsonObject, Fields>();

  constructor(schemas: Schemas) {
    this.#schemas = schemas;
  }

  fits(schema: Schema, value: Json): boolean {
    return this.#schemas.fits(schema, value);
  }

  fit(stated: Schema, value: Json | undefined, level: number): Json {
    const schema = this.#schemas.followed(stated);
    if (!isObject(schema)) return value ?? 'x';
    if (level > DEEPEST) return value ?? null;
    const given = value ?? this.#stated(schema);
    if (schema['const'] !== undefined) return schema['const'];
    const values = schema['enum'];
    if (Array.isArray(values)) return oneOf(values, given);
    const union = this.#union(schema, given, level);
    const known = union ?? given;
    const type = typeFor(this.#types(schema), known);
    switch (type) {
      case 'object':
        return this.#object(schema, known, level);
      case 'array':
        return this.#array(schema, known, level);
      case 'string':
        return textLike(merged(this.#parts(schema)), known);
      case 'number':
      case 'integer':
        return numberLike(merged(this.#parts(schema)), type, known);
      case 'boolean':
        return typeof known === 'boolean' ? known : false;
      case 'null':
        return null;
      default:
        return known ?? 'x';
    }
  }

  /** What the document gives as an example or a default, where it fits. */
  #stated(schema: JsonObject): Json | undefined {
    const examples = Array.isArray(schema['examples']) ? schema['examples'] : [];
    const stated = [schema['default'], schema['example'], ...examples];
    return stated.find((one) => one !== undefined && one !== null && this.fits(schema, one));
  }

  /** The value as the member of the union that it is nearest to wants it; undefined where there is no union. */
  #union(schema: JsonObject, value: Json | undefined, level: number): Json | undefined {
    let found: Json | undefined = value;
    let is = false;
    for (const part of this.#parts(schema)) {
      const members = (part['oneOf'] ?? part['anyOf']) as Schema[] | undefined;
      if (!Array.isArray(members) || members.length === 0) continue;
      found = this.#member(part, members, found, level);
      is = true;
    }
    return is ? found : undefined;
  }

  #member(
    whole: JsonObject,
    members: readonly Schema[],
    value: Json | undefined,
    level: number,
  ): Json | undefined {
    if (value !== undefined && this.fits(whole, value)) return value;
    const known = this.#members.get(whole) ?? membersOf(whole, members);
    this.#members.set(whole, known);
    const isLast = ({ own }: Member) => Number(isNull(own) && value !== null);
    const order = [...known].sort((a, b) => isLast(a) - isLast(b));
    let first: Json | undefined;
    for (const start of value === undefined ? [undefined] : [value, undefined]) {
      for (const member of order) {
        if (start !== undefined && !this.#sameType(member.own, start)) continue;
        const fitted = this.fit(member.joint, start, level + 1);
        if (this.fits(whole, fitted)) return fitted;
        first ??= fitted;
      }
    }
    return first;
  }

  #sameType(member: Schema, value: Json): boolean {
    const types = this.#types(this.#schemas.followed(member));
    return types.length === 0 || types.includes(typeFor(types, value) ?? '');
  }

  /** The schema and the members of its `allOf`, references followed. */
  #parts(schema: Schema, level = 0): JsonObject[] {
    const known = this.#schemas.followed(schema);
    if (!isObject(known) || level > DEEPEST) return [];
    const members = Array.isArray(known['allOf']) ? (known['allOf'] as Schema[]) : [];
    return [known, ...members.flatMap((member) => this.#parts(member, level + 1))];
  }

  #types(schema: Schema): string[] {
    const parts = this.#parts(schema);
    const stated = parts.flatMap((part) =>
      part['type'] === undefined ? [] : [[part['type']].flat() as string[]],
    );
    const [first, ...others] = stated;
    if (first !== undefined) {
      return first.filter((type) =>
        others.every((types) => types.includes(type) || alike(types, type)),
      );
    }
    if (parts.some((part) => isObject(part['properties']))) return ['object'];
    return parts.some((part) => part['items'] !== undefined) ? ['array'] : [];
  }

  #object(schema: JsonObject, value: Json | undefined, level: number): Json {
    const known = this.#fields.get(schema) ?? this.#fieldsOf(schema);
    this.#fields.set(schema, known);
    const { properties, required, isClosed, others } = known;
    const given = isObject(value) ? value : {};
    const entries: [string, Json][] = [];
    for (const [key, child] of Object.entries(given)) {
      const own = Object.hasOwn(properties, key) ? properties[key] : others;
      if (own === undefined && isClosed) continue;
      if (own === undefined || this.fits(own, child)) entries.push([key, child]);
      // Null where there must be a value is as good as nothing.
      else if (child !== null || required.includes(key)) {
        entries.push([key, this.fit(own, child ?? undefined, level + 1)]);
      }
    }
    for (const key of required) {
      if (Object.hasOwn(given, key)) continue;
      entries.push([key, this.fit(properties[key] ?? true, undefined, level + 1)]);
    }
    const least = Number(merged(this.#parts(schema))['minProperties'] ?? 0);
    const more = [
      ...Object.keys(properties),
      ...Array.from({ length: least }, (_, i) => `key${i}`),
    ];
    for (const key of more) {
      if (entries.length >= least) break;
      if (entries.some(([known]) => known === key)) continue;
      entries.push([key, this.fit(properties[key] ?? others ?? true, undefined, level + 1)]);
    }
    return Object.fromEntries(entries);
  }

  #fieldsOf(schema: JsonObject): Fields {
    const parts = this.#parts(schema);
    const properties: Record<string, Schema> = Object.create(null) as Record<string, Schema>;
    for (const part of parts) {
      for (const [key, child] of Object.entries((part['properties'] ?? {}) as JsonObject)) {
        const known = properties[key];
        properties[key] = (
          known === undefined ? child : { allOf: [known as Json, child] }
        ) as Schema;
      }
    }
    const others = parts.map((part) => part['additionalProperties']).find(isObject);
    return {
      properties,
      required: [...new Set(parts.flatMap((part) => (part['required'] ?? []) as string[]))],
      isClosed: parts.some(
        (part) => part['additionalProperties'] === false || part['unevaluatedProperties'] === false,
      ),
      others,
    };
  }

  #array(schema: JsonObject, value: Json | undefined, level: number): Json {
    const all = merged(this.#parts(schema));
    const heads = (all['prefixItems'] ?? []) as Schema[];
    const items = (all['items'] ?? true) as Schema;
    const given = Array.isArray(value) ? value : [];
    const least = Number(all['minItems'] ?? 0);
    const most = Number(all['maxItems'] ?? Number.POSITIVE_INFINITY);
    const length = Math.min(most, Math.max(least, given.length));
    return Array.from({ length }, (_, i) => {
      const own = heads[i] ?? items;
      const one = given[i] as Json | undefined;
      if (one !== undefined && this.fits(own, one)) return one;
      const made = this.fit(own, one, level + 1);
      // Entries that must differ are told apart by their number.
      if (all['uniqueItems'] !== true || one !== undefined || i === 0) return made;
      return typeof made === 'string' ? `${made}${i}` : typeof made === 'number' ? made + i : made;
    });
  }
}

function alike(types: readonly string[], type: string): boolean {
  return type === 'integer' && types.includes('number');
}

/** All keywords of the parts; the later ones win. */
function merged(parts: readonly JsonObject[]): JsonObject {
  return Object.assign({}, ...[...parts].reverse()) as JsonObject;
}

function oneOf(values: readonly Json[], value: Json | undefined): Json {
  if (value !== undefined && values.includes(value)) return value;
  return values.find((one) => one !== null) ?? null;
}
