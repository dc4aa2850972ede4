// The operations of the API, and which one a request means.

import { createGroup } from './group-create.ts';
import { deleteGroup } from './group-delete.ts';
import { searchGroups } from './group-search.ts';
import { getGroup } from './group-show.ts';
import type { Answer, Call, FaultId } from './model.ts';
import { createPlan, getPlan } from './plans.ts';
import { createPrice, getPrice } from './price-create.ts';
import { searchPrices } from './price-search.ts';
import { updatePrice } from './price-update.ts';

export interface Route {
  method: string;
  path: string[];
  hasBody: boolean;
  open: FaultId;
  run(call: Call): Answer | Promise<Answer>;
}

function route(line: string, open: FaultId, run: Route['run']): Route {
  const [method = '', path = ''] = line.split(' ');
  const hasBody = method === 'POST' || method === 'PUT';
  return { method, path: path.split('/'), hasBody, open, run };
}

const ROUTES: Route[] = [
  route('POST groups', 'no-auth-on-group-create', createGroup),
  route('POST groups/search', 'no-auth-on-group-search', searchGroups),
  route('GET groups/{id}', 'no-auth-on-group-get', getGroup),
  route('DELETE groups/{id}', 'no-auth-on-group-delete', deleteGroup),
  route('POST plans', 'no-auth-on-plan-create', createPlan),
  route('GET plans/{id}', 'no-auth-on-plan-get', getPlan),
  route('POST prices', 'no-auth-on-price-create', createPrice),
  route('POST prices/search', 'no-auth-on-price-search', searchPrices),
  route('GET prices/{id}', 'no-auth-on-price-get', getPrice),
  route('PUT prices/{id}', 'no-auth-on-price-update', updatePrice),
];

export interface Match {
  routes: Route[];
  id: string;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

// All operations on a path, whatever their method; none when the path is unknown.
export function match(pathname: string): Match {
  const [empty, version, ...parts] = pathname.split('/');
  if (empty !== '' || version !== 'v1') return { routes: [], id: '' };
  const routes = ROUTES.filter(
    ({ path }) =>
      path.length === parts.length &&
      path.every((part, i) => part === parts[i] || (part === '{id}' && parts[i] !== '')),
  );
  return { routes, id: decoded(parts[1] ?? '') };
}
