// What a product refers to: add-ons and credit entitlements.

import { checked, need, texts } from './check.ts';
import type { Call, Json } from './model.ts';
import { invalidValue, listOf, Refusal } from './model.ts';

export function addonsFrom(call: Call, value: Json | undefined): Json {
  const { on, store, tenant } = call;
  if (value === undefined || value === null) return null;
  const ids = texts(value, 'addons');
  for (const id of ids) {
    const found = store.addons.get(id);
    if (found?.tenant === tenant || (found && on('leak-reference-addon'))) continue;
    if (!found && on('addon-unknown-accepted')) continue;
    const code = on('code-addon-unknown-wrong') ? 'NOT_FOUND' : 'MISSING_ADDON_IDS';
    throw new Refusal(422, code, 'There is no such add-on.', 'unknown-addon');
  }
  if (new Set(ids).size < ids.length && !on('addon-twice-accepted')) {
    const wrong = on('code-addon-twice-wrong');
    const code = wrong ? 'INVALID_REQUEST_PARAMETERS' : 'DUPLICATE_ADDON_IDS_IN_REQUEST';
    throw new Refusal(422, code, 'An add-on is given twice.', 'addon-twice');
  }
  return on('addons-first-only') ? ids.slice(0, 1) : ids;
}

export function creditsFrom(call: Call, value: Json | undefined): Json {
  const { on, store, tenant } = call;
  if (value === undefined || value === null) return null;
  const seen = new Set<string>();
  const list = listOf(value);
  if (list.length > (on('credits-6-accepted') ? 6 : 5)) {
    throw invalidValue('a product has at most 5 credit entitlements', 'many-credits');
  }
  for (const each of list) {
    const sent = checked(call, 'credit-of-product', each, {
      credit_entitlement_id: need('string'),
    });
    const id = String(sent['credit_entitlement_id']);
    const found = store.credits.get(id);
    const fine = found?.tenant === tenant || (found && on('leak-reference-credit'));
    if (!fine && !(!found && on('credit-unknown-accepted'))) {
      throw invalidValue('There is no such credit entitlement.', 'unknown-credit');
    }
    if (seen.has(id)) throw invalidValue('A credit entitlement is given twice.', 'credit-twice');
    seen.add(id);
  }
  return list;
}
