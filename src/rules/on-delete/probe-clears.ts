// Probes of `clear`: what refers to a deleted record is unset, every one of them, and nothing else is.

import {
  type Contract,
  fieldNames,
  fieldSchema,
  type Resource,
  splitPath,
} from '../../contract/contract.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import type { Make, Probe, Sender, Step } from '../../model/steps.ts';
import { otherValue } from '../bodies.ts';
import { neededBy, updaterOf } from '../relations.ts';
import { callOn, deleteOf, environmentsApart, make, readOf } from '../steps.ts';

/** More than any page that a careless cascade would stop at. */
const MANY = 100;

/** The probes for one path, such as `price.group_id` when a group is deleted. */
export class Clears {
  readonly #contract: Contract;
  readonly #target: Resource;
  readonly #of: string;
  readonly #from: string;
  readonly #field: string;
  readonly #gone: Step[];
  /** What a record that refers may have of its own. */
  readonly #beside: JsonObject;

  constructor(contract: Contract, of: string, path: string, beside: JsonObject) {
    this.#contract = contract;
    this.#of = of;
    this.#target = contract.resource(of);
    [this.#from, this.#field] = splitPath(path);
    this.#gone = deleteOf(contract, of, 'gone');
    this.#beside = beside;
  }

  probes(): Probe[] {
    const named = (id: string, steps: Step[]): Probe => ({ id, operation: this.#operation, steps });
    const others = ['other', 'elsewhere'] as const;
    return [
      named('clears-each', this.#each()),
      named('clears-many', [
        ...this.#start(),
        this.#in('gone', 'first'),
        this.#in('gone', 'bulk', { times: MANY }),
        this.#in('gone', 'last'),
        ...this.#gone,
        ...this.#cleared('first', `the oldest of ${MANY + 2}`),
        ...this.#cleared('last', `the newest of ${MANY + 2}`),
        ...this.#keeps('other', 'sibling'),
      ]),
      ...this.#unlike(named),
      ...this.#moved(named),
      ...others.flatMap((by) => this.#namesakes(named, by)),
    ];
  }

  /** One that is unlike the others, where the rule gives an example: one that has ended, say. */
  #unlike(named: (id: string, steps: Step[]) => Probe): Probe[] {
    if (Object.keys(this.#beside).length === 0) return [];
    return [
      named('clears-unlike', [
        ...this.#start(),
        this.#in('gone', 'unlike', { with: this.#beside }),
        ...this.#gone,
        ...this.#cleared('unlike', `a ${this.#from} with ${JSON.stringify(this.#beside)}`),
      ]),
    ];
  }

  get #operation(): string {
    return this.#contract.bindingFor('delete', this.#of)?.operation.id ?? '';
  }

  /** A record that refers to the target captured under the name. */
  #in(target: string, as: string, more: Partial<Make> = {}): Make {
    const reference = { [this.#field]: `=${target}.${this.#target.key}` };
    return make(this.#from, as, { ...more, with: { ...more.with, ...reference } });
  }

  #start(): Step[] {
    return [make(this.#of, 'gone'), make(this.#of, 'sibling'), this.#in('sibling', 'other')];
  }

  #cleared(name: string, because: string): Step[] {
    const that = `same(answer.${this.#field}, null)`;
    return readOf(this.#contract, this.#from, name, { that, because });
  }

  #keeps(name: string, target: string): Step[] {
    return readOf(this.#contract, this.#from, name, {
      that: `answer.${this.#field} == ${target}.${this.#target.key}`,
      because: `a ${this.#from} of another ${this.#of} keeps its ${this.#field}`,
    });
  }

  /** Two of them, the second with everything of its own, of which only the reference may go. */
  #each(): Step[] {
    const texts = this.#texts();
    const fresh = neededBy(this.#contract, this.#from, this.#of);
    const sample = Object.keys(this.#contract.resource(this.#from).sample);
    const kept = [...sample, ...Object.keys(texts)];
    return [
      ...this.#start(),
      this.#in('gone', 'first'),
      this.#in('gone', 'second', { with: texts, fresh }),
      ...readOf(this.#contract, this.#from, 'second', { as: 'before' }),
      ...this.#gone,
      ...this.#cleared('first', `the first ${this.#from} of a deleted ${this.#of}`),
      ...this.#cleared('second', `the second ${this.#from} of a deleted ${this.#of}`),
      ...readOf(this.#contract, this.#from, 'second', {
        that: [
          ...kept.map((name) => `same(answer.${name}, before.${name})`),
          ...this.#birth(),
        ].join(' && '),
        because: `only ${this.#field} of a ${this.#from} is cleared`,
      }),
      ...this.#keeps('other', 'sibling'),
    ];
  }

  /** Optional texts and maps that a careless cascade would empty. */
  #texts(): Record<string, Json> {
    const body = this.#contract.bindingFor('create', this.#from)?.body;
    const names = fieldNames(body).filter((name) => name === 'description' || name === 'metadata');
    return Object.fromEntries(
      names.map((name) => [name, otherValue(fieldSchema(body ?? true, name))]),
    );
  }

  /** A claim that the time of creation is what it was, where a rule says that it never moves. */
  #birth(): string[] {
    return this.#contract.rules.flatMap(({ kind, options }) => {
      const field = String(options['created']);
      const spoken = kind === 'stamp' && (options['of'] as string[]).includes(this.#from);
      const same = `instant(answer.${field}) == instant(before.${field})`;
      return spoken ? [`(same(before.${field}, null) || ${same})`] : [];
    });
  }

  /** One that came by an update, and one that left by an update. */
  #moved(named: (id: string, steps: Step[]) => Probe): Probe[] {
    const update = updaterOf(this.#contract, this.#from, this.#field);
    if (update === undefined) return [];
    const move = (name: string, to: string) =>
      callOn(update, name, { with: { [this.#field]: `=${to}.${this.#target.key}` } });
    return [
      named('clears-moved', [
        ...this.#start(),
        this.#in('sibling', 'moved'),
        move('moved', 'gone'),
        this.#in('gone', 'left'),
        move('left', 'sibling'),
        ...this.#gone,
        ...this.#cleared('moved', `a ${this.#from} that was moved into the ${this.#of}`),
        ...this.#keeps('left', 'sibling'),
      ]),
    ];
  }

  /** A record that is the same in every word, but somebody else's. */
  #namesakes(named: (id: string, steps: Step[]) => Probe, by: Sender): Probe[] {
    const apart = by === 'other' ? [] : environmentsApart(this.#contract, this.#of);
    const read = this.#contract.bindingFor('read', this.#from);
    if ((by === 'elsewhere' && apart.length === 0) || read === undefined) return [];
    const fields = Object.keys(this.#target.sample);
    const same = Object.fromEntries(fields.map((name) => [name, `=gone.${name}`]));
    const where = by === 'other' ? 'another tenant' : 'another environment';
    return [
      named(`spares-${by}`, [
        ...apart,
        make(this.#of, 'gone'),
        make(this.#of, 'namesake', { with: same, by }),
        this.#in('namesake', 'theirs', { by }),
        ...this.#gone,
        callOn(read, 'theirs', {
          by,
          expect: 'ok',
          that: `answer.${this.#field} == namesake.${this.#target.key}`,
          because: `a ${this.#from} of a namesake in ${where} keeps its ${this.#field}`,
        }),
      ]),
    ];
  }
}
