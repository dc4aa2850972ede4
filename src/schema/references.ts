// What ajv compiles of a schema: all that it says of a value itself. A field or an entry that has a named schema of
// its own, and a reference that stays, for what it names is the schema itself or is large, are compiled when a value
// first gets there: a schema that reaches all others costs no more than what is sent.

import type { Ajv2020, ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import { isObject, type Json, type JsonObject } from '../model/json.ts';
import { SCHEMA_NAME } from './named.ts';
import { byTag } from './unions.ts';

/** The keyword that stands for what is compiled later; its value says where that is. */
const REFERS = 'x-tallystick-refers';

/** What was wrong behind a reference, its paths counted from there. */
interface Referred extends ErrorObject {
  readonly params: { readonly errors: readonly ErrorObject[] };
}

export function isReferred(error: ErrorObject): error is Referred {
  return error.keyword === REFERS;
}

/** Teaches ajv the keyword; `referred` gives the validator of what it stands for. */
export function addReferences(ajv: Ajv2020, referred: (ref: string) => ValidateFunction): void {
  ajv.addKeyword({
    keyword: REFERS,
    schemaType: 'string',
    compile(ref: string) {
      const check = (value: unknown): boolean => {
        const validate = referred(ref);
        if (validate(value)) return true;
        check.errors = [{ keyword: REFERS, params: { errors: validate.errors ?? [] } }];
        return false;
      };
      check.errors = [] as Partial<ErrorObject>[];
      return check;
    },
  });
}

/** How a schema is cut for ajv. */
interface Cut {
  /** What stands in place of a reference. */
  ref(ref: string): readonly [key: string, value: string];
  /** What stands for a field, or an entry, of a named schema; undefined where it stays. */
  part(schema: JsonObject): string | undefined;
}

/** The schema without what is compiled later; `keep` takes that and gives it a name. */
export function cutAtNames(schema: Json, keep: (part: JsonObject) => string): Json {
  return cut(schema, { ref: (ref) => [REFERS, ref], part: keep });
}

/** All of the schema, its references into the schema of that id. */
export function pointedInto(schema: Json, id: string): Json {
  return cut(schema, { ref: (ref) => ['$ref', id + encodeURI(ref)], part: () => undefined });
}

/** Keywords whose value is a schema of something in the value, or such schemas by name. */
const INNER = new Set(['items', 'additionalProperties', 'contains']);
const INNER_BY_NAME = new Set(['properties', 'patternProperties']);
/** Keywords that hold values and no schemas. */
const VALUES = new Set(['enum', 'const', 'default', 'example', 'examples']);

function cut(value: Json, by: Cut): Json {
  if (Array.isArray(value)) return value.map((item: Json) => cut(item, by));
  if (!isObject(value)) return value;
  const inner = (child: Json) => {
    const isNamed = isObject(child) && child[SCHEMA_NAME] !== undefined;
    const part = isNamed ? by.part(child) : undefined;
    return part === undefined ? cut(child, by) : { [REFERS]: part };
  };
  const entries = Object.entries(byTag(value)).map(([key, child]): readonly [string, Json] => {
    if (key === '$ref' && typeof child === 'string' && child.startsWith('#')) return by.ref(child);
    if (VALUES.has(key)) return [key, child];
    if (INNER.has(key)) return [key, inner(child)];
    if (!INNER_BY_NAME.has(key) || !isObject(child)) return [key, cut(child, by)];
    const named = Object.entries(child).map(([name, one]) => [name, inner(one)] as const);
    return [key, Object.fromEntries(named)];
  });
  return Object.fromEntries(entries);
}

/**
 * Whether ajv itself must follow what the cut schema refers to: only so does it know which fields are judged there,
 * which `unevaluatedProperties` asks for.
 */
export function needsWhole(schema: Json): boolean {
  return (
    mentions(schema, (key) => UNEVALUATED.has(key)) && mentions(schema, (key) => key === REFERS)
  );
}

const UNEVALUATED = new Set(['unevaluatedProperties', 'unevaluatedItems']);

function mentions(value: Json, is: (key: string) => boolean): boolean {
  if (Array.isArray(value)) return value.some((item: Json) => mentions(item, is));
  if (!isObject(value)) return false;
  return Object.entries(value).some(([key, child]) => is(key) || mentions(child, is));
}
