// Probes of the order of a list and of its pages.

import { type Binding, type Contract, fieldSchema } from '../../contract/contract.ts';
import { isObject, type JsonObject } from '../../model/json.ts';
import type { Call, Make, Probe } from '../../model/steps.ts';
import type { Basis } from '../../spec/spec.ts';
import { every } from '../claims.ts';
import { listCall } from '../list-steps.ts';
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
  const has = (name: string) =>
    `answer.items.exists(i, i.${resource.key} == ${name}.${resource.key})`;
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
          until: `${has('older')} && ${has('newer')}`,
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
 * Once all that was made is seen: three pages of one size share no entry, none is longer than asked, and together
 * they are one page of three times the size.
 */
export function pages(binding: Binding, page: PageOptions, basis: Basis, size: number): Probe {
  const { resource, operation } = binding;
  const { key } = resource;
  const made = ['a', 'b', 'c', 'd', 'e'].slice(0, 2 * size + 1);
  const part = (name: string, length: number, skip: number): Call => ({
    call: operation.id,
    ...sentAs(binding, { [page.size.param]: length, ...placeOf(page, length, skip) }),
    as: name,
  });
  const within = (one: string, two: string) =>
    `${one}.items.exists(i, ${two}.items.exists(j, i.${key} == j.${key}))`;
  const whole = made
    .map((name) => `answer.items.exists(i, i.${key} == ${name}.${key})`)
    .join(' && ');
  const inOnePage = ['page0', 'page1', 'page2'].map(
    (name) => `${name}.items.exists(j, i.${key} == j.${key})`,
  );
  return {
    id: `${operation.id}-pages`,
    operation: operation.id,
    steps: [
      ...made.map((name, i) => make(resource.name, name, { once: i + 1 })),
      listCall(
        binding,
        {},
        { until: whole, that: whole, because: 'all pages together hold every record' },
      ),
      { ...part('page0', size, 0), ...facts(page, size, made.length, basis) },
      part('page1', size, size),
      {
        ...part('page2', size, 2 * size),
        that: [
          ...['page0', 'page1', 'answer'].map((name) => `size(${name}.items) <= ${size}`),
          `!${within('page0', 'page1')}`,
          `!${within('page1', 'answer')}`,
          `!${within('page0', 'answer')}`,
        ].join(' && '),
        because: `pages of ${size} are no longer, and share no entry`,
      },
      {
        ...part('first', 3 * size, 0),
        that: `answer.items.all(i, ${inOnePage.join(' || ')})`,
        because: `three pages of ${size} hold what one of ${3 * size} does`,
      },
    ],
  };
}

function sentAs({ body }: Binding, values: JsonObject): Partial<Call> {
  return body === undefined ? { query: values } : { with: values };
}

/** The parameter that asks for the page behind so many entries. */
function placeOf({ skip: entries, page }: PageOptions, length: number, skip: number): JsonObject {
  if (entries !== undefined) return { [entries.param]: skip };
  return page === undefined ? {} : { [page.param]: page.first + skip / length };
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
