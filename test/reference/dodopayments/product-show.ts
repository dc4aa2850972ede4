// Products the way answers show them: whole, as a row of a list, and as a row of a group.

import { homesOf } from './members.ts';
import { priceShown } from './meters-of-price.ts';
import type { Call, Fields, Item, Json, Product } from './model.ts';
import { dashed, listOf } from './model.ts';
import { ROW_LIVE } from './names.ts';

// Leaves out what a broken server forgets, and turns what it mistypes into text.
export function spoiled({ on }: Call, kind: string, fields: Fields): Fields {
  const shown: Fields = {};
  for (const [field, value] of Object.entries(fields)) {
    if (on(`${kind}-without-${dashed(field)}`)) continue;
    shown[field] = on(`${kind}-${dashed(field)}-as-text`) ? String(value) : value;
  }
  return shown;
}

export const imageOf = (id: Json | undefined): Json =>
  typeof id === 'string' ? `https://images.dodo.test/${id}` : null;

const isRecurring = ({ on, odd }: Call, type: Json | undefined): boolean => {
  if (on('recurring-never')) return false;
  if (on('recurring-always')) return true;
  return (
    type === 'recurring_price' || (type === 'usage_based_price' && !odd('usage-not-recurring'))
  );
};

const amountOf = (price: Fields): Json => price['price'] ?? price['fixed_price'] ?? null;

function times({ on, store }: Call, product: Product): Fields {
  return {
    created_at: on('product-created-at-is-now') ? store.now() : product.createdAt,
    updated_at: product.updatedAt,
  };
}

export function productShown(call: Call, product: Product): Fields {
  const { on, store } = call;
  const { image_id, ...kept } = product.kept;
  const home = homesOf(call, product.id)[0]?.collection;
  return spoiled(call, 'product', {
    product_id: product.id,
    business_id: store.own('bus', product.tenant),
    ...times(call, product),
    ...kept,
    image: imageOf(image_id),
    is_recurring: isRecurring(call, product.price['type']),
    price: priceShown(call, product.price),
    product_collection_id: on('product-collection-id-never') ? null : (home?.id ?? null),
  });
}

// A row of GET /products is flatter: the price is a number.
export function productListed(call: Call, product: Product): Fields {
  const { on, store } = call;
  const { name, description, tax_category, metadata, image_id } = product.kept;
  const detail = priceShown(call, product.price);
  return spoiled(call, 'product-listed', {
    product_id: product.id,
    business_id: store.own('bus', product.tenant),
    ...times(call, product),
    name: name ?? null,
    description: description ?? null,
    image: imageOf(image_id),
    is_recurring: isRecurring(call, product.price['type']),
    metadata: metadata ?? {},
    tax_category: tax_category ?? null,
    currency: product.price['currency'] ?? null,
    price: on('product-listed-price-is-object') ? detail : amountOf(product.price),
    price_detail: on('product-listed-without-detail') ? null : detail,
    tax_inclusive: product.price['tax_inclusive'] ?? null,
  });
}

// What a row of a group tells of its product.
export function productInRow(call: Call, product: Product | undefined): Fields {
  const { kept = {}, price = {} } = product ?? {};
  const detail = product ? priceShown(call, price) : null;
  return {
    name: kept['name'] ?? null,
    description: kept['description'] ?? null,
    currency: price['currency'] ?? null,
    price: amountOf(price),
    price_detail: detail,
    tax_category: kept['tax_category'] ?? null,
    tax_inclusive: price['tax_inclusive'] ?? null,
    is_recurring: isRecurring(call, price['type']),
    license_key_enabled: kept['license_key_enabled'] === true,
    meters_count: listOf(price['meters']).length,
    files_count: 0,
    addons_count: listOf(kept['addons']).length,
    has_credit_entitlements: listOf(kept['credit_entitlements']).length > 0,
  };
}

const WRONG: { [fault: string]: (row: Fields) => Fields } = {
  'row-meters-count-off': (row) => ({ meters_count: Number(row['meters_count']) + 1 }),
  'row-meters-count-0': () => ({ meters_count: 0 }),
  'row-addons-count-0': () => ({ addons_count: 0 }),
  'row-addons-count-is-meters': (row) => ({ addons_count: row['meters_count'] ?? 0 }),
  'row-files-count-1': () => ({ files_count: 1 }),
  'row-counts-null': () => ({ meters_count: null, files_count: null, addons_count: null }),
  'row-credits-never': () => ({ has_credit_entitlements: false }),
  'row-credits-always': () => ({ has_credit_entitlements: true }),
  'row-license-never': () => ({ license_key_enabled: false }),
  'row-license-always': () => ({ license_key_enabled: true }),
  'row-price-null': () => ({ price: null }),
  'row-price-in-units': (row) => ({ price: Number(row['price']) / 100 }),
  'row-price-detail-null': () => ({ price_detail: null }),
  'row-currency-usd': () => ({ currency: 'USD' }),
  'row-tax-category-saas': () => ({ tax_category: 'saas' }),
  'row-tax-inclusive-null': () => ({ tax_inclusive: null }),
  'row-name-null': () => ({ name: null }),
  'row-description-null': () => ({ description: null }),
  'row-description-is-name': (row) => ({ description: row['name'] ?? null }),
  'row-status-always-true': () => ({ status: true }),
  'row-id-is-product-id': (row) => ({ id: row['product_id'] ?? null }),
  'row-product-id-is-id': (row) => ({ product_id: row['id'] ?? null }),
};

export function rowShown(call: Call, item: Item): Fields {
  const { on, store } = call;
  const product = store.products.get(item.productId);
  let row: Fields = {
    id: item.id,
    product_id: item.productId,
    status: item.status,
    ...productInRow(call, product),
  };
  for (const field of ROW_LIVE) {
    if (on(`row-${dashed(field)}-frozen`)) row[field] = item.then[field] ?? null;
  }
  if (on('row-status-false-when-archived') && product?.archived) row['status'] = false;
  for (const [fault, wrong] of Object.entries(WRONG)) {
    if (on(fault)) row = { ...row, ...wrong(row) };
  }
  return spoiled(call, 'row', row);
}
