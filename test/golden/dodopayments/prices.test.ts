// The three types of price, by "Create Product Collection Group", Price.

import { expect, test } from 'vitest';
import type { Json } from '../../../src/model/json.ts';
import { expectRefused, ONE_TIME, productBody, RECURRING, start, USAGE } from './talk.ts';

type Price = Record<string, Json>;

const make = (price: Json) => start().post('/products', productBody({ price }));

async function expectTaken(price: Price) {
  const made = await make(price);
  expect(made.status).toBe(200);
  expect(made.body['price']).toMatchObject(price);
}

const TYPES: [fields: string, notNegative: string, Price][] = [
  ['[price.one-time-fields]', '[price.one-time-not-negative]', ONE_TIME],
  ['[price.recurring-fields]', '[price.recurring-not-negative]', RECURRING],
  ['[price.usage-fields]', '[price.usage-not-negative]', USAGE],
];

test('[price.one-time-fields] [price.recurring-fields] [price.usage-fields] the smallest price of each type is kept', async () => {
  for (const [, , price] of TYPES) await expectTaken(price);
});

for (const [fields, notNegative, whole] of TYPES) {
  for (const field of Object.keys(whole).filter((name) => name !== 'type')) {
    test(`${fields} a ${whole['type']} needs ${field}`, async () => {
      const { [field]: _, ...rest } = whole;
      expectRefused(await make(rest), 422, 'INVALID_REQUEST_BODY');
      expectRefused(await make({ ...whole, [field]: null }), 422, 'INVALID_REQUEST_BODY');
    });
  }

  test(`a ${whole['type']} without its type, or of a type that nobody knows, is none`, async () => {
    const { type: _, ...rest } = whole;
    for (const type of ['one_time', 'OneTimePrice', '', null, 7]) {
      expectRefused(await make({ ...rest, type }), 422, 'INVALID_REQUEST_BODY');
    }
    expectRefused(await make(rest), 422, 'INVALID_REQUEST_BODY');
  });

  test(`a ${whole['type']} is in a currency of the list, in capitals`, async () => {
    for (const currency of ['AED', 'SLE', 'ZMW']) await expectTaken({ ...whole, currency });
    for (const currency of ['usd', 'XXX', 'US', '', 840]) {
      expectRefused(await make({ ...whole, currency }), 422, 'INVALID_REQUEST_BODY');
    }
  });

  const amount = 'fixed_price' in whole ? 'fixed_price' : 'price';
  const counts = ['payment_frequency_count', 'subscription_period_count'];
  const integers = [amount, 'discount', ...counts.filter((name) => name in whole)];
  for (const field of integers) {
    for (const value of ['1', '', 1.5, true, [1], {}]) {
      test(`${JSON.stringify(value)} is no ${field} of a ${whole['type']}`, async () => {
        expectRefused(await make({ ...whole, [field]: value }), 422, 'INVALID_REQUEST_BODY');
      });
    }
  }

  test(`the ${amount} of a ${whole['type']} fits into 32 bits`, async () => {
    await expectTaken({ ...whole, [amount]: 0 });
    await expectTaken({ ...whole, [amount]: 2_147_483_647 });
    const refused = await make({ ...whole, [amount]: 2_147_483_648 });
    expectRefused(refused, 422, 'INVALID_REQUEST_BODY');
  });

  test(`${notNegative} (assumed) the ${amount} of a ${whole['type']} is not negative`, async () => {
    const refused = await make({ ...whole, [amount]: -1 });
    expectRefused(refused, 422, 'INVALID_REQUEST_PARAMETERS', notNegative.slice(1, -1));
  });

  test(`purchasing_power_parity and tax_inclusive of a ${whole['type']} are truth values`, async () => {
    await expectTaken({ ...whole, purchasing_power_parity: true, tax_inclusive: true });
    await expectTaken({ ...whole, tax_inclusive: false });
    expect((await make({ ...whole, tax_inclusive: null })).status).toBe(200);
    for (const field of ['purchasing_power_parity', 'tax_inclusive']) {
      expectRefused(await make({ ...whole, [field]: 'true' }), 422, 'INVALID_REQUEST_BODY');
      expectRefused(await make({ ...whole, [field]: 1 }), 422, 'INVALID_REQUEST_BODY');
    }
  });

  test(`(assumed) a field that no ${whole['type']} has is ignored`, async () => {
    const made = await make({ ...whole, colour: 'blue', discount_of: 'x' });
    expect(made.status).toBe(200);
    expect(made.body['price']).toMatchObject(whole);
  });
}

test('a price is one object', async () => {
  for (const price of [7, 'free', [], [ONE_TIME], {}]) {
    expectRefused(await make(price), 422, 'INVALID_REQUEST_BODY');
  }
});

test('the fields of one type are not those of another', async () => {
  const { price: _, ...bare } = ONE_TIME;
  expectRefused(await make({ ...bare, fixed_price: 900 }), 422, 'INVALID_REQUEST_BODY');
  const { fixed_price: __, ...usage } = USAGE;
  expectRefused(await make({ ...usage, price: 900 }), 422, 'INVALID_REQUEST_BODY');
  expectRefused(await make({ ...ONE_TIME, type: 'recurring_price' }), 422, 'INVALID_REQUEST_BODY');
});

for (const [type, counts, whole] of [
  ['recurring', '[price.counts-of-recurring]', RECURRING],
  ['usage-based', '[price.counts-of-usage]', USAGE],
] as const) {
  for (const field of ['payment_frequency_interval', 'subscription_period_interval']) {
    test(`[price.interval-known] the ${field} of a ${type} price is Day, Week, Month or Year`, async () => {
      const long = { ...whole, subscription_period_count: 1000 };
      for (const interval of ['Day', 'Week', 'Month', 'Year']) {
        await expectTaken({ ...long, payment_frequency_interval: 'Day', [field]: interval });
      }
      for (const interval of ['month', 'MONTH', 'Monthly', 'Quarter', '', null, 1]) {
        expectRefused(await make({ ...whole, [field]: interval }), 422, 'INVALID_REQUEST_BODY');
      }
    });
  }

  for (const field of ['payment_frequency_count', 'subscription_period_count']) {
    test(`${counts} (assumed) the ${field} of a ${type} price is 1 or more`, async () => {
      for (const count of [0, -1]) {
        const refused = await make({ ...whole, [field]: count });
        expectRefused(refused, 422, 'INVALID_REQUEST_PARAMETERS', counts.slice(1, -1));
      }
    });
  }

  test(`[price.period-long-enough] (assumed) a ${type} subscription is not shorter than what is paid at once`, async () => {
    for (const short of [
      { subscription_period_interval: 'Day' },
      { payment_frequency_count: 13 },
    ]) {
      const refused = await make({ ...whole, ...short });
      expectRefused(refused, 422, 'INVALID_REQUEST_PARAMETERS', 'price.period-long-enough');
    }
    await expectTaken({ ...whole, payment_frequency_count: 12 });
    await expectTaken({ ...whole, subscription_period_interval: 'Month' });
  });
}

test('[price.counts-of-recurring] (assumed) a trial has 0 days or more', async () => {
  await expectTaken({ ...RECURRING, trial_period_days: 0 });
  await expectTaken({ ...RECURRING, trial_period_days: 30 });
  const refused = await make({ ...RECURRING, trial_period_days: -1 });
  expectRefused(refused, 422, 'INVALID_REQUEST_PARAMETERS');
  for (const trial_period_days of ['7', 0.5]) {
    expectRefused(await make({ ...RECURRING, trial_period_days }), 422, 'INVALID_REQUEST_BODY');
  }
});
