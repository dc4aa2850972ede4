// What the contract says of each resource, and why: worked out when a record of it is made, or when it is told what was
// guessed.

import { fieldNames } from '../contract/contract.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { ByName, lazyField } from '../model/lazy.ts';
import type { Spec } from '../spec/spec.ts';
import type { Bindings } from './bindings.ts';
import { boundTo } from './bound.ts';
import { idOf, keyOf, namedBy, startOf } from './fields.ts';
import type { Found, Guess } from './guess.ts';
import { createOf, sentTo } from './record-rules.ts';
import { sampleOf } from './samples.ts';
import { nameKey } from './words.ts';

/** A field that names a record of another resource. */
export interface Reference {
  readonly from: string;
  readonly to: string;
}

interface Described {
  readonly id: string;
  readonly start: JsonObject | undefined;
  readonly touch: JsonObject | undefined;
  readonly why: string;
  readonly references: readonly Reference[];
}

export class Descriptions {
  readonly #spec: Spec;
  readonly #resources: ReadonlyMap<string, Found>;
  readonly #bindings: Bindings;
  readonly #described = new ByName((name) => this.#describe(this.#resources.get(name) as Found));

  constructor(spec: Spec, resources: ReadonlyMap<string, Found>, bindings: Bindings) {
    this.#spec = spec;
    this.#resources = resources;
    this.#bindings = bindings;
  }

  /** The resource as the contract states it. */
  text({ name, record, key, owner, single }: Found): JsonObject {
    const described = () => this.#described.get(name);
    const text: Record<string, Json> = { schema: record.name };
    if (key !== 'id') text['key'] = key;
    lazyField(text, 'id', () => described().id);
    lazyField(text, 'start', () => described().start);
    lazyField(text, 'touch', () => described().touch);
    if (owner !== undefined) text['in'] = owner;
    if (single) text['single'] = true;
    text['complete'] = true;
    // Only the tests send it, and to make one takes a validator.
    lazyField(text, 'sample', () => this.#sample(name));
    return text;
  }

  references(): Reference[] {
    return [...this.#resources.keys()].flatMap((name) => this.#described.get(name).references);
  }

  /** What was guessed, in the order of the contract. */
  guesses(): Guess[] {
    return [...this.#resources.values()].flatMap(({ name, single, key }) => [
      {
        subject: name,
        is: single ? 'the only one' : `a resource, id ${key}`,
        why: this.#described.get(name).why,
      },
      ...boundTo(name, this.#bindings).map(({ operation, verb, resource, why }) => ({
        subject: operation.id,
        is: `${verb} ${resource}`,
        why,
      })),
    ]);
  }

  #describe({ name, record, key, owner, place, single, why }: Found): Described {
    const body = sentTo(createOf(name, this.#bindings));
    const [id, how] = idOf(record.schema, key, body);
    const { start, touch } = startOf(record.schema, key, body);
    const references = fieldNames(record.schema).flatMap((field): Reference[] => {
      const what = field === key ? undefined : namedBy(field);
      const to = what === undefined ? undefined : this.#other(what, name);
      return to === undefined ? [] : [{ from: `${name}.${field}`, to }];
    });
    const keyWhy = single ? 'there is one' : keyOf(record.schema, place.parameter, place.noun).why;
    const below = owner === undefined ? '' : `; its path is below one ${owner}`;
    return {
      id,
      start: unlessEmpty(start),
      touch: unlessEmpty(touch),
      why: `${why}; ${keyWhy}, ${how}${below}`,
      references,
    };
  }

  /** Another resource of that name. */
  #other(what: string, not: string): string | undefined {
    return [...this.#resources.keys()].find((name) => name !== not && nameKey(name) === what);
  }

  #sample(name: string): JsonObject | undefined {
    const create = createOf(name, this.#bindings);
    const found = this.#resources.get(name);
    if (create === undefined || found === undefined) return undefined;
    const { references } = this.#described.get(name);
    return unlessEmpty(
      sampleOf(this.#spec, create, sentTo(create), references, found, this.#made()),
    );
  }

  /** The resources that a create makes, with the fields of their ids. */
  #made(): Map<string, string> {
    const creates = [...this.#bindings.bound.values()].filter(({ verb }) => verb === 'create');
    return new Map(
      creates.map(({ resource }) => [resource, this.#resources.get(resource)?.key ?? 'id']),
    );
  }
}

function unlessEmpty(object: JsonObject): JsonObject | undefined {
  return Object.keys(object).length === 0 ? undefined : object;
}
