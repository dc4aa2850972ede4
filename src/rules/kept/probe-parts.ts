// A record made with parts in its body: each of them is there, as it was sent.

import {
  type Binding,
  type Contract,
  fieldSchema,
  type Resource,
} from '../../contract/contract.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import type { Probe, Step } from '../../model/steps.ts';
import { basisOf } from '../../spec/spec.ts';
import { every } from '../claims.ts';
import { namedIn } from '../relations.ts';
import { make, OWNERS, readOf } from '../steps.ts';

/** Two parts of each sort, each with two of its own; empty where the resource has none. */
export function withParts(contract: Contract, { resource, operation }: Binding): Probe[] {
  if (resource.parts.size === 0) return [];
  const bodies = new Bodies(contract);
  const sent = bodies.partsOf(resource);
  const claims = [...resource.parts].map(([field, part]) =>
    bodies.claim(`sent.made.${field}`, `answer.${field}`, contract.resource(part), 1),
  );
  return [
    {
      id: `${resource.name}-with-parts`,
      operation: operation.id,
      steps: [
        ...bodies.before,
        make(resource.name, 'made', { with: sent }),
        ...readOf(contract, resource.name, 'made', {
          expect: 'ok',
          that: every(claims),
          because: 'every part that was sent is read back',
        }),
      ],
    },
  ];
}

/** Several in one body, where the operation takes a list of them: each of them is made. */
export function several(contract: Contract, binding: Binding): Probe[] {
  const { resource, operation, each, owners } = binding;
  const holder = owners.at(-1)?.resource;
  if (each === undefined || holder === undefined) return [];
  const bodies = new Bodies(contract);
  const sent = { [each]: [bodies.entryOf(resource), bodies.entryOf(resource)] };
  const path = Object.fromEntries(
    owners.map(({ parameter, resource: { name, key } }) => [
      parameter,
      name === holder.name ? `=holder.${key}` : `=holder.${OWNERS}.${name}`,
    ]),
  );
  const [field = ''] = [...holder.parts].find(([, part]) => part === resource.name) ?? [];
  return [
    {
      id: `${resource.name}-several`,
      operation: operation.id,
      steps: [
        ...bodies.before,
        make(holder.name, 'holder'),
        { call: operation.id, path, with: sent, as: 'added' },
        ...readOf(contract, holder.name, 'holder', {
          expect: 'ok',
          that: bodies.claim(`sent.added.${each}`, `answer.${field}`, resource, 1),
          because: 'every one that was sent is read back',
        }),
      ],
    },
  ];
}

/** Bodies of parts, the records that they name, and what must be read of them. */
class Bodies {
  readonly before: Step[] = [];
  readonly #contract: Contract;

  constructor(contract: Contract) {
    this.#contract = contract;
  }

  /** Two entries for each field that holds parts. */
  partsOf({ parts }: Resource): JsonObject {
    const entries = [...parts].map(([field, part]) => {
      const resource = this.#contract.resource(part);
      return [field, [this.entryOf(resource), this.entryOf(resource)]];
    });
    return Object.fromEntries(entries);
  }

  /** One part, with parts of its own. */
  entryOf(resource: Resource): JsonObject {
    const named = Object.entries(resource.sample).map(([field, value]) => [
      field,
      this.#own(value),
    ]);
    const free = this.#optional(resource).map(([field, value]) => [field, value]);
    return { ...Object.fromEntries([...named, ...free]), ...this.partsOf(resource) };
  }

  /** Documented texts and switches that the sample lacks; a switch is off, for on is what it may be by default. */
  #optional({ name, schema, sample }: Resource): [string, Json][] {
    const body = this.#contract.bindingFor('create', name)?.body ?? true;
    const fields = Object.keys((schema['properties'] ?? {}) as JsonObject);
    return fields.flatMap((field): [string, Json][] => {
      const sent = fieldSchema(body, field);
      if (sent === undefined || field in sample || basisOf(sent) !== 'documented') return [];
      const types = [sent['type'] ?? []].flat();
      if (types.includes('boolean')) return [[field, false]];
      return types.includes('string') && /(^|_)name$/.test(field) ? [[field, '=fresh()']] : [];
    });
  }

  /** A record of its own for each template that names one. */
  #own(value: Json): Json {
    const [resource] = namedIn(this.#contract, value);
    if (resource === undefined) return value;
    const as = `${resource}${this.before.length}`;
    this.before.push(make(resource, as));
    return `=${as}.${this.#contract.resource(resource).key}`;
  }

  /** That the list holds as many parts as were sent, and one like each. */
  claim(sent: string, shown: string, resource: Resource, depth: number): string {
    const [one, other] = [`s${depth}`, `a${depth}`];
    const fields = [
      ...Object.keys(resource.sample).filter((field) => !resource.parts.has(field)),
      ...this.#optional(resource).map(([field]) => field),
    ].filter((field) => resource.fields.includes(field));
    const same = fields.map((field) => `same(${other}.${field}, ${one}.${field})`);
    const inside = [...resource.parts].map(([field, part]) =>
      this.claim(`${one}.${field}`, `${other}.${field}`, this.#contract.resource(part), depth + 1),
    );
    const like = every([...same, ...inside]);
    return `(size(${shown}) == size(${sent}) && ${sent}.all(${one}, ${shown}.exists(${other}, ${like})))`;
  }
}
