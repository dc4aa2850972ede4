import { type Binding, type Contract, fieldSchema, type Rule } from '../../contract/contract.ts';
import { asList, type Json, type JsonObject } from '../../model/json.ts';
import type { Call, Make, Probe, Step } from '../../model/steps.ts';
import { fittingValue } from '../bodies.ts';
import { fieldOf, has, listCall, narrowing } from '../list-steps.ts';
import { neededBy, referredBy } from '../relations.ts';
import { make } from '../steps.ts';
import type { Filter, Options } from './options.ts';
import { conditional } from './probe-hidden.ts';
import { pages, sorts } from './probe-order.ts';

export function probe(rule: Rule<Options>, contract: Contract): Probe[] {
  const { options } = rule;
  const bindings = asList<string>(options.at as string | string[]).flatMap(
    (id) => contract.binding(id) ?? [],
  );
  // Larger pages need more records: those that need nothing else are the cheapest.
  const cheap = bindings.find(({ resource }) => neededBy(contract, resource.name).length === 0);
  return bindings.flatMap((binding) => {
    const size = binding === (cheap ?? bindings[0]) ? 2 : 1;
    return [
      ...Object.entries(options.filter ?? {}).flatMap(([param, by]) =>
        filters(rule, binding, param, by, contract),
      ),
      ...together(binding, options.filter ?? {}),
      ...(options.sort === undefined ? [] : sorts(binding, options.sort, contract)),
      ...(options.page === undefined || !takes(binding, options.page.size.param)
        ? []
        : [pages(binding, options.page, rule.basis, size)]),
    ];
  });
}

/** Whether the list can be asked for a page of some size. */
function takes({ operation, body }: Binding, param: string | undefined): boolean {
  if (param === undefined) return false;
  return body !== undefined || operation.parameters.some(({ name }) => name === param);
}

/** Two filters at once keep what matches both, so one record's value with another's finds neither. */
function together(binding: Binding, filters: Readonly<Record<string, Filter>>): Probe[] {
  const { resource, operation } = binding;
  const varied = Object.entries(filters).flatMap(([param, by]) => {
    const field = by.equals ?? by.contains;
    const differs = field !== undefined && resource.sample[field] === '=fresh()';
    return differs ? [{ param, field }] : [];
  });
  const [one, two] = varied;
  if (one === undefined || two === undefined) return [];
  return [
    {
      id: `${operation.id}-${one.param}-and-${two.param}`,
      operation: operation.id,
      steps: [
        make(resource.name, 'mine'),
        make(resource.name, 'other'),
        listCall(
          binding,
          { [one.param]: `=mine.${one.field}`, [two.param]: `=mine.${two.field}` },
          {
            until: has(binding, 'mine'),
            that: has(binding, 'mine'),
            because: 'both filters match',
          },
        ),
        listCall(
          binding,
          { [one.param]: `=mine.${one.field}`, [two.param]: `=other.${two.field}` },
          {
            that: `!${has(binding, 'mine')} && !${has(binding, 'other')}`,
            because: 'no record matches both filters',
          },
        ),
      ],
    },
  ];
}

/** A time before and one after the record was made: one bound keeps it, the other drops it. */
function bounds(binding: Binding, param: string, by: Filter): Probe {
  const { resource, operation } = binding;
  const shown = has(binding, 'mine');
  const [inside, outside] =
    by.from === undefined
      ? ['2099-01-01T00:00:00Z', '2000-01-01T00:00:00Z']
      : ['2000-01-01T00:00:00Z', '2099-01-01T00:00:00Z'];
  return {
    id: `${operation.id}-${param}`,
    operation: operation.id,
    steps: [
      make(resource.name, 'mine'),
      listCall(
        binding,
        { [param]: inside },
        { until: shown, that: shown, because: `${param} ${inside}` },
      ),
      listCall(
        binding,
        { [param]: outside },
        { that: `!${shown}`, because: `${param} ${outside}` },
      ),
    ],
  };
}

