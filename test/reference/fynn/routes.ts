// The operations and the paths they answer at.

import { createCustomer, getCustomer, listCustomers } from './customers.ts';
import { createGroup } from './group-create.ts';
import { listGroups } from './group-list.ts';
import { getGroup } from './group-show.ts';
import type { Answer, Call, FaultId } from './model.ts';
import { getSubscription, listSubscriptions } from './subscription-show.ts';
import { createSubscription, updateSubscription } from './subscriptions.ts';

export interface Route {
  method: string;
  path: RegExp;
  open: FaultId;
  run(call: Call): Answer | Promise<Answer>;
}

const route = (method: string, path: RegExp, open: FaultId, run: Route['run']): Route => ({
  method,
  path,
  open,
  run,
});

const ROUTES: Route[] = [
  route('POST', /^\/billing-groups$/, 'open-create-group', createGroup),
  route('GET', /^\/billing-groups\/([^/]+)$/, 'open-get-group', getGroup),
  route('GET', /^\/customers\/([^/]+)\/billing-groups$/, 'open-list-groups', listGroups),
  route('POST', /^\/customers$/, 'open-create-customer', createCustomer),
  route('GET', /^\/customers$/, 'open-list-customers', listCustomers),
  route('GET', /^\/customers\/([^/]+)$/, 'open-get-customer', getCustomer),
  route('POST', /^\/subscriptions$/, 'open-create-subscription', createSubscription),
  route('GET', /^\/subscriptions$/, 'open-list-subscriptions', listSubscriptions),
  route('GET', /^\/subscriptions\/([^/]+)$/, 'open-get-subscription', getSubscription),
  route('PUT', /^\/subscriptions\/([^/]+)$/, 'open-update-subscription', updateSubscription),
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

export function match(path: string): Match {
  const routes = ROUTES.filter((each) => each.path.test(path));
  return { routes, id: decoded(routes[0]?.path.exec(path)?.[1] ?? '') };
}
