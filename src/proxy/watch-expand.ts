// What is expanded equals what is read: judged where two reads of the record that agree stand around the answer.

import {
  type Contract,
  fieldNames,
  fieldSchema,
  type Resource,
  type Rule,
  splitPath,
} from '../contract/contract.ts';
import { isObject, type Json, type JsonObject, sameJson } from '../model/json.ts';
import type { Options } from '../rules/expand/options.ts';
import { referredBy } from '../rules/relations.ts';
import { type Basis, basisOf } from '../spec/spec.ts';
import {
  type Heard,
  isBefore,
  isUnchanged,
  type Judged,
  keyOf,
  type Showing,
  type Watcher,
} from './heard.ts';
import { Recent } from './recent.ts';
import type { Writes } from './writes.ts';

interface Suspicion {
  readonly before: Showing;
  readonly heard: Heard;
  readonly reason: string;
}

/** Listens for one rule; undefined where no rule says what the field refers to. */
export function watchExpand(
  { options }: Rule<Options>,
  contract: Contract,
  bases: readonly Basis[],
  writes: Writes,
): Watcher | undefined {
  const to = referredBy(contract, options.at);
  if (to === undefined) return undefined;
  return new ExpandWatcher(options, contract, contract.resource(to), bases, writes);
}

class ExpandWatcher implements Watcher {
  readonly #options: Options;
  readonly #contract: Contract;
  readonly #target: Resource;
  readonly #bases: readonly Basis[];
  readonly #writes: Writes;
  readonly #owner: string;
  readonly #field: string;
  /** By the record that is expanded: its last read, and what differed from it since. */
  readonly #reads = new Recent<Showing>();
  readonly #suspicions = new Recent<Suspicion>();

  constructor(
    options: Options,
    contract: Contract,
    target: Resource,
    bases: readonly Basis[],
    writes: Writes,
  ) {
    this.#options = options;
    this.#contract = contract;
    this.#target = target;
    this.#bases = bases;
    this.#writes = writes;
    [this.#owner, this.#field] = splitPath(options.at);
  }

  hear(heard: Heard, showings: readonly Showing[]): Judged[] {
    const { verb, resource } = heard.binding;
    if (verb !== 'read' && verb !== 'list') return [];
    const isTarget = resource.name === this.#target.name && verb === 'read';
    return showings.flatMap((showing) => [
      ...(isTarget ? this.#ofTarget(heard, showing) : []),
      ...(resource.name === this.#owner ? this.#ofOwner(heard, showing) : []),
    ]);
  }

  #ofOwner(heard: Heard, { record, shown }: Showing): Judged[] {
    const { into } = this.#options;
    const embedded = record[into] ?? null;
    const id = record[this.#field];
    if (!isAsked(heard, this.#options)) {
      return embedded === null ? [] : [broken(`${into} is there, and nobody asked for it`, heard)];
    }
    if (typeof id !== 'string' || id === '') return [];
    const inside = isObject(embedded) ? embedded : {};
    const named = inside[this.#target.key] ?? id;
    if (named !== id) return [broken(`${this.#field} is ${id}, ${into} is ${named}`, heard)];
    return this.#compare(heard, id, inside, fieldSchema(shown, into));
  }

  /** What is embedded against what was read last; what differs is kept until the next read. */
  #compare(heard: Heard, id: string, inside: JsonObject, shown: JsonObject | undefined): Judged[] {
    const key = keyOf(heard.caller, this.#target.name, id);
    const before = this.#reads.get(key);
    if (before === undefined || !isBefore(before.heard, heard)) return [];
    const { record } = before;
    const other = differing(this.#contract, this.#target, shown, this.#bases, record, inside);
    if (other === undefined) return [{}];
    const field = `${this.#options.into}.${other}`;
    const reason = `${field} is ${told(inside[other])}, read is ${told(record[other])}`;
    this.#suspicions.set(key, { before, heard, reason });
    return [];
  }

  #ofTarget(heard: Heard, showing: Showing): Judged[] {
    const key = keyOf(heard.caller, this.#target.name, showing.id);
    const suspicion = this.#suspicions.get(key);
    this.#reads.set(key, showing);
    if (suspicion === undefined || !isBefore(suspicion.heard, heard)) return [];
    this.#suspicions.delete(key);
    const { before, heard: between, reason } = suspicion;
    const isSame = isUnchanged(before, showing);
    if (!isSame || !this.#writes.isQuiet(before.heard.began, heard.ended)) return [];
    const exchanges = [before.heard.exchange, between.exchange, heard.exchange];
    return [{ reason, exchanges }];
  }
}

function broken(reason: string, { exchange }: Heard): Judged {
  return { reason, exchanges: [exchange] };
}

function isAsked({ binding, exchange, input }: Heard, options: Options): boolean {
  const { id } = binding.operation;
  if (options.always?.includes(id)) return true;
  if (!options.by.includes(id)) return false;
  const texts = [...(exchange.request.query.get(options.param) ?? []), input[options.param] ?? []];
  return texts
    .flat()
    .flatMap((text) => String(text).split(','))
    .some((word) => word.trim() === options.name);
}

/** The first documented field that both forms have and that is not the same. */
function differing(
  contract: Contract,
  target: Resource,
  embeddedAs: JsonObject | undefined,
  bases: readonly Basis[],
  read: JsonObject,
  embedded: JsonObject,
): string | undefined {
  const partial = new Set(
    contract.rules.flatMap(({ kind, options: { at, by, into } }) =>
      kind === 'filled' && by !== undefined
        ? [String(at)]
        : kind === 'expand'
          ? [`${splitPath(String(at))[0]}.${into}`]
          : [],
    ),
  );
  return fieldNames(embeddedAs).find((field) => {
    const schema = fieldSchema(target.schema, field);
    if (schema === undefined || !bases.includes(basisOf(schema))) return false;
    if (partial.has(`${target.name}.${field}`) || target.parts.has(field)) return false;
    if (!Object.hasOwn(read, field)) return false;
    return !sameJson(read[field], embedded[field] ?? null);
  });
}

/** A value, short enough for a line. */
function told(value: Json | undefined): string {
  const text = JSON.stringify(value ?? null);
  return text.length > 80 ? `${text.slice(0, 80)}...` : text;
}
