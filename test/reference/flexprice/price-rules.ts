// Reads what a price is made of from a create body and checks the rules between the fields.

import {
  choiceAt,
  decimalAt,
  fieldsAt,
  given,
  integerAt,
  isFields,
  listAt,
  metadataAt,
  neededText,
  plainDecimal,
  textAt,
} from './body.ts';
import type { Call, Fields, Json, PriceData } from './model.ts';
import { invalid, Refusal, wrongType } from './model.ts';

const MODELS = ['FLAT_FEE', 'PACKAGE', 'TIERED'];
const PERIODS = ['MONTHLY', 'ANNUAL', 'WEEKLY', 'DAILY', 'QUARTERLY', 'HALF_YEARLY', 'ONETIME'];
const ENTITIES = ['PLAN', 'ADDON', 'SUBSCRIPTION', 'COSTSHEET'];

export interface Money {
  billing_model: string;
  amount: string | undefined;
  tiers: Fields[];
  transform: Fields | undefined;
}

const isNegative = (value: string | undefined): boolean => value?.startsWith('-') ?? false;

export function readAmount(call: Call): string | undefined {
  const raw = given(call.body, 'amount');
  if (call.on('price-amount-text-accepted') && raw !== undefined) {
    if (plainDecimal(raw) === undefined) return '0';
  }
  const amount = decimalAt(call.body, 'amount');
  if (amount === undefined) return undefined;
  if (call.on('price-amount-rounded')) return plainDecimal(Number(amount).toFixed(2));
  return call.on('price-amount-through-float') ? plainDecimal(Number(amount)) : amount;
}

function readTier(raw: Json): Fields {
  if (!isFields(raw)) throw wrongType('tiers', 'a list of objects');
  const upTo = integerAt(raw, 'up_to');
  const unit = decimalAt(raw, 'unit_amount') ?? '0';
  const flat = decimalAt(raw, 'flat_amount');
  if (isNegative(unit) || isNegative(flat)) throw invalid('tiers', 'must not be negative');
  if (upTo !== undefined && upTo < 0) throw wrongType('up_to', 'a positive integer');
  const tier: Fields = { up_to: upTo ?? null, unit_amount: unit };
  if (flat !== undefined) tier.flat_amount = flat;
  return tier;
}

export const readTiers = (call: Call): Fields[] | undefined =>
  listAt(call.body, 'tiers')?.map(readTier);

export function readTransform(call: Call): Fields | undefined {
  const raw = fieldsAt(call.body, 'transform_quantity');
  if (raw === undefined) return undefined;
  const divideBy = integerAt(raw, 'divide_by') ?? 0;
  const round = textAt(raw, 'round') ?? '';
  if (divideBy < 1) throw invalid('divide_by', 'has to be at least 1');
  if (!['', 'up', 'down'].includes(round)) throw invalid('round', 'has to be up or down');
  return round === '' ? { divide_by: divideBy } : { divide_by: divideBy, round };
}

export function readTierMode(call: Call): string | undefined {
  const mode = textAt(call.body, 'tier_mode');
  if (mode === undefined || ['', 'VOLUME', 'SLAB'].includes(mode)) return mode;
  throw invalid('tier_mode', 'has to be VOLUME or SLAB', { value: mode });
}

export function checkModel(call: Call, money: Money): void {
  const model = money.billing_model;
  const priced = model === 'FLAT_FEE' || model === 'PACKAGE';
  if (priced && money.amount === undefined && !call.on('price-flat-without-amount-accepted')) {
    throw invalid('amount', `is required for ${model}`);
  }
  const untiered = model === 'TIERED' && money.tiers.length === 0;
  if (untiered && !call.on('price-tiered-without-tiers-accepted')) {
    throw invalid('tiers', 'is required for TIERED');
  }
  const unsized = model === 'PACKAGE' && money.transform === undefined;
  if (unsized && !call.on('price-package-without-size-accepted')) {
    throw invalid('transform_quantity', 'is required for PACKAGE');
  }
}

export function checkAmount(call: Call, amount: string | undefined): void {
  if (isNegative(amount) && !call.on('price-amount-negative-accepted')) {
    throw invalid('amount', 'must not be negative');
  }
}

function readCurrency(call: Call): string {
  const optional = call.on('price-currency-missing-accepted');
  if (optional && given(call.body, 'currency') === undefined) return 'usd';
  const currency = neededText(call.body, 'currency');
  if ([...currency].length !== 3 && !call.on('price-currency-any-accepted')) {
    throw invalid('currency', 'has to have 3 letters', currency);
  }
  return currency.toLowerCase();
}

