// POST /products, GET, PATCH, DELETE (archive) and unarchive.

import { checked } from './check.ts';
import { addonsFrom, creditsFrom } from './linked-to-product.ts';
import type { Answer, Call, Fields, Json, Product } from './model.ts';
import { broken, dashed, done, invalidValue, listOf, notFound, Refusal } from './model.ts';
import { priceFrom } from './prices.ts';
import {
  attachedTo,
  CLEARED,
  checkEntitlements,
  checkWords,
  createRules,
  fresh,
  patchRules,
} from './product-body.ts';
import { productShown } from './product-show.ts';

// What a broken server takes when there is no price.
const NO_PRICE: Fields = {
  type: 'one_time_price',
  currency: 'USD',
  price: 0,
  discount: 0,
  purchasing_power_parity: false,
};

export function createProduct(call: Call): Answer {
  const { on, store, tenant } = call;
  const body = checked(call, 'product', call.body, createRules(call));
  checkWords(call, body);
  checkEntitlements(call, body);
  const kept = fresh(call, body);
  if (on('product-name-cut')) kept['name'] = String(kept['name']).slice(0, 20);
  const price = priceFrom(call, body['price'] ?? NO_PRICE, attachedTo(kept));
  const at = store.now();
  const id = store.id('product', 'pdt');
  const product = { id, tenant, createdAt: at, updatedAt: at, archived: false, kept, price };
  if (!(on('product-create-lost') && store.count('product') % 3 === 0)) store.products.put(product);
  const status = on('create-product-answers-201') ? 201 : 200;
  if (on('create-product-answers-id-only')) return { status, body: { product_id: id } };
  return { status, body: productShown(call, product) };
}

export function productOf(call: Call): Product {
  const { on, store, tenant, route } = call;
  const found = store.products.get(call.ids[0] ?? '');
  if (found && (found.tenant === tenant || on(`leak-${route}`))) return found;
  throw notFound('product');
}

export function getProduct(call: Call): Answer {
  const { on, store } = call;
  const found = store.products.get(call.ids[0] ?? '');
  if (!found && on('unknown-product-200')) return { status: 200, body: null };
  const product = productOf(call);
  if (product.archived && on('product-archived-unreadable')) throw isDeleted(call);
  return { status: 200, body: productShown(call, product) };
}

function changed(call: Call, product: Product, body: Fields): Fields {
  const { on } = call;
  const kept: Fields = { ...product.kept };
  for (const field of Object.keys(kept)) {
    const sent: Json | undefined = body[field];
    if (sent === undefined) {
      if (on(`product-${dashed(field)}-absent-clears`)) kept[field] = null;
      continue;
    }
    if (sent === null && !CLEARED.has(field)) continue;
    if (on(`product-${dashed(field)}-value-lost`)) continue;
    kept[field] = sent;
    if (field === 'addons') kept[field] = addonsFrom(call, sent);
    if (field !== 'credit_entitlements') continue;
    const list = listOf(creditsFrom(call, sent));
    const old = listOf(product.kept[field]);
    kept[field] = on('credits-patch-adds') ? [...old, ...list] : list;
    if (list.length === 0 && on('credits-empty-keeps')) kept[field] = old;
  }
  return kept;
}

function newPrice(call: Call, product: Product, sent: Json, kept: Fields): Fields {
  const { on } = call;
  const price = priceFrom(call, sent, attachedTo(kept));
  if (price['type'] !== product.price['type'] && !on('price-type-change-accepted')) {
    throw invalidValue('price.type cannot change', 'price-type-change');
  }
  if (on('product-price-value-lost')) return product.price;
  return on('price-patch-keeps-type-fields')
    ? { ...price, currency: product.price['currency'] ?? null }
    : price;
}

export function patchProduct(call: Call): Answer {
  const { on, store } = call;
  const body = checked(call, 'product-patch', call.body, patchRules(call));
  const product = productOf(call);
  if (product.archived && !call.odd('archived-product-changes')) throw isDeleted(call);
  checkWords(call, body);
  checkEntitlements(call, body);
  if (on('product-patch-half-done') && body['name']) product.kept['name'] = body['name'];
  const kept = changed(call, product, body);
  const price = body['price'] ? newPrice(call, product, body['price'], kept) : product.price;
  product.kept = kept;
  product.price = price;
  if (!on('product-updated-at-frozen')) product.updatedAt = store.now();
  if (on('product-created-at-moves')) product.createdAt = product.updatedAt;
  return done;
}

export function isDeleted(call: Call): Refusal {
  const code = call.on('code-product-archived-wrong') ? 'NOT_FOUND' : 'PRODUCT_IS_DELETED';
  return new Refusal(410, code, 'The product is archived.', 'archived-product');
}

export function archiveProduct(call: Call): Answer {
  const { on, store } = call;
  const product = productOf(call);
  if (product.archived) {
    if (on('product-archived-twice-200')) return done;
    if (on('product-archived-twice-404')) throw notFound('product');
    if (on('product-archived-twice-409')) throw new Refusal(409, 'CONFLICT', 'It is archived.');
    if (on('product-archived-twice-500')) throw broken();
    throw isDeleted(call);
  }
  if (on('product-archive-lost')) return done;
  product.archived = true;
  product.updatedAt = store.now();
  for (const home of store.collections.all()) {
    if (on('product-archive-removes-rows')) {
      for (const group of home.groups) {
        group.items = group.items.filter((item) => item.productId !== product.id);
      }
    }
    const items = home.groups.flatMap((group) => group.items);
    const own = items.find((item) => item.productId === product.id);
    if (own && on('product-archive-disables-rows')) own.status = false;
    if (own && on('product-archive-archives-collection')) home.archived = true;
  }
  return done;
}

export function unarchiveProduct(call: Call): Answer {
  const product = productOf(call);
  if (call.on('product-unarchive-lost')) return done;
  if (product.archived) product.updatedAt = call.store.now();
  product.archived = false;
  return done;
}
