// Step 7 for lists: which rows are seen, filtered, in what order, and which page of them.

import type { Json } from '../model/json.ts';
import type { Context } from '../rules/kind.ts';
import type { Row } from '../state/state.ts';
import type { Playable, Route } from './playable.ts';

/** The body of a list's answer. */
export function listing(api: Playable, context: Context, route: Route): Json {
  const { resource } = route.binding;
  const tests = route.filter.flatMap(({ run }) => run(context) ?? []);
  const seen = (row: Row) => api.see.every(({ run }) => run(context, 'list', row));
  let rows = candidates(api, context, resource.name).filter(
    (row) => tests.every((test) => test(row)) && seen(row),
  );
  for (const { run } of route.sort) rows = run(context, rows);
  const page = route.page[0]?.run(context, rows);
  const items = (page?.rows ?? rows).map((row) => context.show(resource, row));
  return page === undefined ? { items } : page.wrap(items);
}

function candidates(api: Playable, context: Context, resource: string): Row[] {
  const own = context.view.all(resource);
  if (!api.reaches.some(({ run }) => run('list'))) return own;
  return [...own, ...context.view.allElsewhere(resource)];
}