function readUnitType(call: Call): string {
  if (given(call.body, 'price_unit_type') === undefined && !call.odd('strict-price-unit-type')) {
    return 'FIAT';
  }
  const type = choiceAt(call.body, 'price_unit_type', ['FIAT', 'CUSTOM']);
  const config = fieldsAt(call.body, 'price_unit_config');
  if ((type === 'CUSTOM') !== (config !== undefined)) {
    throw invalid('price_unit_config', 'belongs to CUSTOM prices, and only to them');
  }
  if (type === 'CUSTOM') throw new Refusal(404, 'not_found', 'There is no such price unit');
  return type;
}

type Kinds = Pick<
  PriceData,
  'entity_type' | 'type' | 'billing_model' | 'billing_period' | 'invoice_cadence'
>;

function readKinds(call: Call): Kinds {
  const { body } = call;
  return {
    entity_type: choiceAt(body, 'entity_type', ENTITIES, call.on('price-bad-entity-type-accepted')),
    type: choiceAt(body, 'type', ['USAGE', 'FIXED'], call.on('price-bad-type-accepted')),
    billing_model: choiceAt(body, 'billing_model', MODELS, call.on('price-bad-model-accepted')),
    billing_period: choiceAt(body, 'billing_period', PERIODS, call.on('price-bad-period-accepted')),
    invoice_cadence: choiceAt(
      body,
      'invoice_cadence',
      ['ARREAR', 'ADVANCE'],
      call.on('price-bad-cadence-accepted'),
    ),
  };
}

function readCount(call: Call): number {
  const count = integerAt(call.body, 'billing_period_count') ?? 1;
  if (count < 1 && !call.on('price-count-zero-accepted')) {
    throw invalid('billing_period_count', 'has to be at least 1', count);
  }
  return count;
}

// The meter, the quantity and the trial: what is allowed hangs on the type of the price.
function checkType(call: Call, data: PriceData): void {
  const usage = data.type === 'USAGE';
  if (usage && data.meter_id === '' && !call.on('price-usage-without-meter-accepted')) {
    throw invalid('meter_id', 'is required for USAGE');
  }
  if (usage && data.min_quantity !== null) throw invalid('min_quantity', 'is not for USAGE');
  const onetime = data.billing_period === 'ONETIME';
  const arrear = data.invoice_cadence !== 'ADVANCE';
  if (onetime && arrear && !call.on('price-onetime-arrear-accepted')) {
    throw invalid('invoice_cadence', 'has to be ADVANCE for ONETIME');
  }
  const trial = data.trial_period_days;
  if (trial < 0 || (trial > 0 && (usage || onetime))) {
    throw invalid('trial_period_days', 'does not fit this price', trial);
  }
}

// Facts 3.2: these come after the look-up of the plan.
export function checkLate(call: Call, data: PriceData): void {
  checkAmount(call, data.amount);
  const ahead = data.type === 'USAGE' && data.invoice_cadence === 'ADVANCE';
  if (ahead && !call.on('price-usage-advance-accepted')) {
    throw invalid('invoice_cadence', 'has to be ARREAR for USAGE', { allowed: ['ARREAR'] });
  }
  if ((data.min_quantity ?? 0) < 0) throw invalid('min_quantity', 'must not be negative');
}

function keptTiers(call: Call, tiers: Fields[]): Fields[] {
  if (call.on('price-tiers-lost')) return [];
  return call.on('price-tiers-first-only') ? tiers.slice(0, 1) : tiers;
}

export function readPriceData(call: Call): PriceData {
  const { body } = call;
  const kinds = readKinds(call);
  const amount = readAmount(call);
  const tiers = readTiers(call) ?? [];
  const transform = readTransform(call);
  const metadata = metadataAt(body, 'metadata', call.on('price-metadata-number-accepted')) ?? {};
  const description = textAt(body, 'description') ?? '';
  const displayName = textAt(body, 'display_name') ?? '';
  const meterId = textAt(body, 'meter_id') ?? '';
  const data: PriceData = {
    ...kinds,
    billing_period_count: readCount(call),
    currency: readCurrency(call),
    price_unit_type: readUnitType(call),
    amount: amount ?? '0',
    meter_id: kinds.type === 'USAGE' ? meterId : '',
    tiers: keptTiers(call, tiers),
    tier_mode: readTierMode(call) ?? '',
    transform_quantity: transform ?? { divide_by: 1 },
    trial_period_days: integerAt(body, 'trial_period_days') ?? 0,
    min_quantity: integerAt(body, 'min_quantity') ?? null,
    display_name: call.on('price-display-name-lost') ? '' : displayName,
    description: call.on('price-description-lost') ? '' : description,
    metadata: call.on('price-metadata-lost') ? {} : metadata,
  };
  checkModel(call, { billing_model: kinds.billing_model, amount, tiers, transform });
  checkType(call, data);
  return data;
}
