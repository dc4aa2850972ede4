// What a product is made of: its fields, their limits, and what a create keeps of them.

import type { Rules } from './check.ts';
import { checked, maybe, need } from './check.ts';
import { addonsFrom, creditsFrom } from './linked-to-product.ts';
import type { Call, Fields } from './model.ts';
import { dashed, invalidBody, invalidValue, isFields, listOf, Refusal } from './model.ts';
import { TAX_CATEGORIES } from './names.ts';

const OPTIONAL: Rules = {
  description: maybe('string'),
  brand_id: maybe('string'),
  addons: maybe('array'),
  credit_entitlements: maybe('array'),
  entitlements: maybe('array'),
  license_key_enabled: maybe('boolean'),
  license_key_activations_limit: maybe('int32'),
  license_key_activation_message: maybe('string'),
  license_key_duration: maybe('object'),
  digital_product_delivery: maybe('object'),
};
const taxes = ({ odd }: Call): string[] =>
  odd('live-tutoring-accepted') ? [...TAX_CATEGORIES, 'live_tutoring'] : TAX_CATEGORIES;
export const createRules = (call: Call): Rules => ({
  ...OPTIONAL,
  name: need('string'),
  price: need('object'),
  tax_category: need('string', taxes(call)),
  metadata: { kind: 'object' },
});
export const patchRules = (call: Call): Rules => ({
  ...OPTIONAL,
  name: maybe('string'),
  image_id: maybe('string'),
  price: maybe('object'),
  tax_category: maybe('string', taxes(call)),
  metadata: maybe('object'),
});

// In a PATCH null clears these; for all other fields null changes nothing.
export const CLEARED = new Set([
  'description',
  'image_id',
  'addons',
  'license_key_activations_limit',
  'license_key_activation_message',
  'license_key_duration',
  'digital_product_delivery',
]);

export function checkWords(call: Call, body: Fields): void {
  const { on } = call;
  const length = (field: string): number => [...String(body[field] ?? '')].length;
  const most = on('product-name-101-accepted') ? 101 : on('product-name-100-refused') ? 99 : 100;
  if (length('name') > most) throw invalidValue('name is too long', 'long-text');
  const long = on('product-description-1001-accepted') ? 1001 : 1000;
  if (length('description') > long) throw invalidValue('description is too long', 'long-text');
  const metadata = body['metadata'];
  if (!isFields(metadata)) return;
  if (Object.values(metadata).some((each) => typeof each !== 'string')) {
    if (!on('metadata-untyped')) throw invalidBody('metadata must hold strings');
  }
  if (Object.keys(metadata).length > (on('metadata-51-accepted') ? 51 : 50)) {
    throw new Refusal(422, 'MAXIMUM_KEYS_REACHED', 'There are more than 50 keys in metadata.');
  }
}

export function checkEntitlements(call: Call, body: Fields): void {
  const list = listOf(body['entitlements']);
  for (const each of list) checked(call, 'entitlement', each, { entitlement_id: need('string') });
  if (list.length > 50) throw invalidValue('there are more than 50 entitlements');
  const limit = body['license_key_activations_limit'];
  if (typeof limit === 'number' && limit < 0 && !call.on('activations-limit-negative-accepted')) {
    throw invalidValue('license_key_activations_limit is below 0');
  }
}

export const attachedTo = (kept: Fields): string[] =>
  listOf(kept['credit_entitlements']).map((each) =>
    String(isFields(each) ? each['credit_entitlement_id'] : each),
  );

export function fresh(call: Call, body: Fields): Fields {
  const kept: Fields = { image_id: null };
  for (const field of Object.keys(OPTIONAL)) kept[field] = body[field] ?? null;
  for (const field of ['name', 'tax_category']) kept[field] = body[field] ?? null;
  kept['brand_id'] = body['brand_id'] ?? call.store.own('brnd', call.tenant);
  kept['metadata'] = body['metadata'] ?? {};
  kept['license_key_enabled'] = body['license_key_enabled'] ?? false;
  kept['addons'] = addonsFrom(call, body['addons']);
  kept['credit_entitlements'] = creditsFrom(call, body['credit_entitlements']) ?? [];
  kept['entitlements'] = body['entitlements'] ?? [];
  for (const field of Object.keys(kept)) {
    if (!call.on(`product-${dashed(field)}-not-kept`)) continue;
    kept[field] = field === 'metadata' ? {} : /entitlements/.test(field) ? [] : null;
    if (field === 'license_key_enabled') kept[field] = false;
    if (field === 'brand_id') kept[field] = call.store.own('brnd', call.tenant);
  }
  return kept;
}
