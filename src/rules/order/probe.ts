import {
  type Binding,
  type Contract,
  fieldNames,
  type Rule,
  splitPath,
} from '../../contract/contract.ts';
import type { Probe, Step } from '../../model/steps.ts';
import { every } from '../claims.ts';
import { callOn, make, OTHER, readerOf, readOf } from '../steps.ts';
import type { Options } from './options.ts';

/** The number of the whole that is ordered: no other check has it. */
const SHARED = 1000;

/** Lists that leave one out, name one twice, or name one that is not there; and one reversed, then read. */
export function probe(rule: Rule<Options>, contract: Contract): Probe[] {
  const { within, by } = rule.options;
  const update = contract.binding(splitPath(by)[0]);
  const read = contract.bindingFor('read', within) ?? readerOf(contract, within)?.reader;
  if (update === undefined || read === undefined) return [];
  return new Orders(rule, contract, update).probes();
}

/** One whole, with the parts that it has and two more, ordered in one way after another. */
class Orders {
  readonly #rule: Rule<Options>;
  readonly #contract: Contract;
  readonly #update: Binding;
  readonly #field: string;
  /** The part's id, and the field of the whole that holds the parts. */
  readonly #key: string;
  readonly #parts: string;
  /** The ids of the parts as they were, and of those among them that the probe did not make. */
  readonly #ids: string;
  readonly #first: string;

  constructor(rule: Rule<Options>, contract: Contract, update: Binding) {
    const { of, within, by } = rule.options;
    this.#rule = rule;
    this.#contract = contract;
    this.#update = update;
    this.#field = splitPath(by)[1];
    this.#key = contract.resource(of).key;
    const { parts } = contract.resource(within);
    this.#parts = [...parts].find(([, part]) => part === of)?.[0] ?? '';
    this.#ids = this.#idsIn('before');
    this.#first = `${this.#ids}.filter(i, i != ${this.#id('one')} && i != ${this.#id('two')})`;
  }

  probes(): Probe[] {
    const { of } = this.#rule.options;
    const [one, two, foreign] = ['one', 'two', 'foreign'].map((name) => this.#id(name));
    const first = this.#first;
    return [
      this.#refused('one-missing', `=${first} + [${two}]`, 'one is left out'),
      this.#refused('one-twice', `=${first} + [${one}, ${one}]`, 'one is named twice'),
      {
        ...this.#refused('foreign', `=${first} + [${one}, ${foreign}]`, 'one is not a part of it', [
          make(of, 'foreign', OTHER),
        ]),
        fine: 2,
      },
      // The last, since it changes what the others have read.
      this.#reordered(`[${two}] + ${first} + [${one}]`),
    ];
  }

  #id(name: string): string {
    return `${name}.${this.#key}`;
  }

  #idsIn(name: string): string {
    return `${name}.${this.#parts}.map(p, p.${this.#key})`;
  }

  /** All try it on one whole; whoever comes first reads how it is. */
  #start(): Step[] {
    const { of, within } = this.#rule.options;
    return [
      make(within, 'whole', { once: SHARED }),
      make(of, 'one', { in: 'whole', once: SHARED }),
      make(of, 'two', { in: 'whole', once: SHARED + 1 }),
      ...readOf(this.#contract, within, 'whole', { as: 'before', once: SHARED }),
    ];
  }

  #refused(id: string, list: string, because: string, more: readonly Step[] = []): Probe {
    const texts = fieldNames(this.#update.body).filter((name) => /(^|_)name$/.test(name));
    const beside = Object.fromEntries(texts.map((name) => [name, '=fresh()']));
    const unchanged = texts.map((name) => `same(answer.${name}, before.${name})`);
    return {
      id,
      operation: this.#update.operation.id,
      steps: [
        ...this.#start(),
        ...more,
        callOn(this.#update, 'whole', {
          with: { [this.#field]: list, ...beside },
          expect: 'refused',
          status: this.#rule.error.status,
          because,
        }),
        ...readOf(this.#contract, this.#rule.options.within, 'whole', {
          that: every([`${this.#idsIn('answer')} == ${this.#ids}`, ...unchanged]),
          because: 'a refused order changes nothing, nor does what was sent beside it',
        }),
      ],
    };
  }

  #reordered(list: string): Probe {
    return {
      id: 'reordered',
      operation: this.#update.operation.id,
      steps: [
        ...this.#start(),
        callOn(this.#update, 'whole', { with: { [this.#field]: `=${list}` } }),
        ...readOf(this.#contract, this.#rule.options.within, 'whole', {
          that: `${this.#idsIn('answer')} == ${list}`,
          because: `the ${this.#parts} are in the order that ${this.#field} gives`,
        }),
      ],
    };
  }
}
