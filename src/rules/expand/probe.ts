import { type Binding, type Contract, type Rule, splitPath } from '../../contract/contract.ts';
import type { JsonObject } from '../../model/json.ts';
import type { Call, Probe, Step } from '../../model/steps.ts';
import { basisOf } from '../../spec/spec.ts';
import { has, listCall, narrowing } from '../list-steps.ts';
import { referredBy, updaterOf } from '../relations.ts';
import { callOn, deleteOf, make, readOf } from '../steps.ts';
import type { Options } from './options.ts';

export function probe({ options }: Rule<Options>, contract: Contract): Probe[] {
  return options.by.flatMap((id) => {
    const binding = contract.binding(id);
    return binding === undefined ? [] : new Expansion(binding, options, contract).probes();
  });
}

/** Records that are searched for together, so that one's expansion could end up on another. */
const SEVERAL = ['second', 'made', 'bare'];

/** The probes of one operation that can expand. */
class Expansion {
  readonly #binding: Binding;
  readonly #options: Options;
  readonly #contract: Contract;
  readonly #from: string;
  readonly #field: string;
  readonly #to: string;

  constructor(binding: Binding, options: Options, contract: Contract) {
    this.#binding = binding;
    this.#options = options;
    this.#contract = contract;
    [this.#from, this.#field] = splitPath(options.at);
    this.#to = referredBy(contract, options.at) ?? '';
  }

  probes(): Probe[] {
    const operation = this.#binding.operation.id;
    const { into } = this.#options;
    const none = `same(shown.${into}, null)`;
    const named = (id: string, steps: Step[]): Probe => ({
      id: `${operation}-${id}`,
      operation,
      steps,
    });
    return [
      named('asked', [
        ...this.#setUp(),
        ...this.#claim('made', true, `!${none}`, 'it was asked for'),
        ...this.#claim(
          'made',
          true,
          `shown.${this.#field} == two.${this.#key}`,
          'its id is still there',
        ),
        ...readOf(this.#contract, this.#to, 'two', { as: 'own' }),
        ...this.#claim(
          'made',
          true,
          this.#whole('own'),
          `the whole ${this.#to}, as its own read shows it`,
        ),
        ...this.#claim(
          'second',
          true,
          `shown.${into}.${this.#key} == one.${this.#key}`,
          'each shows its own',
        ),
        ...(this.#isOptional() ? this.#claim('bare', true, none, 'it has none to show') : []),
      ]),
      named('not-asked', [
        ...this.#one(),
        ...this.#claim('made', true, `!${none}`, 'it was asked for', ['made']),
        ...this.#claim('made', false, none, 'it was not asked for', ['made']),
      ]),
      ...this.#afterDelete(named),
    ];
  }

  /** Whether the smallest record refers to nothing. */
  #isOptional(): boolean {
    return !(this.#field in this.#contract.resource(this.#from).sample);
  }

  get #key(): string {
    return this.#contract.resource(this.#to).key;
  }

  /** `made` is in `two` but was in `one` before, `second` is in `one`, `bare` in none, `late` is the newest. */
  #setUp(): Step[] {
    const update = updaterOf(this.#contract, this.#from, this.#field);
    const into = (name: string) => ({ with: { [this.#field]: `=${name}.${this.#key}` } });
    return [
      make(this.#to, 'one'),
      make(this.#to, 'two'),
      make(this.#from, 'made', into(update === undefined ? 'two' : 'one')),
      ...(update === undefined ? [] : [callOn(update, 'made', into('two'))]),
      make(this.#from, 'second', into('one')),
      make(this.#from, 'joined', into('two')),
      make(this.#from, 'bare'),
      make(this.#to, 'late'),
    ];
  }

  #one(): Step[] {
    const into = { with: { [this.#field]: `=two.${this.#key}` } };
    return [make(this.#to, 'two'), make(this.#from, 'made', into)];
  }

  #afterDelete(named: (id: string, steps: Step[]) => Probe): Probe[] {
    const gone = deleteOf(this.#contract, this.#to, 'two');
    const clears = this.#contract.rules.some(
      ({ kind, basis, options }) =>
        kind === 'on-delete' && basis === 'documented' && options['clear'] === this.#options.at,
    );
    if (gone.length === 0 || !clears) return [];
    const because = `the ${this.#to} is deleted and no longer referred to`;
    const none = `same(shown.${this.#options.into}, null)`;
    return [
      named('deleted', [
        ...this.#one(),
        ...gone,
        ...this.#claim('made', true, none, because, ['made']),
      ]),
    ];
  }

  /** A claim on `shown`: the answer itself, or the entry of a list that is the record. */
  #claim(
    name: string,
    ask: boolean,
    claim: string,
    because: string,
    among: readonly string[] = SEVERAL,
  ): Step[] {
    const { key } = this.#binding.resource;
    if (this.#binding.verb !== 'list') {
      const that = claim.replaceAll('shown.', 'answer.');
      return [{ ...this.#call(name, ask, among), that, because }];
    }
    const that = claim.replaceAll(
      'shown.',
      `answer.items.filter(i, i.${key} == ${name}.${key})[0].`,
    );
    const until = `${has(this.#binding, name)} && (${that})`;
    return [{ ...this.#call(name, ask, among), until, that, because }];
  }

  #call(name: string, ask: boolean, among: readonly string[]): Call {
    const { param, name: word } = this.#options;
    const asked: JsonObject = ask ? { [param]: word } : {};
    if (this.#binding.verb !== 'list')
      return callOn(this.#binding, name, ask ? { query: asked } : {});
    return listCall(this.#binding, { ...this.#narrowed(name, among), ...asked });
  }

  /** A search that holds the other records too, where it can be narrowed to several ids. */
  #narrowed(name: string, among: readonly string[]): JsonObject {
    const where = narrowing(this.#contract, this.#binding, name);
    return Object.fromEntries(
      Object.entries(where).map(([param, value]) => [
        param,
        Array.isArray(value)
          ? among.map((other) => `=${other}.${this.#binding.resource.key}`)
          : value,
      ]),
    );
  }

  /** Every documented field as the record's own read shows it; lists of ids in any order. */
  #whole(own: string): string {
    const { schema, fields } = this.#contract.resource(this.#to);
    const properties = schema['properties'] as JsonObject;
    return fields
      .flatMap((field) => {
        const property = properties[field] as { type?: string; format?: string } & JsonObject;
        if (basisOf(property) !== 'documented' || property.format === 'date-time') return [];
        const shown = `shown.${this.#options.into}.${field}`;
        if (property.type === 'string') return [`same(${shown}, ${own}.${field})`];
        const within = `${shown}.all(x, x in ${own}.${field})`;
        return property.type === 'array'
          ? [`(same(${shown}, null) || (size(${shown}) == size(${own}.${field}) && ${within}))`]
          : [];
      })
      .join(' && ');
  }
}
