// The operations and the paths they answer at.

import { archiveCollection, collectionImages, unarchiveCollection } from './collection-archive.ts';
import { createCollection } from './collection-create.ts';
import { getCollection, patchCollection } from './collections.ts';
import { addGroup, deleteGroup, patchGroup } from './groups.ts';
import { addItems, deleteItem, patchItem } from './items.ts';
import { createAddon, createCredit, createMeter, getAddon, getCredit, getMeter } from './linked.ts';
import { listAddons, listCollections, listCredits, listMeters, listProducts } from './listing.ts';
import type { Answer, Call } from './model.ts';
import type { ROUTE_NAMES } from './names.ts';
import {
  archiveProduct,
  createProduct,
  getProduct,
  patchProduct,
  unarchiveProduct,
} from './products.ts';

export interface Route {
  name: (typeof ROUTE_NAMES)[number];
  method: string;
  path: RegExp;
  run(call: Call): Answer | Promise<Answer>;
}

// "*" in a path stands for an id.
function at(method: string, path: string, name: Route['name'], run: Route['run']): Route {
  return { name, method, path: new RegExp(`^${path.replaceAll('*', '([^/]+)')}$`), run };
}

const ALL = '/product-collections';
const GROUPS = `${ALL}/*/groups`;
const ITEMS = `${GROUPS}/*/items`;

const ROUTES: Route[] = [
  at('POST', ALL, 'create-collection', createCollection),
  at('GET', ALL, 'list-collections', listCollections),
  at('GET', `${ALL}/*`, 'get-collection', getCollection),
  at('PATCH', `${ALL}/*`, 'patch-collection', patchCollection),
  at('DELETE', `${ALL}/*`, 'archive-collection', archiveCollection),
  at('POST', `${ALL}/*/unarchive`, 'unarchive-collection', unarchiveCollection),
  at('PUT', `${ALL}/*/images`, 'collection-images', collectionImages),
  at('POST', GROUPS, 'add-group', addGroup),
  at('PATCH', `${GROUPS}/*`, 'patch-group', patchGroup),
  at('DELETE', `${GROUPS}/*`, 'delete-group', deleteGroup),
  at('POST', ITEMS, 'add-items', addItems),
  at('PATCH', `${ITEMS}/*`, 'patch-item', patchItem),
  at('DELETE', `${ITEMS}/*`, 'delete-item', deleteItem),
  at('POST', '/products', 'create-product', createProduct),
  at('GET', '/products', 'list-products', listProducts),
  at('GET', '/products/*', 'get-product', getProduct),
  at('PATCH', '/products/*', 'patch-product', patchProduct),
  at('DELETE', '/products/*', 'archive-product', archiveProduct),
  at('POST', '/products/*/unarchive', 'unarchive-product', unarchiveProduct),
  at('POST', '/meters', 'create-meter', createMeter),
  at('GET', '/meters', 'list-meters', listMeters),
  at('GET', '/meters/*', 'get-meter', getMeter),
  at('POST', '/credit-entitlements', 'create-credit', createCredit),
  at('GET', '/credit-entitlements', 'list-credits', listCredits),
  at('GET', '/credit-entitlements/*', 'get-credit', getCredit),
  at('POST', '/addons', 'create-addon', createAddon),
  at('GET', '/addons', 'list-addons', listAddons),
  at('GET', '/addons/*', 'get-addon', getAddon),
];

export interface Match {
  routes: Route[];
  ids: string[];
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
  const [, ...ids] = routes[0]?.path.exec(path) ?? [];
  return { routes, ids: ids.map(decoded) };
}
