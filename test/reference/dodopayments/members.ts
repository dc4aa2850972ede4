// The rules for who may be in a collection: each product once, each group name once.

import type { Rules } from './check.ts';
import { checked, maybe, need } from './check.ts';
import type { Call, Collection, Group, Item, Json, Product } from './model.ts';
import { broken, invalidValue, listOf, Refusal, textOf } from './model.ts';
import { productInRow } from './product-show.ts';

export type Where = 'create' | 'group' | 'items';

export interface WantedItem {
  productId: string;
  status: boolean;
}

export interface WantedGroup {
  name: string | null;
  status: boolean;
  items: WantedItem[];
}

export interface Home {
  collection: Collection;
  group: Group;
  item: Item;
}

const GROUP: Rules = {
  group_name: maybe('string'),
  products: need('array'),
  status: maybe('boolean'),
};
const PRODUCT: Rules = { product_id: need('string'), status: maybe('boolean') };

export function homesOf({ store }: Call, productId: string): Home[] {
  return store.collections
    .all()
    .flatMap((collection) =>
      collection.groups.flatMap((group) =>
        group.items
          .filter((item) => item.productId === productId)
          .map((item) => ({ collection, group, item })),
      ),
    );
}

// A status that is absent or null is true.
function statusOf({ on }: Call, kind: string, where: Where, sent: Json | undefined): boolean {
  if (on(`${kind}-status-ignored-on-${where}`)) return true;
  if (sent === undefined) return !on(`${kind}-status-false-by-default`);
  if (sent === null) return !on(`${kind}-status-null-is-false`);
  return sent === true || sent === 'true';
}

export function wantedItems(call: Call, where: Where, value: Json | undefined): WantedItem[] {
  return listOf(value).flatMap((each) => {
    const sent = checked(call, 'group-product', each, PRODUCT);
    const status = statusOf(call, 'row', where, sent['status']);
    const productId = textOf(sent['product_id']);
    return productId === null ? [] : [{ productId, status }];
  });
}

export function wantedGroup(call: Call, where: Where, value: Json): WantedGroup {
  const { on, odd } = call;
  const sent = checked(call, 'group', value, GROUP);
  let name = textOf(sent['group_name']);
  if (name === '' && odd('empty-group-name-is-null')) name = null;
  if (name === '' && odd('empty-group-name-refused')) throw invalidValue('group_name is empty');
  const status = statusOf(call, 'group', where, sent['status']);
  const items = wantedItems(call, where, sent['products']);
  if (on('group-status-false-disables-rows') && !status) {
    for (const item of items) item.status = false;
  }
  if (name !== null && on('group-name-lower-cased')) name = name.toLowerCase();
  if (name !== null && on('group-name-trimmed')) name = name.trim();
  if (name !== null && on('group-name-cut')) name = name.slice(0, 20);
  return { name: on(`group-name-lost-on-${where}`) ? null : name, status, items };
}

function nameless({ on }: Call, name: string | null, where: string): boolean {
  if (name === null) return !on('names-null-collides');
  if (name === '') return on('names-empty-not-unique');
  return on(`names-twice-on-${where}`);
}

function alike({ on }: Call, a: string | null, b: string | null): boolean {
  if (a === b) return true;
  if (a === null || b === null) return false;
  if (on('names-case-ignored')) return a.toLowerCase() === b.toLowerCase();
  return on('names-blanks-ignored') && a.trim() === b.trim();
}

function rivals(call: Call, collection: Collection, except: Group | undefined): (string | null)[] {
  const { on, store, tenant } = call;
  const homes = store.collections.all().filter((each) => {
    if (each.id === collection.id) return false;
    const own = each.tenant === tenant;
    return own ? on('names-across-collections') : on('names-across-tenants');
  });
  const groups = [collection, ...homes].flatMap((each) => each.groups);
  const others = groups.filter((each) => {
    if (each === except) return on('names-rename-to-own-refused');
    return !(on('names-of-disabled-groups-free') && !each.status);
  });
  const names = others.map((each) => each.name);
  return [...names, ...collection.formerNames];
}