/** A filter finds the record that has the value and no record that has another. */
function filters(
  rule: Rule<Options>,
  binding: Binding,
  param: string,
  by: Filter,
  contract: Contract,
): Probe[] {
  const { resource, operation } = binding;
  if (by.from !== undefined || by.until !== undefined) return [bounds(binding, param, by)];
  const field = by.equals ?? by.contains ?? by.in;
  if (field === undefined) {
    return conditional(rule, binding, param, by, contract);
  }
  const own = fieldOf(binding, 'mine', field);
  const value = by.in === undefined ? `=${own}` : [`=${own}`];
  const isShown = resource.fields.includes(field);
  const { key } = resource;
  const varied =
    typeof resource.sample[field] === 'string' && String(resource.sample[field]).startsWith('=');
  const all =
    by.contains === undefined
      ? `i.${field} == mine.${field}`
      : `i.${field}.contains(mine.${field})`;
  const id = `${operation.id}-${param}`;
  const given = givenTo(binding, field, contract, rule.examples.beside);
  const set = (own: string): Make[] =>
    given?.(own) ?? [make(resource.name, own, freshFor(binding, field, contract))];
  if (!varied && given === undefined && field !== key) {
    return constant(binding, param, field, contract);
  }
  return [
    {
      id,
      operation: operation.id,
      steps: [
        ...set('mine'),
        ...set('other'),
        listCall(
          binding,
          { [param]: value },
          {
            until: has(binding, 'mine'),
            that: `${has(binding, 'mine')} && !${has(binding, 'other')}${isShown ? ` && answer.items.all(i, ${all})` : ''}`,
            because: `${param} keeps what matches and nothing else`,
          },
        ),
        listCall(
          binding,
          { [param]: by.in === undefined ? '=fresh()' : ['=fresh()'] },
          {
            expect: 'any',
            that: `!${has(binding, 'mine')} && !${has(binding, 'other')}`,
            because: `a ${param} that nothing has finds nothing`,
          },
        ),
      ],
    },
  ];
}

/** How records get a field that the smallest body lacks; undefined where it has it, or no create takes it. */
function givenTo(
  { resource }: Binding,
  field: string,
  contract: Contract,
  beside: JsonObject,
): ((as: string) => Make[]) | undefined {
  const { name, sample } = resource;
  const schema = fieldSchema(contract.bindingFor('create', name)?.body ?? true, field);
  if (schema === undefined || field in sample) return undefined;
  const to = referredBy(contract, `${name}.${field}`);
  if (to === undefined) {
    const isText = [schema['type']].flat().includes('string') && schema['enum'] === undefined;
    const value = isText && fittingValue(field, schema) !== undefined ? '=fresh()' : undefined;
    return value === undefined
      ? undefined
      : (as) => [make(name, as, { with: { ...beside, [field]: value } })];
  }
  const { key } = contract.resource(to);
  return (as) => [
    make(to, `${as}Named`),
    make(name, as, { with: { ...beside, [field]: `=${as}Named.${key}` } }),
  ];
}

/** A field that refers to something gets a record of its own to refer to. */
function freshFor({ resource }: Binding, field: string, contract: Contract): Partial<Make> {
  const to = referredBy(contract, `${resource.name}.${field}`);
  return to === undefined ? {} : { fresh: [to] };
}

/** A field that is the same on every record: its value finds ours, another finds it not (or is refused). */
function constant(binding: Binding, param: string, field: string, contract: Contract): Probe[] {
  const { resource, operation } = binding;
  const where = narrowing(contract, binding, 'mine');
  const { [param]: _, ...others } = where;
  const shown = has(binding, 'mine');
  const call = (value: Json, claim: string, judge: Partial<Call>): Step => ({
    ...listCall(binding, { ...others, [param]: value }, { that: claim }),
    ...judge,
  });
  return [
    {
      id: `${operation.id}-${param}`,
      operation: operation.id,
      steps: [
        make(resource.name, 'mine'),
        call(`=mine.${field}`, shown, {
          until: shown,
          because: `${param} keeps what has this value`,
        }),
        call('no_such_value', `!${shown}`, {
          expect: 'any',
          because: `${param} drops what has another value`,
        }),
      ],
    },
  ];
}
