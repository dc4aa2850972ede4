// The meters of a usage-based price: which ones, what a unit costs, and how they link to credits.

import type { Rules } from './check.ts';
import { checked, maybe, need } from './check.ts';
import type { Call, Fields, Json } from './model.ts';
import { invalidValue, listOf, Refusal, textOf } from './model.ts';

const RULES: Rules = {
  meter_id: need('string'),
  name: maybe('string'),
  description: maybe('string'),
  measurement_unit: maybe('string'),
  price_per_unit: maybe('string'),
  free_threshold: maybe('int64'),
  credit_entitlement_id: maybe('string'),
  meter_units_per_credit: maybe('string'),
};
export const METER_TEXTS = ['name', 'description', 'measurement_unit'];

const LAX: [string, RegExp][] = [
  ['ppu-six-digits-accepted', /^\d{6}(\.\d{1,12})?$/],
  ['ppu-13-decimals-accepted', /^\d{1,5}\.\d{13}$/],
  ['ppu-zero-accepted', /^0+(\.0+)?$/],
  ['ppu-negative-accepted', /^-\d{1,5}(\.\d{1,12})?$/],
  ['ppu-empty-accepted', /^$/],
  ['ppu-exponent-accepted', /^\d+e\d+$/i],
  ['ppu-ends-in-point-accepted', /^\d{1,5}\.$/],
  ['ppu-starts-with-point-accepted', /^\.\d{1,12}$/],
  ['ppu-comma-accepted', /^\d{1,5},\d{1,12}$/],
  ['ppu-blanks-accepted', /^(?=.* )[ \d]+$/],
  ['ppu-plus-accepted', /^\+\d{1,5}$/],
  ['ppu-words-accepted', /^[a-z]+$/],
  ['ppu-two-points-accepted', /^\d+\.\d+\.\d+$/],
];
const STRICT: [string, RegExp][] = [
  ['ppu-five-digits-refused', /^\d{5}(\.|$)/],
  ['ppu-12-decimals-refused', /\.\d{12}$/],
  ['ppu-whole-numbers-refused', /^\d+$/],
  ['ppu-below-one-refused', /^0+\.\d/],
  ['ppu-ending-in-0-refused', /\.\d*0$/],
];

function goodPrice({ on }: Call, text: string): boolean {
  if (LAX.some(([fault, form]) => on(fault) && form.test(text))) return true;
  if (STRICT.some(([fault, form]) => on(fault) && form.test(text))) return false;
  return /^\d{1,5}(\.\d{1,12})?$/.test(text) && /[1-9]/.test(text);
}

function checkUnits(call: Call, meter: Fields, attached: string[]): void {
  const { on, store, tenant } = call;
  const credit = textOf(meter['credit_entitlement_id']);
  const units = textOf(meter['meter_units_per_credit']);
  if (units !== null && !(/^\d+(\.\d+)?$/.test(units) && /[1-9]/.test(units))) {
    if (!on('units-grammar-unchecked')) throw invalidValue('meter_units_per_credit is no number');
  }
  if (credit === null) {
    if (on('units-always-needed') && units === null) throw invalidValue('units are missing');
    return;
  }
  if (units === null && !on('units-missing-accepted')) {
    throw invalidValue('meter_units_per_credit is needed with credit_entitlement_id');
  }
  const known = store.credits.get(credit);
  if (known?.tenant !== tenant) {
    if (known ? on('leak-reference-meter-credit') : on('meter-credit-unknown-accepted')) return;
    throw invalidValue('the credit entitlement does not exist', 'unknown-credit');
  }
  if (attached.includes(credit) || on('meter-credit-unattached-accepted')) return;
  throw invalidValue('the credit entitlement is not attached to the product', 'unattached-credit');
}

function checkAmounts(call: Call, meter: Fields): void {
  const { on, odd } = call;
  const price = meter['price_per_unit'] ?? null;
  if (price === null && on('ppu-null-refused')) throw invalidValue('price_per_unit is null');
  if (price !== null && !goodPrice(call, String(price))) {
    throw invalidValue('price_per_unit is no price');
  }
  const linked = textOf(meter['credit_entitlement_id']) !== null;
  if (price === null && !linked && !odd('unpriced-meter-accepted')) {
    if (!on('meter-without-price-or-credit-accepted')) {
      throw invalidValue('a meter needs a price or a credit link', 'unpriced-meter');
    }
  }
  if (price !== null && linked && on('price-and-credit-refused')) {
    throw invalidValue('a meter has either a price or a credit link');
  }
  const low = Number(meter['free_threshold'] ?? 0) < 0;
  if (low && !on('threshold-negative-accepted')) throw invalidValue('free_threshold is negative');
}

