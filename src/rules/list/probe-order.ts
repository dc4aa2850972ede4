// Probes of the order of a list and of its pages.

import { type Binding, type Contract, fieldSchema } from '../../contract/contract.ts';
import { isObject, type Json, type JsonObject } from '../../model/json.ts';
import type { Call, Make, Probe } from '../../model/steps.ts';
import type { Basis } from '../../spec/spec.ts';
import { every } from '../claims.ts';
import { has, listCall } from '../list-steps.ts';
import { make } from '../steps.ts';
import type { Options } from './options.ts';

type PageOptions = NonNullable<Options['page']>;
type SortOptions = NonNullable<Options['sort']>;

/** Of two records the later comes first; where another field says the order, its values do. */
export function sorts(binding: Binding, sort: SortOptions, contract: Contract): Probe[] {
  const { resource, operation } = binding;
  const [first = ''] = sort.else;
  const field = first.replace(/^-/, '');
  const sent = fieldSchema(contract.bindingFor('create', resource.name)?.body ?? true, field);
  const types = [sent?.['type'] ?? []].flat();
  if (types.includes('integer') || types.includes('number')) return [byField(binding, first)];
  // What the server sets can only be told apart where it is the time of making.
  const isTime = fieldSchema(resource.schema, field)?.['format'] === 'date-time';
  if (sent !== undefined || !first.startsWith('-') || !isTime) return [];
  const newestFirst: Probe = {
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
          until: every([has(binding, 'older'), has(binding, 'newer')]),
          that: `answer.items.map(i, i.${resource.key}).filter(k, k == older.${resource.key} || k == newer.${resource.key})[0] == newer.${resource.key}`,
          because: 'the newer record comes first',
        },
      ),
    ],
  };
  return [newestFirst];
}

/** Three records, made in another order than the one in which they are listed. */
function byField({ resource, operation }: Binding, by: string): Probe {
  const { name, key } = resource;
  const field = by.replace(/^-/, '');
  const values = by.startsWith('-') ? [5, 6, 4] : [5, 4, 6];
  const [a, b, c] = ['a', 'b', 'c'].map((as, i) =>
    make(name, as, { with: { [field]: values[i] ?? 0 } }),
  ) as [Make, Make, Make];
  const ours = `answer.items.map(i, i.${key}).filter(k, k == a.${key} || k == b.${key} || k == c.${key})`;
  const right = `${ours} == [b.${key}, a.${key}, c.${key}]`;
  return {
    id: `${operation.id}-by-${field}`,
    operation: operation.id,
    steps: [
      a,
      b,
      c,
      {
        call: operation.id,
        pages: true,
        until: `size(${ours}) == 3`,
        that: right,
        because: `${field} says the order`,
      },
    ],
  };
}

/**
 * Once all that was made is seen: pages of one size share no entry, none is longer than asked, and together they are
 * one page of their whole size. Of size 1 there are two of them, of any other three; one where only the size can be said.
 */
export function pages(binding: Binding, page: PageOptions, basis: Basis, size: number): Probe {
  const { resource, operation } = binding;
  const { key } = resource;
  const count = !canGoOn(page) ? 1 : size === 1 ? 2 : 3;
  const made = ['a', 'b', 'c', 'd', 'e'].slice(0, (count - 1) * size + 1);
  const names = ['page0', 'page1', 'page2'].slice(0, count);
  const part = (name: string, length: number, skip: number): Call => ({
    call: operation.id,
    ...sentAs(binding, { [page.size.param ?? '']: length, ...placeOf(page, key, length, skip) }),
    as: name,
  });
  const whole = every(made.map((name) => has(binding, name)));
  const shares = (one: string, other: string) =>
    `${one}.items.exists(i, ${other}.items.exists(j, i.${key} == j.${key}))`;
  const apart = names.flatMap((one, i) => names.slice(i + 1).map((two) => `!${shares(one, two)}`));
  const inOne = names.map((name) => `${name}.items.exists(j, i.${key} == j.${key})`);
  return {
    id: `${operation.id}-pages`,
    operation: operation.id,
    // One list has been asked of larger pages.
    ...(size > 1 ? {} : { fine: 2 }),
    steps: [
      ...made.map((name, i) => make(resource.name, name, { once: i + 1 })),
      listCall(
        binding,
        {},
        { until: whole, that: whole, because: 'all pages together hold every record' },
      ),
      ...names.map((name, i) => ({
        ...part(name, size, i * size),
        ...(i === 0 ? facts(page, size, made.length, basis) : {}),
      })),
      {
        ...part('first', count * size, 0),
        that: every([
          ...names.map((name) => `size(${name}.items) <= ${size}`),
          ...apart,
          `answer.items.all(i, ${inOne.join(' || ')})`,
        ]),
        because: `${count} pages of ${size} are no longer, share no entry, and hold what one of ${count * size} does`,
      },
    ],
  };
}

function sentAs({ body }: Binding, values: JsonObject): Partial<Call> {
  return body === undefined ? { query: values } : { with: values };
}

function canGoOn({ skip, page, after }: PageOptions): boolean {
  return (skip ?? page ?? after) !== undefined;
}

/** The parameter that asks for the page behind so many entries. */
function placeOf(
  { skip: entries, page, after, answer }: PageOptions,
  key: string,
  length: number,
  skip: number,
): JsonObject {
  if (entries !== undefined) return { [entries.param]: skip };
  if (page !== undefined) return { [page.param]: page.first + skip / length };
  if (after === undefined || skip === 0) return {};
  const before = `page${skip / length - 1}`;
  const last = `${before}.items[size(${before}.items) - 1].${key}`;
  // What the envelope gives to go on with counts, where it does.
  const next = isObject(answer as Json)
    ? placesOf(answer as JsonObject, before).find(([, fact]) => fact === '=more ? last : null')
    : undefined;
  return { [after.param]: `=${next?.[0] ?? last}` };
}

/** What the envelope says of itself, where the documents name its fields: a page of so many, at least so many in all. */
function facts(page: PageOptions, size: number, made: number, basis: Basis): Partial<Call> {
  if (basis !== 'documented') return {};
  const places = placesOf(page.answer as JsonObject, 'answer');
  const total = places.find(([, fact]) => fact === '=total')?.[0];
  const claims = places.flatMap(([place, fact]) => {
    if (fact === '=total') return [`${place} >= ${made}`];
    if (fact === '=size') return [`${place} == ${size}`];
    if (fact === '=page') return [`${place} == ${page.page?.first ?? 0}`];
    if (fact === '=size(items)') return [`${place} == size(answer.items)`];
    if (fact !== '=pages' || total === undefined) return [];
    return [`${place} * ${size} >= ${total}`, `(${place} - 1) * ${size} < ${total}`];
  });
  return { that: every(claims), because: 'the numbers beside a page are those of the list' };
}

/** Every fact of the envelope, and where it stands. */
function placesOf(answer: JsonObject, path: string): [place: string, fact: string][] {
  return Object.entries(answer).flatMap(([key, value]): [string, string][] => {
    if (typeof value === 'string') return [[`${path}.${key}`, value]];
    return isObject(value) ? placesOf(value, `${path}.${key}`) : [];
  });
}
