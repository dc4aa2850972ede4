// What can be wrong with prices and their meters.

import type { Faults } from './faults-common.ts';
import { each } from './faults-common.ts';

const REQUIRED: { [shape: string]: string[] } = {
  'one-time': ['price', 'currency', 'discount', 'purchasing_power_parity'],
  recurring: ['price', 'currency', 'discount', 'purchasing_power_parity'],
  usage: ['fixed_price', 'currency', 'discount', 'purchasing_power_parity'],
};
const PERIOD = [
  'payment_frequency_count',
  'payment_frequency_interval',
  'subscription_period_count',
  'subscription_period_interval',
];

const missing = Object.entries(REQUIRED).map(([shape, fields]) =>
  each(
    shape === 'one-time' ? fields : [...fields, ...PERIOD],
    (field) => `${shape}-${field}-optional`,
    (field) => `a ${shape} price without ${field} is accepted`,
  ),
);

const generated: Faults = {
  ...Object.assign({}, ...missing),
  ...each(
    ['one-time', 'recurring', 'usage'],
    (shape) => `${shape}-currency-unchecked`,
    (shape) => `a ${shape} price takes any text as currency`,
  ),
  ...each(
    ['payment_frequency_interval', 'subscription_period_interval'],
    (field) => `recurring-${field}-unchecked`,
    (field) => `a recurring price takes any text as ${field}`,
  ),
  ...each(
    [
      ...['currency', 'price', 'fixed_price', 'discount', 'purchasing_power_parity'],
      ...['tax_inclusive', 'pay_what_you_want', 'suggested_price', 'trial_period_days'],
      ...PERIOD,
    ],
    (field) => `price-${field}-not-kept`,
    (field) => `a price does not keep ${field}`,
  ),
  ...each(
    ['price', 'fixed_price', 'trial_period_days'],
    (field) => `${field}-negative-accepted`,
    (field) => `a negative ${field} is accepted`,
  ),
  ...each(
    ['price', 'trial_period_days'],
    (field) => `${field}-0-refused`,
    (field) => `${field} 0 is refused`,
  ),
  ...each(
    ['payment_frequency_count', 'subscription_period_count'],
    (field) => `${field}-0-accepted`,
    (field) => `${field} 0 is accepted`,
  ),
  ...each(
    ['name', 'description', 'measurement_unit'],
    (field) => `meter-${field}-from-input`,
    (field) => `a meter of a price shows ${field} as it was sent`,
  ),
  ...each(
    ['name', 'description', 'measurement_unit'],
    (field) => `meter-${field}-not-shown`,
    (field) => `a meter of a price shows no ${field}`,
  ),
};

const prices: Faults = {
  'price-type-missing-accepted': 'a price without type is taken as one-time',
  'price-type-unknown-accepted': 'a price of an unknown type is taken as one-time',
  'price-type-change-accepted': 'a PATCH may change the type of a price',
  'price-patch-keeps-type-fields': 'a PATCH of a price keeps the old currency',
  'price-rounded': 'prices are rounded to whole units',
  'price-detail-applies-discount': 'the stored price is the one after the discount',
  'one-time-tax-inclusive-null-refused': 'tax_inclusive null is refused',
  'one-time-suggested-price-null-refused': 'suggested_price null is refused',
  'usage-meters-null-refused': 'meters null is refused',
  'discount-minus-1-accepted': 'a discount of -1 is accepted',
  'discount-101-accepted': 'a discount of 101 is accepted',
  'discount-0-refused': 'a discount of 0 is refused',
  'discount-100-refused': 'a discount of 100 is refused',
  'period-shorter-accepted': 'a subscription period may be shorter than the payment frequency',
  'suggested-below-accepted': 'suggested_price may be below price with pay_what_you_want',
  'suggested-always-checked': 'suggested_price is checked without pay_what_you_want too',
  'suggested-equal-refused': 'suggested_price equal to price is refused',
  'code-suggested-wrong': 'the code is not INVALID_SUGGESTED_PRICE',
  'recurring-never': 'is_recurring is always false',
  'recurring-always': 'is_recurring is always true',
};

const meters: Faults = {
  'ppu-six-digits-accepted': 'price_per_unit may have six digits before the point',
  'ppu-13-decimals-accepted': 'price_per_unit may have 13 decimals',
  'ppu-zero-accepted': 'price_per_unit may be zero',
  'ppu-negative-accepted': 'price_per_unit may be negative',
  'ppu-empty-accepted': 'price_per_unit may be empty',
  'ppu-exponent-accepted': 'price_per_unit may have an exponent',
  'ppu-ends-in-point-accepted': 'price_per_unit may end in a point',
  'ppu-starts-with-point-accepted': 'price_per_unit may start with a point',
  'ppu-comma-accepted': 'price_per_unit may have a comma',
  'ppu-blanks-accepted': 'price_per_unit may have blanks',
  'ppu-plus-accepted': 'price_per_unit may have a plus sign',
  'ppu-words-accepted': 'price_per_unit may be a word',
  'ppu-two-points-accepted': 'price_per_unit may have two points',
  'ppu-five-digits-refused': 'price_per_unit with five digits before the point is refused',
  'ppu-12-decimals-refused': 'price_per_unit with 12 decimals is refused',
  'ppu-whole-numbers-refused': 'price_per_unit without a point is refused',
  'ppu-below-one-refused': 'price_per_unit below one is refused',
  'ppu-ending-in-0-refused': 'price_per_unit with a last decimal 0 is refused',
  'ppu-null-refused': 'price_per_unit null is refused',
  'ppu-not-kept': 'price_per_unit is not stored',
  'ppu-rounded': 'price_per_unit is rounded to two decimals',
  'ppu-shown-as-number': 'price_per_unit is shown as a number',
  'meter-of-price-price-per-unit-untyped': 'price_per_unit may be a number',
  'meter-of-price-free-threshold-untyped': 'free_threshold may be text',
  'meter-of-price-meter-id-optional': 'a meter without meter_id is accepted and left out',
  'meter-without-price-or-credit-accepted': 'a meter needs neither a price nor a credit link',
  'price-and-credit-refused': 'a meter cannot have both a price and a credit link',
  'threshold-negative-accepted': 'free_threshold may be negative',
  'free-threshold-not-kept': 'free_threshold is not stored',
  'credit-link-not-kept': 'credit_entitlement_id is not stored',
  'units-not-kept': 'meter_units_per_credit is not stored',
  'units-missing-accepted': 'a credit link needs no meter_units_per_credit',
  'units-always-needed': 'meter_units_per_credit is needed without a credit link',
  'units-grammar-unchecked': 'meter_units_per_credit may be any text',
  'meter-credit-unknown-accepted': 'a meter may link to a credit entitlement that does not exist',
  'meter-credit-unattached-accepted': 'a meter may link to credits the product does not have',
  'meter-unknown-accepted': 'a price may name a meter that does not exist',
  'meter-twice-accepted': 'a price may name a meter twice',
  'meter-texts-needed': 'a meter of a price needs a name',
  'meters-11-accepted': 'a price may have 11 meters',
  'meters-10-refused': 'a price cannot have 10 meters',
  'meters-first-only': 'a price keeps only its first meter',
  'meters-reversed': 'a price keeps its meters in reverse order',
  'meters-not-kept': 'a price keeps none of its meters',
  'code-meter-unknown-wrong': 'the code is not MISSING_METER_IDS',
  'code-meter-twice-wrong': 'the code is not DUPLICATE_METER_IDS_IN_REQUEST',
};

export const priceFaults: Faults = { ...generated, ...prices, ...meters };