function checkKnown(call: Call, meters: Fields[]): void {
  const { on, store, tenant } = call;
  const seen = new Set<string>();
  for (const meter of meters) {
    const id = String(meter['meter_id']);
    const found = store.meters.get(id);
    const fine = found?.tenant === tenant || (found && on('leak-reference-meter'));
    if (!fine && !(found === undefined && on('meter-unknown-accepted'))) {
      const code = on('code-meter-unknown-wrong') ? 'NOT_FOUND' : 'MISSING_METER_IDS';
      throw new Refusal(422, code, 'There is no such meter.', 'unknown-meter');
    }
    if (seen.has(id) && !on('meter-twice-accepted')) {
      const wrong = on('code-meter-twice-wrong');
      const code = wrong ? 'INVALID_REQUEST_PARAMETERS' : 'DUPLICATE_METER_IDS_IN_REQUEST';
      throw new Refusal(422, code, 'A meter is given twice.', 'meter-twice');
    }
    seen.add(id);
  }
}

function keptMeter({ on }: Call, meter: Fields): Fields {
  const kept: Fields = {};
  for (const field of Object.keys(RULES)) kept[field] = meter[field] ?? null;
  if (on('free-threshold-not-kept')) kept['free_threshold'] = null;
  if (on('credit-link-not-kept')) kept['credit_entitlement_id'] = null;
  if (on('units-not-kept')) kept['meter_units_per_credit'] = null;
  if (on('ppu-not-kept')) kept['price_per_unit'] = null;
  if (on('ppu-rounded') && kept['price_per_unit'] !== null) {
    kept['price_per_unit'] = Number(kept['price_per_unit']).toFixed(2);
  }
  return kept;
}

export function metersFrom(call: Call, value: Json | undefined, attached: string[]): Json {
  const { on } = call;
  if (value === undefined || value === null) return null;
  const all = listOf(value).map((each) => checked(call, 'meter-of-price', each, RULES));
  const meters = all.filter((each) => textOf(each['meter_id']) !== null);
  if (on('meter-texts-needed') && meters.some((each) => each['name'] === undefined)) {
    throw invalidValue('a meter has no name');
  }
  if (meters.length > 10 && !on('meters-11-accepted')) throw invalidValue('too many meters');
  if (meters.length === 10 && on('meters-10-refused')) throw invalidValue('too many meters');
  if (meters.length === 0 && call.odd('empty-meters-refused')) {
    throw new Refusal(422, 'MISSING_METER_IDS', 'There are no meters.');
  }
  checkKnown(call, meters);
  for (const meter of meters) {
    checkAmounts(call, meter);
    checkUnits(call, meter, attached);
  }
  const kept = meters.map((each) => keptMeter(call, each));
  if (on('meters-first-only')) return kept.slice(0, 1);
  if (on('meters-reversed')) return kept.reverse();
  return on('meters-not-kept') ? [] : kept;
}

function shownMeter(call: Call, meter: Fields): Fields {
  const { on, odd, store } = call;
  const shown = { ...meter };
  const own = store.meters.get(String(meter['meter_id']))?.shown;
  for (const field of METER_TEXTS) {
    if (!on(`meter-${field.replace('_', '-')}-from-input`)) shown[field] = own?.[field] ?? null;
    if (on(`meter-${field.replace('_', '-')}-not-shown`)) shown[field] = null;
  }
  const price = shown['price_per_unit'];
  if (typeof price !== 'string') return shown;
  if (on('ppu-shown-as-number')) shown['price_per_unit'] = Number(price);
  if (odd('ppu-normalised') && price.includes('.')) {
    shown['price_per_unit'] = price.replace(/\.?0+$/, '');
  }
  return shown;
}

// A price the way answers show it, with the words of its meters as they are now.
export function priceShown(call: Call, price: Fields): Fields {
  const shown = { ...price };
  if (!Array.isArray(price['meters'])) {
    if ('meters' in price && call.odd('null-meters-as-list')) shown['meters'] = [];
    return shown;
  }
  shown['meters'] = price['meters'].map((each) => shownMeter(call, each as Fields));
  return shown;
}
