// What a price needs depends on its type and model (facts 3.2).

import { expect, test } from 'vitest';
import type { Json } from '../../../src/model/json.ts';
import { flat, meter, plan, refusal, start } from './talk.ts';

const TIERED = { billing_model: 'TIERED', tier_mode: 'VOLUME' };
const ONE_TIER = [{ unit_amount: '1', up_to: null }];
/** Stands for the id of a meter that is made first. */
const A_METER = 'a meter';
const USAGE = { type: 'USAGE', invoice_cadence: 'ARREAR', meter_id: A_METER };
type Changes = Readonly<Record<string, Json | undefined>>;
/** Out of the smallest body. */
const GONE = undefined;

async function attempt(changes: Changes) {
  const talk = start();
  const body: Record<string, Json | undefined> = { ...flat(await plan(talk)), ...changes };
  if (body['meter_id'] === A_METER) body['meter_id'] = await meter(talk);
  return talk.post('/prices', JSON.parse(JSON.stringify(body)));
}

const cases: readonly [
  rule: string,
  field: string,
  refused: readonly Changes[],
  accepted: readonly Changes[],
][] = [
  [
    '[price.amount-needed]',
    'amount',
    [
      { amount: GONE },
      { amount: null },
      { amount: GONE, price_unit_type: 'FIAT' },
      { amount: GONE, billing_model: 'PACKAGE', transform_quantity: { divide_by: 10 } },
      { amount: GONE, ...USAGE },
    ],
    [
      { amount: '0' },
      { amount: '12.345' },
      { amount: 5, billing_model: 'PACKAGE', transform_quantity: { divide_by: 10, round: 'up' } },
      { amount: GONE, ...TIERED, tiers: ONE_TIER },
      { amount: GONE, price_unit_type: 'CUSTOM' },
    ],
  ],
  [
    '[price.amount-not-negative]',
    'amount',
    [
      { amount: '-1' },
      { amount: -1 },
      { amount: '-0.01' },
      { amount: '-5', ...TIERED, tiers: ONE_TIER },
      { amount: '-5', billing_model: 'PACKAGE', transform_quantity: { divide_by: 10 } },
    ],
    [{ amount: '0' }, { amount: 0 }, { amount: '0.01' }, { amount: '1000000000' }],
  ],
  [
    '[price.tiers-needed]',
    'tiers',
    [
      { ...TIERED, tiers: [] },
      { ...TIERED, tiers: null },
      { ...TIERED, tiers: GONE },
      { ...TIERED, amount: GONE, tiers: [] },
    ],
    [
      { ...TIERED, tiers: ONE_TIER },
      { ...TIERED, tiers: [{ unit_amount: '2', up_to: 10 }, ...ONE_TIER] },
      { tiers: [] },
    ],
  ],
  [
    '[price.usage-needs-meter]',
    'meter_id',
    [
      { ...USAGE, meter_id: GONE },
      { ...USAGE, meter_id: null },
      { ...USAGE, meter_id: '' },
      { ...USAGE, ...TIERED, tiers: ONE_TIER, meter_id: GONE },
    ],
    [{ ...USAGE }, { ...USAGE, ...TIERED, tiers: ONE_TIER }, { type: 'FIXED', meter_id: GONE }],
  ],
  [
    '[price.usage-in-arrear]',
    'invoice_cadence',
    [
      { ...USAGE, invoice_cadence: 'ADVANCE' },
      { ...USAGE, ...TIERED, tiers: ONE_TIER, invoice_cadence: 'ADVANCE' },
    ],
    [{ ...USAGE }, { invoice_cadence: 'ADVANCE' }, { invoice_cadence: 'ARREAR' }],
  ],
];

for (const [rule, field, refused, accepted] of cases) {
  for (const changes of refused) {
    test(`${rule} refuses ${JSON.stringify(changes, shown)}`, async () => {
      const answer = await attempt(changes);
      expect(answer.status).toBe(400);
      expect(answer.body).toEqual(refusal(400, 'validation_error', field));
      expect(answer.headers['x-tallystick-rule']).toBe(rule.slice(1, -1));
      expect(answer.wrote).toBe(false);
    });
  }
  for (const changes of accepted) {
    test(`${rule} takes ${JSON.stringify(changes, shown)}`, async () => {
      expect((await attempt(changes)).status).toBe(201);
    });
  }
}

function shown(_: string, value: unknown) {
  return value === undefined ? 'not sent' : value;
}

test('all that a usage price lacks is named at once', async () => {
  const answer = await attempt({
    type: 'USAGE',
    ...TIERED,
    invoice_cadence: 'ADVANCE',
    amount: '-1',
  });
  expect(answer.status).toBe(400);
  expect(answer.body).toEqual(
    refusal(400, 'validation_error', 'amount', 'tiers', 'meter_id', 'invoice_cadence'),
  );
});

test('[price.plan-exists] an unknown plan is said first, whatever else is wrong', async () => {
  const answer = await attempt({ ...USAGE, invoice_cadence: 'ADVANCE', entity_id: 'plan_none' });
  expect(answer.status).toBe(404);
  expect(answer.body).toEqual(refusal(404, 'not_found', 'entity_id'));
});
