// Discounts, and prices that the customer may choose, by OneTimePrice, RecurringPrice and UsageBasedPrice.

import { expect, test } from 'vitest';
import type { Json } from '../../../src/model/json.ts';
import { expectRefused, ONE_TIME, productBody, RECURRING, start, USAGE } from './talk.ts';

const make = (price: Json) => start().post('/products', productBody({ price }));

for (const [least, most, whole] of [
  ['[price.discount-of-one-time]', '[price.discount-of-one-time-at-most-100]', ONE_TIME],
  ['[price.discount-of-recurring]', '[price.discount-of-recurring-at-most-100]', RECURRING],
  ['[price.discount-of-usage]', '[price.discount-of-usage-at-most-100]', USAGE],
] as const) {
  for (const discount of [0, 1, 50, 99, 100]) {
    test(`${least} ${most} takes a discount of ${discount} percent`, async () => {
      const made = await make({ ...whole, discount });
      expect(made.status).toBe(200);
      expect(made.body['price']).toMatchObject({ type: whole.type, discount });
    });
  }

  for (const discount of [-1, -100]) {
    test(`${least} (assumed code) refuses a discount of ${discount} percent`, async () => {
      const refused = await make({ ...whole, discount });
      expectRefused(refused, 422, 'INVALID_REQUEST_PARAMETERS', least.slice(1, -1));
    });
  }

  for (const discount of [101, 10_000]) {
    test(`${most} (assumed code) refuses a discount of ${discount} percent as no percentage`, async () => {
      const refused = await make({ ...whole, discount });
      expectRefused(refused, 422, 'INVALID_PERCENTAGE', most.slice(1, -1));
    });
  }
}

test('[price.discount-of-one-time] [price.discount-of-recurring] [price.discount-of-usage] a discount is an integer', async () => {
  for (const whole of [ONE_TIME, RECURRING, USAGE]) {
    for (const discount of ['10', 10.5, true, [10]]) {
      expectRefused(await make({ ...whole, discount }), 422, 'INVALID_REQUEST_BODY');
    }
  }
});

const CHOICE = { ...ONE_TIME, price: 1000, pay_what_you_want: true };

for (const suggested_price of [1000, 1001, 2_147_483_647, null]) {
  test(`[price.suggested-not-below] the suggestion ${suggested_price} is not below 1000`, async () => {
    const made = await make({ ...CHOICE, suggested_price });
    expect(made.status).toBe(200);
    const { price } = made.body as unknown as { price: Record<string, Json> };
    expect(price).toMatchObject(CHOICE);
    expect(price['suggested_price'] ?? null).toBe(suggested_price);
  });
}

for (const suggested_price of [999, 0, -1]) {
  test(`[price.suggested-not-below] the suggestion ${suggested_price} is below 1000`, async () => {
    const refused = await make({ ...CHOICE, suggested_price });
    expectRefused(refused, 422, 'INVALID_SUGGESTED_PRICE', 'price.suggested-not-below');
  });
}

test('[price.suggested-not-below] no suggestion is needed', async () => {
  expect((await make(CHOICE)).status).toBe(200);
  expect((await make({ ...CHOICE, price: 0, suggested_price: 0 })).status).toBe(200);
});

for (const pay_what_you_want of [false, undefined]) {
  test(`[price.suggested-ignored] with pay_what_you_want ${pay_what_you_want} a suggestion is ignored`, async () => {
    const price = {
      ...ONE_TIME,
      ...(pay_what_you_want === undefined ? {} : { pay_what_you_want }),
    };
    for (const suggested_price of [1899, 1900, 0]) {
      const made = await make({ ...price, suggested_price });
      expect(made.status).toBe(200);
      expect(made.body['price']).toMatchObject(price);
    }
  });
}

test('a suggestion is an integer, pay_what_you_want a truth value', async () => {
  for (const changes of [
    { suggested_price: '1000' },
    { suggested_price: 1000.5 },
    { suggested_price: 2_147_483_648 },
    { pay_what_you_want: 'true' },
    { pay_what_you_want: 1 },
  ]) {
    expectRefused(await make({ ...CHOICE, ...changes }), 422, 'INVALID_REQUEST_BODY');
  }
});
