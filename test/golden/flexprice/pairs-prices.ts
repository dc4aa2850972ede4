// One request that produces each refusal of each operation on prices, by hand; see pairs.ts.

import type { Json } from '../../../src/model/json.ts';
import { NO_KEY, STRANGER, UNREADABLE } from '../talk.ts';
import { type Answer, flat, group, plan, price, type Talk, usage } from './talk.ts';

/** A delete wants a body, which may say nothing. */
const NOTHING = {};
const BACKWARDS = { start_date: '2027-02-01T00:00:00Z', end_date: '2027-01-31T00:00:00Z' };

type Changes = Readonly<Record<string, Json>>;

/** The smallest price of a new plan, with changes. */
const newPrice = async (talk: Talk, changes: Changes) =>
  talk.post('/prices', { ...flat(await plan(talk)), ...changes });

/** A right price and one with changes, sent together. */
const newPrices = async (talk: Talk, changes: Changes) => {
  const right = flat(await plan(talk));
  return talk.post('/prices/bulk', { items: [right, { ...right, ...changes }] });
};

/** A change to a new price. */
const changed = async (talk: Talk, changes: Changes, first: Changes = {}) =>
  talk.put(`/prices/${await price(talk, first)}`, changes);

export const PRICE_PAIRS: Readonly<Record<string, (talk: Talk) => Promise<Answer>>> = {
  'createPrice unauthenticated': (talk) => talk.post('/prices', flat('plan_1'), NO_KEY),
  'createPrice malformed': (talk) => talk.post('/prices', undefined, UNREADABLE),
  'createPrice invalid': (talk) => newPrice(talk, { currency: 'dollar' }),
  'createPrice price.plan-exists': (talk) => talk.post('/prices', flat('plan_1')),
  'createPrice price.group-exists': (talk) => newPrice(talk, { group_id: 'group_1' }),
  'createPrice price.lookup-key-unique': async (talk) => {
    await price(talk, { lookup_key: 'base' });
    return newPrice(talk, { lookup_key: 'base' });
  },
  'createPrice price.period-count': (talk) => newPrice(talk, { billing_period_count: 0 }),
  'createPrice price.amount-needed': (talk) => newPrice(talk, { amount: null }),
  'createPrice price.amount-not-negative': (talk) => newPrice(talk, { amount: '-1' }),
  'createPrice price.tiers-needed': (talk) =>
    newPrice(talk, { billing_model: 'TIERED', tiers: [] }),
  'createPrice price.usage-needs-meter': async (talk) =>
    newPrice(talk, { ...(await usage(talk)), meter_id: null }),
  'createPrice price.meter-exists': async (talk) =>
    newPrice(talk, { ...(await usage(talk)), meter_id: 'meter_1' }),
  'createPrice price.usage-in-arrear': async (talk) =>
    newPrice(talk, { ...(await usage(talk)), invoice_cadence: 'ADVANCE' }),

  'createPrice price.ends-after-start': (talk) => newPrice(talk, BACKWARDS),

  'createPricesBulk unauthenticated': async (talk) =>
    talk.post('/prices/bulk', { items: [flat(await plan(talk))] }, NO_KEY),
  'createPricesBulk malformed': (talk) => talk.post('/prices/bulk', undefined, UNREADABLE),
  'createPricesBulk invalid': (talk) => newPrices(talk, { currency: 'dollar' }),
  'createPricesBulk price.plan-exists': (talk) => newPrices(talk, { entity_id: 'plan_1' }),
  'createPricesBulk price.group-exists': (talk) => newPrices(talk, { group_id: 'group_1' }),
  'createPricesBulk price.lookup-key-unique': async (talk) => {
    await price(talk, { lookup_key: 'base' });
    return newPrices(talk, { lookup_key: 'base' });
  },
  'createPricesBulk price.period-count': (talk) => newPrices(talk, { billing_period_count: 0 }),
  'createPricesBulk price.amount-needed': (talk) => newPrices(talk, { amount: null }),
  'createPricesBulk price.amount-not-negative': (talk) => newPrices(talk, { amount: '-1' }),
  'createPricesBulk price.tiers-needed': (talk) =>
    newPrices(talk, { billing_model: 'TIERED', tiers: [] }),
  'createPricesBulk price.usage-needs-meter': async (talk) =>
    newPrices(talk, { ...(await usage(talk)), meter_id: null }),
  'createPricesBulk price.meter-exists': async (talk) =>
    newPrices(talk, { ...(await usage(talk)), meter_id: 'meter_1' }),
  'createPricesBulk price.ends-after-start': (talk) => newPrices(talk, BACKWARDS),
  'createPricesBulk price.usage-in-arrear': async (talk) =>
    newPrices(talk, { ...(await usage(talk)), invoice_cadence: 'ADVANCE' }),

  'getPrice unauthenticated': (talk) => talk.get('/prices/price_1', NO_KEY),
  'getPrice not-found': (talk) => talk.get('/prices/price_1?expand=groups'),
  'getPrice scope.isolated': async (talk) => talk.get(`/prices/${await price(talk)}`, STRANGER),

  'updatePrice unauthenticated': async (talk) =>
    talk.put(`/prices/${await price(talk)}`, { display_name: 'New' }, NO_KEY),
  'updatePrice not-found': (talk) => talk.put('/prices/price_1', { display_name: 'New' }),
  'updatePrice malformed': async (talk) =>
    talk.put(`/prices/${await price(talk)}`, undefined, UNREADABLE),
  'updatePrice invalid': async (talk) =>
    talk.put(`/prices/${await price(talk)}`, { metadata: 'none' }),
  'updatePrice scope.isolated': async (talk) =>
    talk.put(`/prices/${await price(talk)}`, { display_name: 'Mine' }, STRANGER),
  'updatePrice price.amount-needed': async (talk) => {
    const tiered = { billing_model: 'TIERED', tiers: [{ unit_amount: '1' }], amount: null };
    return changed(talk, { billing_model: 'FLAT_FEE' }, tiered);
  },
  'updatePrice price.amount-not-negative': (talk) => changed(talk, { amount: '-1' }),
  'updatePrice price.tiers-needed': (talk) => changed(talk, { billing_model: 'TIERED' }),
  'updatePrice price.ended-keeps-price': (talk) =>
    changed(talk, { amount: '16' }, { end_date: '2026-03-01T00:00:00Z' }),
  'updatePrice price.group-exists': async (talk) => {
    const deleted = await group(talk);
    await talk.delete(`/groups/${deleted}`);
    return talk.put(`/prices/${await price(talk)}`, { group_id: deleted });
  },
  'updatePrice price.lookup-key-unique': async (talk) => {
    await price(talk, { lookup_key: 'base' });
    return talk.put(`/prices/${await price(talk)}`, { lookup_key: 'base' });
  },

  'queryPrice unauthenticated': (talk) => talk.post('/prices/search', {}, NO_KEY),
  'queryPrice malformed': (talk) => talk.post('/prices/search', undefined, UNREADABLE),
  'queryPrice invalid': (talk) => talk.post('/prices/search', { price_ids: 'price_1' }),

  'getPriceByLookupKey unauthenticated': async (talk) => {
    await price(talk, { lookup_key: 'base' });
    return talk.get('/prices/lookup/base', NO_KEY);
  },
  'getPriceByLookupKey not-found': (talk) => talk.get('/prices/lookup/base'),
  'getPriceByLookupKey scope.isolated': async (talk) => {
    await price(talk, { lookup_key: 'base' });
    return talk.get('/prices/lookup/base', STRANGER);
  },

  'deletePrice unauthenticated': async (talk) =>
    talk.ask('DELETE', `/prices/${await price(talk)}`, NOTHING, NO_KEY),
  'deletePrice not-found': (talk) => talk.ask('DELETE', '/prices/price_1', NOTHING),
  'deletePrice scope.isolated': async (talk) =>
    talk.ask('DELETE', `/prices/${await price(talk)}`, NOTHING, STRANGER),
  'deletePrice malformed': async (talk) =>
    talk.ask('DELETE', `/prices/${await price(talk)}`, undefined, UNREADABLE),
  'deletePrice invalid': async (talk) =>
    talk.ask('DELETE', `/prices/${await price(talk)}`, { end_date: 'tomorrow' }),
  'deletePrice price.ends-after-start': async (talk) => {
    const path = `/prices/${await price(talk, { start_date: BACKWARDS.start_date })}`;
    return talk.ask('DELETE', path, { end_date: BACKWARDS.end_date });
  },
  'deletePrice price.ends-once': async (talk) => {
    const path = `/prices/${await price(talk)}`;
    await talk.ask('DELETE', path, NOTHING);
    return talk.ask('DELETE', path, NOTHING);
  },
};
