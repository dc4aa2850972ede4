// Scenarios around prices and their meters.

import type { Fields, Json } from './model.ts';
import { credit, made, meter } from './scenario-products.ts';
import type { Talk } from './talk.ts';
import { idIn, oneTime, product, recurring, TWO, usage } from './talk.ts';

const SHAPES = [oneTime(), recurring(), usage()];

export async function shapes(talk: Talk): Promise<void> {
  const attempt = (price: unknown) => talk.say('POST', '/products', { ...product('P'), price });
  for (const price of SHAPES) {
    const id = idIn(await attempt(price));
    await talk.say('GET', `/products/${id}`);
    for (const field of Object.keys(price)) {
      for (const value of [undefined, null, 'x', {}]) await attempt({ ...price, [field]: value });
    }
    for (const discount of [-1, 0, 100, 101, 50.5, '50']) await attempt({ ...price, discount });
    for (const amount of [0, -1, 1234, 2 ** 31, 10.5, '10']) {
      await attempt({ ...price, price: amount, fixed_price: amount });
    }
    for (const currency of ['usd', 'JPY', 'XXX']) await attempt({ ...price, currency });
    await attempt({ ...price, tax_inclusive: true, purchasing_power_parity: true, discount: 20 });
    await attempt({ ...price, purchasing_power_parity: 'true' });
    await attempt({ ...price, tax_inclusive: null, unknown: 1 });
  }
  const periods = { payment_frequency_count: 3, payment_frequency_interval: 'Week' };
  await attempt(recurring({ ...periods, subscription_period_count: 2 }));
  for (const subscription_period_interval of ['Day', 'Week', 'Month', 'year']) {
    await attempt(recurring({ payment_frequency_count: 2, subscription_period_interval }));
  }
  for (const payment_frequency_interval of ['Day', 'Year', 'month']) {
    await attempt(recurring({ payment_frequency_interval, payment_frequency_count: 1 }));
  }
  for (const count of [0, -1, 2]) {
    await attempt(recurring({ payment_frequency_count: count }));
    await attempt(recurring({ subscription_period_count: count }));
    await attempt(
      recurring({ subscription_period_count: count, subscription_period_interval: 'Month' }),
    );
  }
  for (const days of [0, 14, -1]) await attempt(recurring({ trial_period_days: days }));
  for (const pay_what_you_want of [true, false, undefined]) {
    for (const suggested_price of [999, 1000, 1001, null, '1']) {
      await attempt(
        oneTime({
          ...(pay_what_you_want === undefined ? {} : { pay_what_you_want }),
          suggested_price,
        }),
      );
    }
  }
}

const PRICES = [
  ...['1', '0.5', '10.50', '99999', '99999.123456789012', '0.000000000001', '007', null],
  ...['123456', '123456.5', '1.1234567890123', '0', '0.00', '-1', '-1.5', '', '1e3', '1.', '.5'],
  ...['1,5', ' 1', '1 ', '+1', 'abc', '1.2.3', 5, '1.005'],
];

export async function meters(talk: Talk): Promise<void> {
  const [a, b] = [await made(talk, '/meters', meter('A')), await made(talk, '/meters', meter('B'))];
  const theirs = await made(talk, '/meters', meter('T'), TWO);
  const points = await made(talk, '/credit-entitlements', credit('Points'));
  const loose = await made(talk, '/credit-entitlements', credit('Loose'));
  const strange = await made(talk, '/credit-entitlements', credit('Strange'), TWO);
  const attempt = (meters: Json | undefined, more: Fields = {}) =>
    talk.say('POST', '/products', {
      ...product('P'),
      credit_entitlements: [{ credit_entitlement_id: points }],
      price: usage(meters === undefined ? {} : { meters }),
      ...more,
    });
  const one = { meter_id: a, price_per_unit: '1.5' };
  for (const price_per_unit of PRICES) await attempt([{ meter_id: a, price_per_unit }]);
  await attempt([one, { meter_id: b, price_per_unit: '2', free_threshold: 100 }]);
  const texts = { name: 'Mine', description: 'Mine', measurement_unit: 'mine' };
  await attempt([{ ...one, ...texts }]);
  for (const bad of [[one, one], [{ ...one, meter_id: 'mtr_no' }], null, undefined, 'x', [7]]) {
    await attempt(bad);
  }
  await attempt([{ ...one, meter_id: theirs }]);
  await attempt([{ price_per_unit: '1' }]);
  await attempt([{ meter_id: a }]);
  for (const free_threshold of [0, -1, '5', 1.5, null]) await attempt([{ ...one, free_threshold }]);
  const link = { meter_id: a, credit_entitlement_id: points };
  for (const units of ['10', '0.5', null, '0', 'x', 7]) {
    await attempt([{ ...link, meter_units_per_credit: units }]);
    await attempt([{ ...one, meter_units_per_credit: units }]);
  }
  await attempt([link]);
  await attempt([{ ...link, price_per_unit: '3', meter_units_per_credit: '2' }]);
  for (const credit_entitlement_id of ['cde_no', strange, loose]) {
    await attempt([{ meter_id: a, credit_entitlement_id, meter_units_per_credit: '1' }]);
  }
  const many: Fields[] = [];
  for (let n = 0; n < 11; n += 1) {
    many.push({ meter_id: await made(talk, '/meters', meter(`M${n}`)), price_per_unit: '1' });
  }
  await attempt(many.slice(0, 10));
  await attempt(many);
}