// Null names are unlimited; others come once in a collection, compared exactly.
export function checkName(
  call: Call,
  collection: Collection,
  name: string | null,
  where: 'create' | 'add' | 'rename',
  except?: Group,
): void {
  const taken = rivals(call, collection, except).some((each) => alike(call, each, name));
  if (!taken || nameless(call, name, where)) return;
  if (call.on('names-twice-500')) throw broken();
  throw invalidValue('the group name is taken', 'name-taken');
}

function usable(call: Call, id: string, where: Where, brand: string): Product | undefined {
  const { on, odd, store, tenant } = call;
  const found = store.products.get(id);
  if (!found && on('product-unknown-500')) throw broken();
  if (!found && on(`product-unknown-accepted-on-${where}`)) return undefined;
  const own = found?.tenant === tenant || on(`leak-reference-product-on-${where}`);
  if (!found || !own) throw invalidValue('There is no such product.', 'unknown-product');
  if (found.archived && !on(`product-archived-accepted-on-${where}`)) {
    throw new Refusal(410, 'PRODUCT_IS_DELETED', 'The product is archived.', 'adding-archived');
  }
  const foreign = found.tenant !== tenant;
  if (found.kept['brand_id'] !== brand && !foreign && !odd('brands-mixed')) {
    throw new Refusal(422, 'BRAND_MISMATCH', 'The product is of another brand.', 'brand-mismatch');
  }
  return found;
}

function isFree(call: Call, { collection, group, item }: Home, wanted: Wish): boolean {
  const { on, odd } = call;
  const { where } = wanted;
  if (on('once-disabled-rows-ignored') && !item.status) return true;
  if (on('once-disabled-groups-ignored') && !group.status) return true;
  if (collection.id !== wanted.collection.id) {
    if (odd('archive-frees-products') && collection.archived) return true;
    return on(`once-not-across-collections-on-${where}`) || on('once-moves-product');
  }
  if (group.id === wanted.group) return on('once-not-within-group-on-items');
  return on(`once-not-across-groups-on-${where}`);
}

export interface Wish {
  where: Where;
  collection: Collection;
  group?: string;
}

function sameName(call: Call, product: Product | undefined): boolean {
  const { on, store, tenant } = call;
  if (!on('once-by-name') && !on('once-by-name-across-tenants')) return false;
  return store.products.all().some((each) => {
    const own = each.tenant === tenant;
    if (own ? !on('once-by-name') : !on('once-by-name-across-tenants')) return false;
    const named = each.kept['name'] === product?.kept['name'];
    return named && each !== product && homesOf(call, each.id).length > 0;
  });
}

function checkOnce(call: Call, id: string, wish: Wish): void {
  const taken = (): Refusal => {
    return call.on('once-refused-500')
      ? (broken() as Refusal)
      : invalidValue('the product is in a collection', 'product-taken');
  };
  if (call.store.stuck.has(id)) throw taken();
  for (const home of homesOf(call, id)) {
    if (!isFree(call, home, wish)) throw taken();
  }
}

// Checks one product after the other; "seen" are those of the same request.
export function admit(call: Call, wish: Wish, wanted: WantedItem[], seen: Set<string>): void {
  const { on } = call;
  const here = new Set<string>();
  for (const { productId } of wanted) {
    const product = usable(call, productId, wish.where, wish.collection.brandId);
    const twice = here.has(productId) && !on(`once-not-within-request-on-${wish.where}`);
    const before = seen.has(productId) && !here.has(productId);
    if (twice || (before && !on('once-not-across-groups-of-create'))) {
      throw invalidValue('a product is given twice', 'product-twice');
    }
    checkOnce(call, productId, wish);
    if (sameName(call, product)) throw invalidValue('the name is in a collection', 'product-taken');
    here.add(productId);
    seen.add(productId);
  }
}

export function madeItem(call: Call, { productId, status }: WantedItem): Item {
  const then = productInRow(call, call.store.products.get(productId));
  if (call.on('once-moves-product')) {
    for (const { group, item } of homesOf(call, productId)) {
      group.items = group.items.filter((each) => each !== item);
    }
  }
  return { id: call.store.uuid('row'), productId, status, then };
}

export const madeGroup = (call: Call, { name, status, items }: WantedGroup): Group => ({
  id: call.store.uuid('group'),
  name,
  status,
  items: items.map((each) => madeItem(call, each)),
});
