import type { Contract, Rule } from '../../contract/contract.ts';
import { compileExpression } from '../../contract/expression.ts';
import { compileTemplate } from '../../contract/template.ts';
import { asList, type Json } from '../../model/json.ts';
import type { Row } from '../../state/state.ts';
import type { Context, Hooks, Page, Sabotage } from '../kind.ts';
import type { Filter, Options } from './options.ts';
import { sorter } from './sort.ts';

type Test = (row: Row) => boolean;

export function enforce({ options }: Rule<Options>): Hooks {
  return {
    operations: asList<string>(options.at as string | string[]),
    ...(options.filter === undefined
      ? {}
      : { filter: filtering(options), among: narrowing(options) }),
    ...(options.sort === undefined ? {} : { sort: sorter(options.sort) }),
    ...(options.page === undefined ? {} : { page: paging(options.page) }),
  };
}

function sent({ query, input }: Context, param: string | undefined): Json | undefined {
  if (param === undefined) return undefined;
  return query[param] ?? input[param];
}

function filtering({ filter = {} }: Options): NonNullable<Hooks['filter']> {
  const filters = Object.entries(filter).map(([param, by]) => [param, compileFilter(by)] as const);
  return (context) => {
    const tests = filters.flatMap(([param, make]) => make(sent(context, param), context) ?? []);
    return tests.length === 0 ? undefined : (row) => tests.every((test) => test(row));
  };
}

/** Filters by what a field is can be answered by its index; the one that leaves the fewest rows is. */
function narrowing({ filter = {} }: Options): NonNullable<Hooks['among']> {
  const filters = Object.entries(filter).flatMap(([param, { equals, in: oneOf }]) => {
    const field = equals ?? oneOf;
    return field === undefined ? [] : [[param, field] as const];
  });
  return (context) => {
    const { name, key } = context.binding.resource;
    let fewest: Row[] | undefined;
    for (const [param, field] of filters) {
      const value = sent(context, param);
      if (isBlank(value)) continue;
      const values = [value].flat();
      const rows =
        field === key ? byId(context, name, values) : context.view.among(name, field, values);
      if (rows !== undefined && rows.length < (fewest?.length ?? Infinity)) fewest = rows;
    }
    return fewest;
  };
}

function byId({ view }: Context, resource: string, ids: readonly Json[]): Row[] {
  const rows = [...new Set(ids)].flatMap((id) => view.now(resource, String(id)) ?? []);
  return rows.sort((one, other) => one.seq - other.seq);
}

function isBlank(value: Json | undefined): value is undefined | null | '' {
  const blank = value === undefined || value === null || value === '';
  return blank || (Array.isArray(value) && value.length === 0);
}

type MakeTest = (value: Json | undefined, context: Context) => Test | undefined;

/** What a filter asks of a row; nothing when its parameter is absent, null or empty. */
function compileFilter(by: Filter): MakeTest {
  if (by.that !== undefined) return conditional(by.that, by.unless as Json | undefined);
  const field = by.equals ?? by.contains ?? by.in ?? by.from ?? by.until ?? '';
  return (value) => {
    if (isBlank(value)) return undefined;
    const at = (row: Row) => row.data[field] ?? null;
    if (by.equals !== undefined) return (row) => at(row) === value;
    if (by.contains !== undefined) return (row) => String(at(row) ?? '').includes(String(value));
    if (by.in !== undefined) {
      const values = [value].flat();
      return (row) => values.includes(at(row));
    }
    const limit = Date.parse(String(value));
    if (by.from !== undefined) return (row) => Date.parse(String(at(row))) >= limit;
    return (row) => Date.parse(String(at(row))) <= limit;
  };
}

function conditional(that: string, unless: Json | undefined): MakeTest {
  const test = compileExpression(that);
  return (value, { now }) => {
    if (unless === undefined ? value === undefined : value === unless) return undefined;
    return (row) => test.holds({ self: row.data, value: value ?? null, now });
  };
}

type PageOptions = NonNullable<Options['page']>;

function paging(options: PageOptions, flaw: { step?: number; all?: boolean } = {}) {
  const { size, skip, page, answer } = options;
  const wrap = compileTemplate(answer as Json);
  return (context: Context, rows: readonly Row[]): Page => {
    const asked = whole(sent(context, size.param)) ?? size.default;
    const length = Math.min(asked, size.max ?? asked);
    const first = page?.first ?? 0;
    const number = page === undefined ? 0 : (whole(sent(context, page.param)) ?? first);
    const from =
      besideOne(context, options, rows, length) ??
      (skip === undefined ? (number - first) * length : (whole(sent(context, skip.param)) ?? 0));
    const start = from === 0 ? 0 : Math.max(0, from + (flaw.step ?? 0));
    const cut = flaw.all === true ? rows : rows.slice(start, start + length);
    const pages = length === 0 ? 1 : Math.max(1, Math.ceil(rows.length / length));
    const more = start + cut.length < rows.length;
    const last = cut.at(-1)?.id ?? null;
    const facts = { total: rows.length, size: length, skip: from, page: number, pages, more, last };
    return { rows: cut, wrap: (items) => wrap({ items, ...facts }) };
  };
}

/** Where the page begins that is asked for by the id of an entry; undefined when none is named. */
function besideOne(
  context: Context,
  { after, before }: PageOptions,
  rows: readonly Row[],
  length: number,
): number | undefined {
  const placeOf = (param: string | undefined) => {
    const id = param === undefined ? undefined : sent(context, param);
    if (id === undefined || id === null || id === '') return undefined;
    return rows.findIndex((row) => row.id === String(id));
  };
  const seen = placeOf(after?.param);
  // Nothing comes after what is not there.
  if (seen !== undefined) return seen < 0 ? rows.length : seen + 1;
  const next = placeOf(before?.param);
  return next === undefined ? undefined : Math.max(0, (next < 0 ? 0 : next) - length);
}

function whole(value: Json | undefined): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : undefined;
}

/** The variants that this API can show; an unsorted list is one that no filter or page can tell. */
export function sabotage(rule: Rule<Options>, contract: Contract): Sabotage[] {
  const { options } = rule;
  const operations = asList<string>(options.at as string | string[]);
  if (operations.every((id) => contract.binding(id) === undefined)) return [];
  const without = Object.keys(options.filter ?? {}).map((param) => {
    const { [param]: _, ...others } = options.filter ?? {};
    const rest = { ...options, filter: others };
    return { name: `ignores-${param}`, hooks: enforce({ ...rule, options: rest }) };
  });
  const page = (name: string, flaw: { step?: number; all?: boolean }): Sabotage[] =>
    options.page === undefined
      ? []
      : [{ name, hooks: { operations, page: paging(options.page, flaw) } }];
  return [
    ...without,
    ...(options.sort === undefined ? [] : [{ name: 'oldest-first', hooks: {} }]),
    ...page('ignores-size', { all: true }),
    ...page('overlaps', { step: -1 }),
    ...page('skips-one', { step: 1 }),
  ];
}
