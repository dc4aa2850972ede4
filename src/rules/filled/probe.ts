import {
  type Binding,
  type Contract,
  fieldNames,
  fieldSchema,
  joined,
  type Rule,
  splitPath,
} from '../../contract/contract.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import type { Probe, Step } from '../../model/steps.ts';
import {
  bodyWith,
  callOn,
  deleteOf,
  every,
  fittingValue,
  make,
  readerOf,
  readOf,
  referredBy,
  updaterOf,
} from '../steps.ts';
import {
  fieldsOf,
  mustShow,
  type Options,
  referrersOf,
  shownRecordOf,
  sourcesOf,
} from './options.ts';

/** What is shown of the record that a field names is that record's; texts sent in its place do not count. */
function itsData(options: Options, contract: Contract, read: Binding, beside: JsonObject): Probe[] {
  const { at, from = '' } = options;
  const [owner] = splitPath(at);
  const { path, fields } = fieldsOf(options);
  const link = joined(path, from);
  const to = referredBy(contract, `${owner}.${link}`);
  if (to === undefined) return [];
  const { key } = contract.resource(to);
  const resource = contract.resource(owner);
  const named = bodyWith(resource, beside, link, `=target.${key}`);
  const taken = fieldNames(fieldSchema(contract.bindingFor('create', owner)?.body ?? true, path));
  const decoys = path === '' ? [] : Object.keys(fields).filter((field) => taken.includes(field));
  const sent = decoys.reduce<Readonly<Record<string, Json | undefined>>>(
    (body, field) => bodyWith(resource, body as JsonObject, joined(path, field), '=fresh()'),
    named,
  );
  const claims = Object.entries(fields).map(([field, is]) => {
    const shown = `first(answer, '${joined(path, field)}')`;
    const schema = fieldSchema(resource.schema, joined(path, field));
    const holds = `same(${shown}, ${is.slice(1).replace(/\bits\b/g, 'target')})`;
    if (mustShow(options, schema)) return holds;
    return `(${shown} == null || ${holds})`;
  });
  const made = [
    make(to, 'target', { with: textsOf(options, contract, to) }),
    make(owner, 'made', { with: sent }),
  ];
  const shows = (because: string) =>
    readOf(contract, owner, 'made', { that: every(claims), because });
  const operation = read.operation.id;
  const renamed = renaming(contract, to);
  return [
    { id: 'its-data', operation, steps: [...made, ...shows(`the ${to}'s data is shown`)] },
    ...(renamed.length === 0
      ? []
      : [
          {
            id: 'its-new-data',
            operation,
            steps: [...made, ...renamed, ...shows(`the ${to}'s data is shown as it is now`)],
          },
        ]),
  ];
}

/** Gives the captured target other texts, and reads it again; empty where no update takes any. */
function renaming(contract: Contract, to: string): Step[] {
  const update = contract.bindingFor('update', to);
  const texts = fieldNames(update?.body).filter((field) => /^(name|description)$/.test(field));
  const again = readOf(contract, to, 'target', { as: 'target' });
  if (update === undefined || texts.length === 0 || again.length === 0) return [];
  const sent = Object.fromEntries(texts.map((field) => [field, '=fresh()']));
  return [callOn(update, 'target', { with: sent }), ...again];
}

/** A text of its own for each that is shown of the record and that the smallest body lacks. */
function textsOf({ is }: Options, contract: Contract, to: string): JsonObject {
  const { sample } = contract.resource(to);
  const body = contract.bindingFor('create', to)?.body;
  const shown = Object.values(is).flatMap((text) => /^=its\.(\w+)$/.exec(String(text))?.[1] ?? []);
  const texts = shown.filter((field) => {
    const schema = fieldSchema(body ?? true, field);
    return !(field in sample) && typeof fittingValue(field, schema) === 'string';
  });
  return Object.fromEntries(texts.map((field) => [field, '=fresh()']));
}

/** More than a short page. */
const MANY = 22;
/** Long over, and long enough after its start for any server. */
const ENDED = { start_date: '2020-01-01T00:00:00Z', end_date: '2020-02-01T00:00:00Z' };

export function probe({ options, examples }: Rule<Options>, contract: Contract): Probe[] {
  const [owner] = splitPath(options.at);
  const read = contract.bindingFor('read', owner) ?? readerOf(contract, owner)?.reader;
  if (read === undefined) return [];
  if (options.from !== undefined) return itsData(options, contract, read, examples.beside);
  if (sourcesOf(options) !== undefined) return wholeRecords(options, contract, read);
  if (shownRecordOf(options) !== undefined) return wholeRecord(options, contract, read);
  return referrersOf(options) === undefined ? [] : new Referrers(options, contract, read).probes();
}

/** The records that name this one are shown whole, and no others. */
function wholeRecords(options: Options, contract: Contract, read: Binding): Probe[] {
  const [owner, at] = splitPath(options.at);
  const [from, by] = splitPath(sourcesOf(options) ?? '');
  const { key } = contract.resource(owner);
  const source = contract.resource(from).key;
  const naming = (name: string, as: string) =>
    make(from, as, { with: { [by]: `=${name}.${key}` } });
  return [
    {
      id: 'records-shown',
      operation: read.operation.id,
      steps: [
        make(owner, 'mine'),
        make(owner, 'other'),
        naming('mine', 'one'),
        naming('mine', 'two'),
        naming('other', 'three'),
        ...readOf(contract, owner, 'mine', {
          that: `answer.${at}.map(x, x.${source}) == [one.${source}, two.${source}]`,
          because: `each ${from} of this ${owner} is shown, and no other`,
        }),
      ],
    },
  ];
}

/** The record that a field names is shown in its place, and nothing when it names none. */
function wholeRecord(options: Options, contract: Contract, read: Binding): Probe[] {
  const [owner, at] = splitPath(options.at);
  const field = shownRecordOf(options) ?? '';
  const to = referredBy(contract, `${owner}.${field}`);
  if (to === undefined) return [];
  const target = contract.resource(to);
  const shown = Object.keys(target.sample).filter((name) => target.fields.includes(name));
  const operation = read.operation.id;
  const made = { with: { [field]: `=target.${target.key}` } };
  return [
    {
      id: 'shown',
      operation,
      steps: [
        make(target.name, 'target'),
        make(owner, 'mine', made),
        ...readOf(contract, owner, 'mine', {
          that: [target.key, ...shown]
            .map((name) => `same(answer.${at}.${name}, target.${name})`)
            .join(' && '),
          because: `the whole ${target.name} is shown`,
        }),
      ],
    },
    {
      id: 'none',
      operation,
      steps: [
        make(owner, 'mine'),
        ...readOf(contract, owner, 'mine', {
          that: `same(answer.${at}, null)`,
          because: `there is no ${target.name} to show`,
        }),
      ],
    },
  ];
}

/** Who refers to a record: nobody, two of three, many, those that came or left by an update, those that ended. */
class Referrers {
  readonly #contract: Contract;
  readonly #operation: string;
  readonly #owner: string;
  readonly #field: string;
  readonly #path: string;
  readonly #from: string;
  readonly #by: string;

  constructor(options: Options, contract: Contract, read: Binding) {
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
      ...this.#ended(both),
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

  #ended(both: Step[]): Probe[] {
    const body = this.#contract.bindingFor('create', this.#from)?.body;
    if (!fieldNames(body).includes('end_date')) return [];
    return [
      this.#probe('ended', [
        ...both,
        this.#in('mine', 'a', ENDED),
        ...this.#shows('mine', ['a'], 'an ended one is in it'),
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
