// The operations of the API, and which one a request means.

import { createCustomer, getCustomer, getCustomerByExternalId } from './customers.ts';
import { createGroup } from './group-create.ts';
import { deleteGroup } from './group-delete.ts';
import { searchGroups } from './group-search.ts';
import { getGroup } from './group-show.ts';
import { createMeter, getMeter } from './meters.ts';
import type { Answer, Call, FaultId } from './model.ts';
import { clonePlan } from './plan-clone.ts';
import { deletePlan } from './plan-delete.ts';
import { listPlans, searchPlans } from './plan-list.ts';
import { getPlan } from './plan-show.ts';
import { updatePlan } from './plan-update.ts';
import { createPlan } from './plans.ts';
import { createPrices } from './price-bulk.ts';
import { createPrice, getPrice } from './price-create.ts';
import { deletePrice } from './price-end.ts';
import { lookUpPrice } from './price-lookup.ts';
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
  const hasBody = method === 'POST' || method === 'PUT' || line === 'DELETE prices/{id}';
  return { method, path: path.split('/'), hasBody, open, run };
}

const ROUTES: Route[] = [
  route('POST groups', 'no-auth-on-group-create', createGroup),
  route('POST groups/search', 'no-auth-on-group-search', searchGroups),
  route('GET groups/{id}', 'no-auth-on-group-get', getGroup),
  route('DELETE groups/{id}', 'no-auth-on-group-delete', deleteGroup),
  route('POST plans', 'no-auth-on-plan-create', createPlan),
  route('GET plans', 'no-auth-on-plan-list', listPlans),
  route('POST plans/search', 'no-auth-on-plan-search', searchPlans),
  route('GET plans/{id}', 'no-auth-on-plan-get', getPlan),
  route('PUT plans/{id}', 'no-auth-on-plan-update', updatePlan),
  route('DELETE plans/{id}', 'no-auth-on-plan-delete', deletePlan),
  route('POST plans/{id}/clone', 'no-auth-on-plan-clone', clonePlan),
  route('POST prices', 'no-auth-on-price-create', createPrice),
  route('POST prices/search', 'no-auth-on-price-search', searchPrices),
  route('POST prices/bulk', 'no-auth-on-price-bulk', createPrices),
  route('GET prices/lookup/{id}', 'no-auth-on-price-lookup', lookUpPrice),
  route('GET prices/{id}', 'no-auth-on-price-get', getPrice),
  route('PUT prices/{id}', 'no-auth-on-price-update', updatePrice),
  route('DELETE prices/{id}', 'no-auth-on-price-delete', deletePrice),
  route('POST meters', 'no-auth-on-meter-create', createMeter),
  route('GET meters/{id}', 'no-auth-on-meter-get', getMeter),
  route('POST customers', 'no-auth-on-customer-create', createCustomer),
  route('GET customers/{id}', 'no-auth-on-customer-get', getCustomer),
  route('GET customers/external/{id}', 'no-auth-on-customer-external', getCustomerByExternalId),
];

export interface Match {
  routes: Route[];
  parts: string[];
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
  if (empty !== '' || version !== 'v1') return { routes: [], parts: [] };
  const routes = ROUTES.filter(
    ({ path }) =>
      path.length === parts.length &&
      path.every((part, i) => part === parts[i] || (part === '{id}' && parts[i] !== '')),
  );
  return { routes, parts };
}

export function idFor(route: Route, parts: string[]): string {
  const at = route.path.indexOf('{id}');
  return decoded(parts[at < 0 ? 1 : at] ?? '');
}
