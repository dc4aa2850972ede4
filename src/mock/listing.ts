// Step 7 for lists: which rows are seen, filtered, in what order, and which page of them.

import { OWNER } from '../contract/contract.ts';
import type { Json } from '../model/json.ts';
import type { Context } from '../rules/kind.ts';
import type { Row } from '../state/state.ts';
import type { Playable, Route } from './playable.ts';

/** The body of a list's answer: of all records, or of those that are parts of the owner that its path names. */
export function listing(
  api: Playable,
  context: Context,
  route: Route,
  owner: Row | undefined,
): Json {
  const { resource, answer } = route.binding;
  const tests = route.filter.flatMap(({ run }) => run(context) ?? []);
  const seen = (row: Row) => api.see.every(({ run }) => run(context, 'list', row));
  const isPart = (row: Row) => owner === undefined || row.data[OWNER] === owner.id;
  let rows = candidates(api, context, route).filter(
    (row) => isPart(row) && tests.every((test) => test(row)) && seen(row),
  );
  for (const { run } of route.sort) rows = run(context, rows);
  const page = route.page[0]?.run(context, rows);
  const items = (page?.rows ?? rows).map((row) => context.show(resource, row));
  if (page !== undefined) return page.wrap(items);
  if (answer === undefined) return { items };
  const { input, query, caller, now } = context;
  return answer.template({ items, total: rows.length, input, query, caller, now }, context.tools);
}

/** The rows that may be in the list: those that an index gives for a filter, or all. */
function candidates(api: Playable, context: Context, { among, binding }: Route): Row[] {
  const { name } = binding.resource;
  if (api.reaches.some(({ run }) => run('list'))) {
    return [...context.view.all(name), ...context.view.allElsewhere(name)];
  }
  let fewest: Row[] | undefined;
  for (const { run } of among) {
    const rows = run(context);
    if (rows !== undefined && rows.length < (fewest?.length ?? Infinity)) fewest = rows;
  }
  return fewest ?? context.view.all(name);
}
