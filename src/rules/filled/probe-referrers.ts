// Fields filled with the ids of the records that refer to this one.

import { type Binding, type Contract, splitPath } from '../../contract/contract.ts';
import type { JsonObject } from '../../model/json.ts';
import type { Probe, Step } from '../../model/steps.ts';
import { updaterOf } from '../relations.ts';
import { callOn, deleteOf, make, readOf } from '../steps.ts';
import { type Options, referrersOf } from './options.ts';

/** More than a short page. */
const MANY = 22;

/** Who refers to a record: nobody, two of three, many, those that came or left by an update, those that ended. */
export class Referrers {
  readonly #contract: Contract;
  readonly #operation: string;
  readonly #owner: string;
  readonly #field: string;
  readonly #path: string;
  readonly #from: string;
  readonly #by: string;
  /** What a record that refers may have of its own. */
  readonly #beside: JsonObject;

  constructor(options: Options, contract: Contract, read: Binding, beside: JsonObject) {
    this.#beside = beside;
    this.#contract = contract;
    this.#operation = read.operation.id;
    [this.#owner, this.#field] = splitPath(options.at);
    this.#path = referrersOf(options) ?? '';
    [this.#from, this.#by] = splitPath(this.#path);
  }

  probes(): Probe[] {
    const one = make(this.#owner, 'mine');
    const both = [one, make(this.#owner, 'other')];
    return [
      this.#probe('none', [one, ...this.#shows('mine', [], 'nothing is in it')]),
      this.#probe('each', [
        ...both,
        this.#in('mine', 'a'),
        this.#in('mine', 'b'),
        this.#in('other', 'c'),
        make(this.#from, 'd'),
        ...this.#shows('mine', ['a', 'b'], 'two are in it'),
        ...this.#shows('other', ['c'], 'one is in it'),
      ]),
      this.#probe('many', [
        one,
        this.#in('mine', 'first'),
        { ...this.#in('mine', 'more'), times: MANY - 2 },
        this.#in('mine', 'last'),
        ...this.#shows('mine', ['first', 'last'], `${MANY} are in it`, MANY),
      ]),
      ...this.#deleted(one),
      ...this.#unlike(both),
      ...this.#moved(both),
      ...this.#left(one),
    ];
  }

  #probe(id: string, steps: Step[]): Probe {
    return { id, operation: this.#operation, steps };
  }

  #in(target: string, as: string, more: object = {}): Step & { make: string } {
    const { key } = this.#contract.resource(this.#owner);
    return make(this.#from, as, { with: { ...more, [this.#by]: `=${target}.${key}` } });
  }

  #shows(name: string, ids: string[], because: string, count = ids.length): Step[] {
    const { key } = this.#contract.resource(this.#from);
    const list = `answer.${this.#field}`;
    // An entry may be the id itself, or a path that ends in it.
    const each = ids.map((id) => `${list}.exists(x, x.endsWith(${id}.${key}))`);
    return readOf(this.#contract, this.#owner, name, {
      expect: 'ok',
      that: [`size(${list}) == ${count}`, ...each].join(' && '),
      because,
    });
  }

  /** A deleted record that nothing refers to any more says so, where the documents say that it is cleared. */
  #deleted(one: Step): Probe[] {
    const rules = this.#contract.rules.filter(({ kind }) => kind === 'on-delete');
    const clears = rules.some(
      ({ basis, options }) => basis === 'documented' && options['clear'] === this.#path,
    );
    const kept = rules.some(
      ({ options }) => options['of'] === this.#owner && options['read'] === 'kept',
    );
    if (!clears || !kept) return [];
    return [
      this.#probe('deleted', [
        one,
        this.#in('mine', 'a'),
        ...deleteOf(this.#contract, this.#owner, 'mine'),
        ...this.#shows('mine', [], 'nothing refers to a deleted record'),
      ]),
    ];
  }

  /** One that is unlike the others, where the rule gives an example: one that has ended, say. */
  #unlike(both: Step[]): Probe[] {
    if (Object.keys(this.#beside).length === 0) return [];
    return [
      this.#probe('unlike', [
        ...both,
        this.#in('mine', 'a', this.#beside),
        ...this.#shows('mine', ['a'], `one with ${JSON.stringify(this.#beside)} is in it`),
      ]),
    ];
  }

  /** One that is taken out by whatever kind of nothing the contract says does that. */
  #left(one: Step): Probe[] {
    const update = updaterOf(this.#contract, this.#from, this.#by);
    if (update === undefined) return [];
    const place = `${update.operation.id}.${this.#by}`;
    const rule = this.#contract.rules.find(
      ({ kind, options }) => kind === 'input' && options['at'] === place,
    );
    const nothing = rule?.options['as-null'] === 'clear' ? null : '';
    if (nothing === '' && rule?.options['as-empty'] !== 'clear') return [];
    return [
      this.#probe('left', [
        one,
        this.#in('mine', 'a'),
        callOn(update, 'a', { with: { [this.#by]: nothing } }),
        ...this.#shows('mine', [], 'the one that was in it has left'),
      ]),
    ];
  }

  #moved(both: Step[]): Probe[] {
    const update = updaterOf(this.#contract, this.#from, this.#by);
    if (update === undefined) return [];
    const { key } = this.#contract.resource(this.#owner);
    return [
      this.#probe('moved', [
        ...both,
        this.#in('mine', 'a'),
        this.#in('mine', 'b'),
        callOn(update, 'a', { with: { [this.#by]: `=other.${key}` } }),
        ...this.#shows('mine', ['b'], 'one has left it'),
        ...this.#shows('other', ['a'], 'one has come into it'),
      ]),
    ];
  }
}
