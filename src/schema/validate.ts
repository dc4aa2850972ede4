// The door to ajv: a schema becomes a validator that answers with faults. Validators are compiled on
// first use; the fast path stops at the first error, and only a refused value is looked at again in
// full.

import { Ajv2020, type Options, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Fault } from '../model/fault.ts';
import { isObject, type Json, type JsonObject } from '../model/json.ts';
import { ByName } from '../model/lazy.ts';
import { faultsOf } from './faults.ts';
import { addReferences, cutAtNames, needsWhole, pointedInto } from './references.ts';

export type Schema = JsonObject | boolean;

/** All faults of the value, each field and keyword once; empty when it fits. */
export type Validator = (value: unknown) => Fault[];

/** The document that references which stay in schemas lead into. */
export interface Shared {
  /** What the reference names; undefined when it names nothing. */
  at(ref: string): Json | undefined;
  /** All that references may name, at its place. */
  all(): JsonObject;
}

const NOTHING: Shared = { at: () => undefined, all: () => ({}) };

/** Validators that share one document, so that `#/components/...` references in a cycle resolve. */
export class Schemas {
  readonly #shared: Shared;
  readonly #quick: Compiler;
  /** The one that finds every error, with its words; only a refused value needs it. */
  readonly #thorough: Compiler;
  readonly #validators = new WeakMap<JsonObject, Validator>();
  readonly #compiled = new WeakMap<JsonObject, ValidateFunction>();
  readonly #followed = new WeakMap<JsonObject, Schema>();

  constructor(shared: Shared = NOTHING) {
    this.#shared = shared;
    const named = (ref: string) => {
      const schema = this.followed({ $ref: ref });
      // A reference that only leads to itself says nothing.
      return isObject(schema) && typeof schema['$ref'] === 'string' ? true : schema;
    };
    this.#quick = new Compiler({ messages: false }, shared, named);
    this.#thorough = new Compiler({ allErrors: true, verbose: true }, shared, named);
  }

  /** How many schemas were compiled so far. */
  get compiled(): number {
    return this.#quick.count + this.#thorough.count;
  }

  /** What the schema's own reference leads to in the shared document; the schema itself where it has none. */
  followed(schema: Schema): Schema {
    if (!isObject(schema) || schema['$ref'] === undefined) return schema;
    const before = this.#followed.get(schema);
    if (before !== undefined) return before;
    const found = this.#lead(schema);
    this.#followed.set(schema, found);
    return found;
  }

  #lead(schema: Schema): Schema {
    let known = schema;
    for (let left = 20; left > 0 && isObject(known) && typeof known['$ref'] === 'string'; left--) {
      const { $ref: ref, ...beside } = known;
      const found = this.#shared.at(String(ref)) as Schema | undefined;
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

  /** Whether the value fits, without a word on why not. */
  fits(schema: Schema, value: unknown): boolean {
    return typeof schema === 'boolean' ? schema : this.#quickOf(schema)(value);
  }

  #validatorOf(schema: Schema): Validator {
    let thorough: ValidateFunction | undefined;
    return (value) => {
      if (this.fits(schema, value)) return [];
      thorough ??= this.#thorough.compile(schema);
      thorough(value);
      return faultsOf(thorough.errors ?? []);
    };
  }

  #quickOf(schema: JsonObject): ValidateFunction {
    const known = this.#compiled.get(schema) ?? this.#quick.compile(schema);
    this.#compiled.set(schema, known);
    return known;
  }
}

/** Our schemas are linted, not validated at every start: the meta-schema alone takes ajv a sixth of a second. */
const SETTINGS: Options = {
  strict: false,
  logger: false,
  validateFormats: true,
  validateSchema: false,
  meta: false,
  code: { optimize: false },
};

/** The id of the shared document, where ajv follows references itself. */
const SHARED = 'tallystick:document';

/** An ajv with its settings, made when the first schema is compiled. */
class Compiler {
  readonly #options: Options;
  readonly #shared: Shared;
  /** What is compiled when a value first gets there, by the names that it was given, or by its reference. */
  readonly #parts = new Map<string, JsonObject>();
  readonly #names = new WeakMap<JsonObject, string>();
  readonly #referred: ByName<ValidateFunction>;
  #ajv: Ajv2020 | undefined;
  #whole: Ajv2020 | undefined;
  count = 0;

  constructor(options: Options, shared: Shared, named: (ref: string) => Schema) {
    this.#options = options;
    this.#shared = shared;
    this.#referred = new ByName((ref) => this.compile(this.#parts.get(ref) ?? named(ref)));
  }

  compile(schema: Schema): ValidateFunction {
    this.count += 1;
    const own = cutAtNames(schema as Json, (part) => this.#nameOf(part));
    if (needsWhole(own)) {
      return this.#withWhole().compile(pointedInto(schema as Json, SHARED) as Schema);
    }
    this.#ajv ??= this.#made();
    return this.#ajv.compile(own as Schema);
  }

  #nameOf(part: JsonObject): string {
    const name = this.#names.get(part) ?? `part ${this.#parts.size}`;
    this.#names.set(part, name);
    this.#parts.set(name, part);
    return name;
  }

  /** One that has the whole document. */
  #withWhole(): Ajv2020 {
    this.#whole ??= this.#made().addSchema({ ...this.#shared.all(), $id: SHARED }, SHARED);
    return this.#whole;
  }

  #made(): Ajv2020 {
    const ajv = new Ajv2020({ ...SETTINGS, ...this.#options });
    // The package is CommonJS: its function is both the module and its `default`.
    (addFormats as unknown as (ajv: Ajv2020) => void)(ajv);
    addReferences(ajv, (ref) => this.#referred.get(ref));
    return ajv;
  }
}
