// "Create Product Collection Group": the same request in eight languages, each written as its HTTP request,
// and the answer that the page documents. All print the collection "id" and the product "product_id", which
// are kept under just these ids. PHP prints `productID` and `groupName`, that library's names for
// `product_id` and `group_name`. Where a sample prints no secret but reads DODO_PAYMENTS_API_KEY, that name
// is sent. The page has no example of an answer: its required fields are compared.

import { expect, test } from 'vitest';
import type { Json, JsonObject } from '../../src/model/json.ts';
import { over, SOME_TEXT, sent } from './seeds.ts';
import { type Answer, apisOf } from './talk.ts';

const dodo = apisOf('dodopayments')();
const AS_PRINTED = 'My Bearer Token';
const FROM_ENVIRONMENT = 'DODO_PAYMENTS_API_KEY';
const PLAIN = { products: [{ product_id: 'product_id' }] };
const ONE_DOLLAR = {
  type: 'one_time_price',
  price: 100,
  currency: 'USD',
  discount: 0,
  purchasing_power_parity: false,
};

/** The collection "id", and the product "product_id" of that price. */
const shop = (price: JsonObject) =>
  over(dodo, {
    meter: [
      {
        id: 'meter_id',
        name: 'Pages',
        event_name: 'page',
        measurement_unit: 'pages',
        aggregation: { type: 'count' },
      },
    ],
    product: [
      { product_id: 'product_id', name: 'Pages', price, tax_category: 'saas' },
      { product_id: 'other_id', name: 'Other', price: ONE_DOLLAR, tax_category: 'saas' },
    ],
    collection: [
      {
        id: 'id',
        name: 'Plans',
        groups: [
          {
            group_id: 'first',
            status: true,
            products: [{ id: 'row', product_id: 'other_id', status: true }],
          },
        ],
      },
    ],
  });

/** Sends the group to the collection "id". */
const addGroup = (price: JsonObject, body: JsonObject, key = AS_PRINTED): Promise<Answer> =>
  shop(price).post(
    '/product-collections/id/groups',
    body,
    sent({ authorization: `Bearer ${key}` }),
  );

/** Every required field of ProductCollectionGroupResponse and of its products. */
const groupAnswer = (group_name: string | null) => ({
  group_id: SOME_TEXT,
  group_name,
  status: true,
  products: [
    {
      id: SOME_TEXT,
      product_id: 'product_id',
      status: true,
      is_recurring: false,
      license_key_enabled: false,
      meters_count: 0,
      files_count: 0,
      addons_count: 0,
      has_credit_entitlements: false,
    },
  ],
});

for (const [language, key, body] of [
  ['JavaScript', FROM_ENVIRONMENT, PLAIN],
  ['Python', FROM_ENVIRONMENT, PLAIN],
  ['Go', AS_PRINTED, PLAIN],
  ['Java', FROM_ENVIRONMENT, PLAIN],
  ['Kotlin', FROM_ENVIRONMENT, PLAIN],
  ['Ruby', AS_PRINTED, PLAIN],
  [
    'PHP',
    AS_PRINTED,
    {
      group_name: 'group_name',
      products: [{ product_id: 'product_id', status: true }],
      status: true,
    },
  ],
  ['C#', FROM_ENVIRONMENT, { products: [{ product_id: 'product_id', status: true }] }],
] as const) {
  test(`Create Product Collection Group, ${language} sample: 200 with the whole group`, async () => {
    const answer = await addGroup(ONE_DOLLAR, body as unknown as JsonObject, key);
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toMatch(/^application\/json\b/);
    expect(answer.body).toMatchObject(groupAnswer(language === 'PHP' ? 'group_name' : null));
  });
}

// The schemas' own examples are of the prices that the answer shows. Their texts write `month`, the enum has
// `Month`, which is compared.

const MONTHLY = { payment_frequency_count: 1, payment_frequency_interval: 'Month' };
const FOR_A_YEAR = { subscription_period_count: 12, subscription_period_interval: 'Month' };
const { price: _, ...UNPRICED } = ONE_DOLLAR;

for (const [example, price, amount] of [
  ['OneTimePrice.price, $1.00 is 100', ONE_DOLLAR, 100],
  [
    'RecurringPrice, $1.00 is 100, 1 and Month are monthly, 12 and Month a year',
    { ...ONE_DOLLAR, type: 'recurring_price', ...MONTHLY, ...FOR_A_YEAR },
    100,
  ],
  [
    'UsageBasedPrice, $1.00 is 100, and AddMeterToPrice.price_per_unit, 10.50',
    {
      ...UNPRICED,
      type: 'usage_based_price',
      fixed_price: 100,
      ...MONTHLY,
      ...FOR_A_YEAR,
      meters: [{ meter_id: 'meter_id', price_per_unit: '10.50' }],
    },
    100,
  ],
] as const) {
  test(`Create Product Collection Group, ${example}: shown in the answer`, async () => {
    const { status, body } = await addGroup(price as unknown as JsonObject, PLAIN);
    expect(status).toBe(200);
    const [row] = body['products'] as readonly Record<string, Json>[];
    expect(row?.['price_detail']).toMatchObject(price);
    expect(row).toMatchObject({ currency: 'USD', is_recurring: price.type !== 'one_time_price' });
    expect(row?.['price']).toBe(amount);
  });
}
