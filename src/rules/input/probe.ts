import {
  type Binding,
  type Contract,
  fieldNames,
  fieldSchema,
  type Rule,
  splitPath,
} from '../../contract/contract.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import type { Make, Probe, Step } from '../../model/steps.ts';
import { fittingValue } from '../bodies.ts';
import { shownPath } from '../claims.ts';
import { referredBy } from '../relations.ts';
import { callOn, make, readOf } from '../steps.ts';
import { fieldsOf, type Options } from './options.ts';

/** Each kind of nothing sent to a record that has the field, and values in between; the record is read each time. */
export function probe({ options, error }: Rule<Options>, contract: Contract): Probe[] {
  const [operation] = splitPath(options.at);
  const binding = contract.binding(operation);
  if (binding === undefined) return [];
  return fieldsOf(options)
    .filter((field) => binding.resource.fields.includes(field))
    .map((field) => ({
      id: `${field}-in-turn`,
      operation,
      steps: new Turns(contract, binding, field).of(options, error.status),
    }));
}

/** One record's field, sent as this and that, one after another. */
class Turns {
  readonly #contract: Contract;
  readonly #binding: Binding;
  readonly #field: string;
  readonly #steps: Step[] = [];
  /** Whether the record has a value by now. */
  #has = true;

  constructor(contract: Contract, binding: Binding, field: string) {
    this.#contract = contract;
    this.#binding = binding;
    this.#field = field;
  }

  of(options: Options, status: number): Step[] {
    const { name } = this.#binding.resource;
    this.#steps.push(
      ...withField(this.#contract, name, this.#field),
      ...readOf(this.#contract, name, 'made', { as: 'before' }),
    );
    this.#nothing(options.absent, undefined, status);
    this.#nothing(options['as-empty'], '', status);
    this.#assign();
    this.#nothing(options['as-null'], null, status);
    if (!this.#has) this.#assign();
    return this.#steps;
  }

  #nothing(word: string | undefined, value: Json | undefined, status: number): void {
    if (word === undefined) return;
    if (!this.#has) this.#assign();
    const field = this.#field;
    const kept = `same(answer.${field}, before.${field})`;
    const after = word === 'clear' ? `same(answer.${field}, null)` : `answer.${field} == ''`;
    const how = value === undefined ? 'left out' : `sent as ${JSON.stringify(value)}`;
    const because = `${field} ${how}: ${word}`;
    this.#has = word === 'keep' || word === 'refuse';
    this.#steps.push(
      callOn(this.#binding, 'made', {
        // An update of nothing at all may be refused, so something else is sent beside.
        with: value === undefined ? besideOf(this.#binding, field) : { [field]: value },
        because,
        ...(word === 'refuse' ? { expect: 'refused', status } : { expect: 'ok' }),
      }),
      ...this.#read(this.#has ? kept : after, because),
    );
  }

  /** A value sets the field, from another value or from none. */
  #assign(): void {
    const { resource, body = true } = this.#binding;
    const field = this.#field;
    const to = referredBy(this.#contract, `${resource.name}.${field}`);
    const next = `next${this.#steps.length}`;
    const value =
      to === undefined
        ? fittingValue(field, fieldSchema(body, field))
        : `=${next}.${this.#contract.resource(to).key}`;
    if (value === undefined) return;
    const because = `${field} sent with another value: set`;
    const shown = `answer.${shownPath(this.#contract, resource.name, field)}`;
    this.#has = true;
    this.#steps.push(
      ...(to === undefined ? [] : [make(to, next)]),
      callOn(this.#binding, 'made', {
        with: { [field]: value },
        expect: 'ok',
        as: 'changed',
        because,
      }),
      ...this.#read(
        to === undefined
          ? `same(answer.${field}, sent.changed.${field})`
          : `${shown} == ${String(value).slice(1)}`,
        because,
      ),
    );
  }

  #read(that: string, because: string): Step[] {
    const { name } = this.#binding.resource;
    return readOf(this.#contract, name, 'made', { as: 'before', that, because });
  }
}

/** A plain text of the body, other than the field. */
function besideOf(binding: Binding, field: string): JsonObject {
  const text = fieldNames(binding.body).find(
    (name) => name !== field && (name === 'description' || name === 'name'),
  );
  return text === undefined ? {} : { [text]: '=fresh()' };
}

/** A record that has the field; one to refer to is made first where the field is a reference. */
function withField(contract: Contract, resource: string, field: string): Make[] {
  const to = referredBy(contract, `${resource}.${field}`);
  if (to === undefined) {
    const schema = fieldSchema(contract.bindingFor('create', resource)?.body ?? true, field);
    const value = fittingValue(field, schema);
    return [make(resource, 'made', value === undefined ? {} : { with: { [field]: value } })];
  }
  return [
    make(to, 'target'),
    make(resource, 'made', { with: { [field]: `=target.${contract.resource(to).key}` } }),
  ];
}
