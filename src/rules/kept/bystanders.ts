// Records like the one that is updated, the same caller's or another tenant's: they stay as they were.

import type { Binding, Contract, Rule } from '../../contract/contract.ts';
import type { Sender, Step } from '../../model/steps.ts';
import { every } from '../claims.ts';
import { make, readOf } from '../steps.ts';
import { bodyFields, comparable } from './fields.ts';
import type { Options } from './options.ts';

export class Bystanders {
  readonly #contract: Contract;
  readonly #name: string;
  readonly #fields: string[];

  constructor(rule: Rule<Options>, contract: Contract, create: Binding) {
    const { name, sample } = create.resource;
    this.#contract = contract;
    this.#name = name;
    this.#fields = comparable(rule, create, [...Object.keys(sample), ...bodyFields(create)]).map(
      (field) => field.name,
    );
  }

  /** Makes one, shared by all checks. */
  made(as: string, more: { readonly by?: Sender } = {}): Step {
    return make(this.#name, as, { once: 1, ...more });
  }

  /** Reads how it is by now. */
  before(as: string, more: { readonly by?: Sender } = {}): Step[] {
    return readOf(this.#contract, this.#name, as, { as: `${as}Before`, ...more });
  }

  /** Reads it again: it is as it was. */
  stayed(as: string, more: { readonly by?: Sender } = {}): Step[] {
    return readOf(this.#contract, this.#name, as, {
      that: every(this.#fields.map((field) => `same(answer.${field}, ${as}Before.${field})`)),
      because: `another ${this.#name} is not changed with it`,
      ...more,
    });
  }
}
