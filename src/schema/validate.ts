// The door to ajv: a schema becomes a validator that answers with faults. Validators are compiled on
// first use; the fast path stops at the first error, and only a refused value is looked at again in
// full.

import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Fault } from '../model/fault.ts';
import { isObject, type Json, type JsonObject } from '../model/json.ts';
import { atPointer } from '../model/pointer.ts';
import { byTag } from './unions.ts';

export type Schema = JsonObject | boolean;

/** The key by which a part of a schema says which contract rule put it there. */
export const RULE_MARK = 'x-tallystick-rule';

/** All faults of the value, each field and keyword once; empty when it fits. */
export type Validator = (value: unknown) => Fault[];

/** Our schemas are linted, not validated at every start: the meta-schema alone takes ajv a sixth of a second. */
const SETTINGS = {
  strict: false,
  logger: false,
  validateFormats: true,
  validateSchema: false,
  meta: false,
  code: { optimize: false },
} as const;

/** Validators that share one document, so that `#/components/...` references in a cycle resolve. */
export class Schemas {
  readonly #quick: Ajv2020;
  readonly #document: JsonObject;
  #explaining: Ajv2020 | undefined;
  readonly #validators = new WeakMap<JsonObject, Validator>();

  constructor(document: JsonObject = {}) {
    this.#document = document;
    this.#quick = withDocument(new Ajv2020({ ...SETTINGS, messages: false }), document);
  }

  /** The one that finds every error, with its words; only a refused value needs it. */
  #thorough(): Ajv2020 {
    this.#explaining ??= withDocument(
      new Ajv2020({ ...SETTINGS, allErrors: true, verbose: true }),
      this.#document,
    );
    return this.#explaining;
  }

  /** What the schema's own reference leads to in the shared document; the schema itself where it has none. */
  followed(schema: Schema): Schema {
    let known = schema;
    for (let left = 20; left > 0 && isObject(known) && typeof known['$ref'] === 'string'; left--) {
      const { $ref: ref, ...beside } = known;
      const found = atPointer(this.#document, String(ref)) as Schema | undefined;
      if (found === undefined) return true;
      known = isObject(found) && Object.keys(beside).length > 0 ? { ...found, ...beside } : found;
    }
    return known;
  }

  /** A validator for the schema, the same one each time; nothing is compiled before its first call. */
  validator(schema: Schema): Validator {
    if (typeof schema === 'boolean') return this.#validatorOf(schema);
    const known = this.#validators.get(schema) ?? this.#validatorOf(schema);
    this.#validators.set(schema, known);
    return known;
  }

  #validatorOf(schema: Schema): Validator {
    let quick: ValidateFunction | undefined;
    let thorough: ValidateFunction | undefined;
    return (value) => {
      quick ??= this.#quick.compile(elsewhere(byTag(schema)));
      if (quick(value)) return [];
      thorough ??= this.#thorough().compile(elsewhere(byTag(schema)));
      thorough(value);
      return faultsOf(thorough.errors ?? []);
    };
  }
}

/** The id of the shared document: what is left of references leads there, whatever schema they stand in. */
const SHARED = 'tallystick:document';

function withDocument(ajv: Ajv2020, document: JsonObject): Ajv2020 {
  // The package is CommonJS: its function is both the module and its `default`.
  (addFormats as unknown as (ajv: Ajv2020) => void)(ajv);
  if (Object.keys(document).length > 0) ajv.addSchema({ ...document, $id: SHARED }, SHARED);
  return ajv;
}

/** The schema with its references into the shared document. */
function elsewhere(schema: Schema): Schema {
  return typeof schema === 'object' && JSON.stringify(schema).includes('"$ref"')
    ? (pointed(schema) as JsonObject)
    : schema;
}

function pointed(value: Json): Json {
  if (Array.isArray(value)) return value.map(pointed);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, child]): [string, Json] => {
      const isRef = key === '$ref' && typeof child === 'string' && child.startsWith('#');
      return [key, isRef ? `${SHARED}${encodeURI(child)}` : pointed(child)];
    }),
  );
}

function faultsOf(errors: readonly ErrorObject[]): Fault[] {
  const faults = new Map<string, Fault>();
  for (const error of errors) {
    // That a tag's member did not fit is said by what did not fit in it.
    if (error.keyword === 'if') continue;
    const fault = faultOf(error);
    const key = `${fault.field} ${fault.code}`;
    const known = faults.get(key);
    if (known === undefined || (known.rule === undefined && fault.rule !== undefined)) {
      faults.set(key, fault);
    }
  }
  // A value of the wrong type breaks every other keyword too: one reason is enough.
  const mistyped = new Set(
    [...faults.values()]
      .filter(({ code }) => code === 'type' || code === 'null')
      .map(({ field }) => field),
  );
  return [...faults.values()].filter(
    ({ field, code }) => code === 'type' || code === 'null' || !mistyped.has(field),
  );
}

function faultOf(error: ErrorObject): Fault {
  const missing =
    error.keyword === 'required' ? String(error.params['missingProperty']) : undefined;
  const rule = ruleOf(error.parentSchema);
  return {
    field: dotted(error.instancePath, missing),
    says: sentence(error),
    // Null where there must be a value is no wrong type but no value.
    code: isMissing(error) ? 'null' : error.keyword,
    ...(rule === undefined ? {} : { rule }),
  };
}

/** Whether it is about a field that is null and may not be. */
function isMissing({ keyword, data, instancePath }: ErrorObject): boolean {
  return keyword === 'type' && data === null && instancePath !== '';
}

function ruleOf(schema: unknown): string | undefined {
  const mark = (schema as Record<string, unknown> | undefined)?.[RULE_MARK];
  return typeof mark === 'string' ? mark : undefined;
}

/** `/tiers/0/up_to` -> `tiers[0].up_to`. */
function dotted(instancePath: string, child: string | undefined): string {
  const keys = instancePath
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  if (child !== undefined) keys.push(child);
  return keys.reduce(
    (path, key) => (/^\d+$/.test(key) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`),
    '',
  );
}

function sentence(error: ErrorObject): string {
  const { params } = error;
  switch (error.keyword) {
    case 'required':
      return 'is required';
    case 'type':
      if (isMissing(error)) return 'must not be null';
      return `must be ${[params['type']].flat().join(' or ')}`;
    case 'enum':
      return `must be one of ${(params['allowedValues'] as Json[]).map((v) => JSON.stringify(v)).join(', ')}`;
    case 'const':
      return `must be ${JSON.stringify(params['allowedValue'])}`;
    case 'minLength':
      return params['limit'] === 1
        ? 'must not be empty'
        : `must have at least ${params['limit']} characters`;
    case 'maxLength':
      return `must have at most ${params['limit']} characters`;
    default:
      return error.message ?? `does not fit "${error.keyword}"`;
  }
}
