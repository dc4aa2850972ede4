// All that is judged of the traffic: each answer and request by the spec, and the rules that traffic can show.

import { type Broken, Traffic } from '../conformance/traffic.ts';
import { trimmed } from '../conformance/trim-exchange.ts';
import type { Check, Exchange, Result } from '../conformance/verdict.ts';
import type { Contract, Rule } from '../contract/contract.ts';
import type { Basis, Operation } from '../spec/spec.ts';
import { type Heard, type Judged, showingsOf, type Watcher } from './heard.ts';
import { watchDeleted } from './watch-deleted.ts';
import { watchExpand } from './watch-expand.ts';
import { watchUnique } from './watch-unique.ts';
import { watchDefault, watchKept } from './watch-written.ts';
import type { Writes } from './writes.ts';

export interface WatchOptions {
  readonly contract: Contract;
  readonly bases: readonly Basis[];
  /** How long answers may lag behind a deletion, in milliseconds. */
  readonly settle: number;
  readonly writes: Writes;
}

interface Watched {
  readonly check: Check;
  readonly watcher: Watcher | undefined;
  count: number;
  failure?: Judged;
}

export class Watch {
  readonly #contract: Contract;
  readonly #bases: readonly Basis[];
  readonly #traffic: Traffic;
  readonly #watched: Watched[];
  readonly #requests = new Map<string, Watched>();

  constructor({ contract, bases, settle, writes }: WatchOptions) {
    this.#contract = contract;
    this.#bases = bases;
    const { spec } = contract;
    const bindings = spec.operations.map((operation) => ({ operation }));
    const byId = new Map(bindings.map((binding) => [binding.operation.id, binding]));
    this.#traffic = new Traffic({ spec, bindings, binding: (id) => byId.get(id) }, bases);
    this.#watched = contract.rules.flatMap((rule) => {
      if (!bases.includes(rule.basis)) return [];
      const watcher = watcherOf(rule, { contract, bases, settle, writes });
      return watcher === undefined ? [] : [{ check: checkOf(rule, contract), watcher, count: 0 }];
    });
  }

  /** What the answer breaks by the spec alone. */
  answer(operation: Operation, exchange: Exchange, isRead: boolean): Broken[] {
    return this.#traffic.hear(operation.id, exchange, isRead);
  }

  /** Takes note of a request that was taken, or not let through; `fault` says what is wrong with it. */
  request(operation: Operation, exchange: Exchange, fault: string | undefined): Broken[] {
    const id = `${operation.id}/request`;
    const known = this.#requests.get(id) ?? this.#requestCheck(id, operation);
    this.#requests.set(id, known);
    return note(known, fault === undefined ? {} : { reason: fault, exchanges: [exchange] });
  }

  /** What the exchange shows of broken rules, alone or together with what was seen before. */
  rules(heard: Heard): Broken[] {
    const showings = showingsOf(this.#contract, heard);
    return this.#watched.flatMap((watched) =>
      (watched.watcher?.hear(heard, showings) ?? []).flatMap((judged) => note(watched, judged)),
    );
  }

  /** One result for everything that could be judged, had it come by. */
  results(): Result[] {
    const own = [...this.#requests.values(), ...this.#watched].map(resultOf);
    return [...this.#traffic.results(), ...own];
  }

  #requestCheck(id: string, operation: Operation): Watched {
    const check: Check = {
      id,
      rule: 'spec.request',
      says: 'A request fits what the operation documents.',
      basis: this.#bases.includes('documented') ? 'documented' : operation.basis,
      source: this.#contract.spec.file,
      operation: operation.id,
    };
    return { check, watcher: undefined, count: 0 };
  }
}

function watcherOf(
  rule: Rule,
  { contract, bases, settle, writes }: WatchOptions,
): Watcher | undefined {
  switch (rule.kind) {
    case 'expand':
      return watchExpand(rule as never, contract, bases, writes);
    case 'unique':
      return watchUnique(rule as never, writes);
    case 'on-delete':
      return watchDeleted(rule as never, contract, settle);
    case 'default':
      return watchDefault(rule as never, contract);
    case 'kept':
      return watchKept(rule as never, contract, bases, writes);
    default:
      return undefined;
  }
}

function checkOf(rule: Rule, contract: Contract): Check {
  const { id, says, basis, source, options } = rule;
  const [named] = [options['of'] ?? String(options['at']).split('.')[0]].flat();
  const binding = contract.bindings.find(({ resource }) => resource.name === named);
  const operation = binding?.operation.id ?? '';
  return { id: `${id}/traffic`, rule: id, says, basis, source, operation, place: rule.place };
}

function note(watched: Watched, judged: Judged): Broken[] {
  watched.count += 1;
  if (judged.reason === undefined) return [];
  watched.failure ??= { ...judged, exchanges: (judged.exchanges ?? []).map(trimmed) };
  return [{ id: watched.check.id, reason: judged.reason }];
}

function resultOf({ check, count, failure }: Watched): Result {
  if (failure !== undefined) {
    const { reason = '', exchanges: requests = [] } = failure;
    const operation = requests.at(-1)?.operation ?? check.operation;
    return { ...check, operation, verdict: 'violated', reason, requests };
  }
  if (count > 0) return { ...check, verdict: 'conforms' };
  return { ...check, verdict: 'notExercised', reason: 'no traffic showed it' };
}
