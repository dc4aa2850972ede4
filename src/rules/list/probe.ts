import { type Binding, type Contract, fieldSchema, type Rule } from '../../contract/contract.ts';
import { isObject, type Json, type JsonObject } from '../../model/json.ts';
import type { Call, Make, Probe, Step } from '../../model/steps.ts';
import { basisOf } from '../../spec/spec.ts';
import { each, listCall, make, narrowing } from '../steps.ts';
import type { Filter, Options } from './options.ts';

export function probe(rule: Rule<Options>, contract: Contract): Probe[] {
  const { options } = rule;
  return each<string>(options.at as string | string[]).flatMap((id) => {
    const binding = contract.binding(id);
    if (binding === undefined) return [];
    return [
      ...Object.entries(options.filter ?? {}).flatMap(([param, by]) =>
        filters(rule, binding, param, by, contract),
      ),
      ...(options.sort === undefined ? [] : [sorts(binding)]),
      ...(options.page === undefined ? [] : [pages(binding, options.page)]),
    ];
  });
}

/** Records that a condition hides, and that show when the parameter switches it off. */
function conditional(binding: Binding, param: string, by: Filter, hidden: JsonObject): Probe {
  const { resource, operation } = binding;
  const has = `answer.items.exists(i, i.${resource.key} == hidden.${resource.key})`;
  const list = (more: JsonObject, judge: Partial<Call>): Step => ({
    ...listCall(binding, { ...more }),
    ...judge,
  });
  return {
    id: `${operation.id}-${param}`,
    operation: operation.id,
    steps: [
      make(resource.name, 'hidden', { with: hidden }),
      list(
        { [param]: (by.unless ?? true) as Json },
        { until: has, that: has, because: `${param} shows what is hidden else` },
      ),
      list({}, { until: `!${has}`, that: `!${has}`, because: `it is hidden without ${param}` }),
    ],
  };
}

/** A time before and one after the record was made: one bound keeps it, the other drops it. */
function bounds(binding: Binding, param: string, by: Filter): Probe {
  const { resource, operation } = binding;
  const has = `answer.items.exists(i, i.${resource.key} == mine.${resource.key})`;
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
        { until: has, that: has, because: `${param} ${inside}` },
      ),
      listCall(binding, { [param]: outside }, { that: `!${has}`, because: `${param} ${outside}` }),
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
    const [hidden] = rule.examples.refuse;
    return isObject(hidden) ? [conditional(binding, param, by, hidden)] : [];
  }
  const value = by.in === undefined ? `=mine.${field}` : [`=mine.${field}`];
  const { key } = resource;
  const varied =
    typeof resource.sample[field] === 'string' && String(resource.sample[field]).startsWith('=');
  const has = (name: string) => `answer.items.exists(i, i.${key} == ${name}.${key})`;
  const all =
    by.contains === undefined
      ? `i.${field} == mine.${field}`
      : `i.${field}.contains(mine.${field})`;
  const id = `${operation.id}-${param}`;
  const set = (own: string): Make => make(resource.name, own, freshFor(binding, field, contract));
  if (!varied && field !== key) return constant(binding, param, field, contract);
  return [
    {
      id,
      operation: operation.id,
      steps: [
        set('mine'),
        set('other'),
        listCall(
          binding,
          { [param]: value },
          {
            until: has('mine'),
            that: `${has('mine')} && !${has('other')} && answer.items.all(i, ${all})`,
            because: `${param} keeps what matches and nothing else`,
          },
        ),
        listCall(
          binding,
          { [param]: by.in === undefined ? '=fresh()' : ['=fresh()'] },
          {
            that: `!${has('mine')} && !${has('other')}`,
            because: `a ${param} that nothing has finds nothing`,
          },
        ),
      ],
    },
  ];
}

/** A field that refers to something gets a record of its own to refer to. */
function freshFor({ resource }: Binding, field: string, contract: Contract): Partial<Make> {
  const refers = contract.rules.find(
    ({ kind, options }) => kind === 'reference' && options['from'] === `${resource.name}.${field}`,
  );
  return refers === undefined || typeof refers.options['to'] !== 'string'
    ? {}
    : { fresh: [refers.options['to']] };
}

/** A field that is the same on every record: its value finds ours, another finds it not (or is refused). */
function constant(binding: Binding, param: string, field: string, contract: Contract): Probe[] {
  const { resource, operation } = binding;
  const where = narrowing(contract, binding, 'mine');
  const { [param]: _, ...others } = where;
  const has = `answer.items.exists(i, i.${resource.key} == mine.${resource.key})`;
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
        call(`=mine.${field}`, has, { until: has, because: `${param} keeps what has this value` }),
        call('no_such_value', `!${has}`, {
          expect: 'any',
          because: `${param} drops what has another value`,
        }),
      ],
    },
  ];
}

function sorts(binding: Binding): Probe {
  const { resource, operation } = binding;
  const has = (name: string) =>
    `answer.items.exists(i, i.${resource.key} == ${name}.${resource.key})`;
  return {
    id: `${operation.id}-newest-first`,
    operation: operation.id,
    steps: [
      make(resource.name, 'older'),
      { wait: 1100 },
      make(resource.name, 'newer'),
      listCall(
        binding,
        {},
        {
          until: `${has('older')} && ${has('newer')}`,
          that: `answer.items.map(i, i.${resource.key}).filter(k, k == older.${resource.key} || k == newer.${resource.key})[0] == newer.${resource.key}`,
          because: 'the newer record comes first',
        },
      ),
    ],
  };
}

/** Three pages of two, after all that was made is seen: none longer than asked, none sharing an entry. */
function pages(binding: Binding, page: NonNullable<Options['page']>): Probe {
  const { resource, operation } = binding;
  const { key } = resource;
  const size = 2;
  const made = ['a', 'b', 'c', 'd', 'e'];
  const part = (index: number): Call => ({
    call: operation.id,
    ...sentAs(binding, { [page.size.param]: size, [page.skip.param]: size * index }),
    as: `page${index}`,
    ...judgedSize(binding, page.size.param, size),
  });
  const disjoint = (one: string, two: string) =>
    `!${one}.items.exists(i, ${two}.items.exists(j, i.${key} == j.${key}))`;
  const whole = made
    .map((name) => `answer.items.exists(i, i.${key} == ${name}.${key})`)
    .join(' && ');
  return {
    id: `${operation.id}-pages`,
    operation: operation.id,
    steps: [
      ...made.map((name) => make(resource.name, name)),
      listCall(
        binding,
        {},
        { until: whole, that: whole, because: 'all pages together hold every record' },
      ),
      part(0),
      part(1),
      {
        ...part(2),
        that: [
          `size(answer.items) <= ${size}`,
          disjoint('page0', 'page1'),
          disjoint('page1', 'answer'),
          disjoint('page0', 'answer'),
        ].join(' && '),
        because: `pages of ${size} share no entry`,
      },
      listCall(
        binding,
        {},
        {
          size,
          until: whole,
          that: whole,
          because: `pages of ${size} together hold every record`,
        },
      ),
    ],
  };
}

function sentAs({ body }: Binding, values: JsonObject): Partial<Call> {
  return body === undefined ? { query: values } : { with: values };
}

function judgedSize({ body }: Binding, param: string, size: number): Partial<Call> {
  const schema = fieldSchema(body ?? true, param);
  if (schema !== undefined && basisOf(schema) !== 'documented') return {};
  return {
    that: `size(answer.items) <= ${size}`,
    because: `a page of at most ${size} was asked for`,
  };
}
