// One request that produces each refusal of each operation, by hand: `operation refusal`, where a refusal
// is a rule's id or what any operation may answer. The last request of an entry is the refused one.

import { NO_KEY, STRANGER, UNREADABLE } from '../talk.ts';
import { COLLECTION_PAIRS } from './pairs-collections.ts';
import { PART_PAIRS } from './pairs-parts.ts';
import { PRODUCT_PAIRS } from './pairs-products.ts';
import { ADDON, type Answer, addon, CREDITS, credits, METER, meter, type Talk } from './talk.ts';

const { name: _, ...NAMELESS_METER } = METER;
const { unit: __, ...UNITLESS_CREDITS } = CREDITS;
const { currency: ___, ...ADDON_WITHOUT_CURRENCY } = ADDON;

export const PAIRS: Readonly<Record<string, (talk: Talk) => Promise<Answer>>> = {
  ...COLLECTION_PAIRS,
  ...PART_PAIRS,
  ...PRODUCT_PAIRS,

  'create_meter unauthenticated': (talk) => talk.post('/meters', METER, NO_KEY),
  'create_meter malformed': (talk) => talk.post('/meters', undefined, UNREADABLE),
  'create_meter invalid': (talk) => talk.post('/meters', { ...METER, name: 7 }),
  'create_meter meter.fields-required': (talk) => talk.post('/meters', NAMELESS_METER),
  'create_meter meter.key-unless-count': (talk) =>
    talk.post('/meters', { ...METER, aggregation: { type: 'sum' } }),
  'list_meters unauthenticated': (talk) => talk.get('/meters', NO_KEY),
  'list_meters parameter': (talk) => talk.get('/meters?page_size=all'),
  'get_meter unauthenticated': async (talk) => talk.get(`/meters/${await meter(talk)}`, NO_KEY),
  'get_meter not-found': (talk) => talk.get('/meters/mtr_0aB1cD2eF3gH4iJ5kL6mN'),
  'get_meter scope.isolated': async (talk) => talk.get(`/meters/${await meter(talk)}`, STRANGER),

  'create_credit_entitlement unauthenticated': (talk) =>
    talk.post('/credit-entitlements', CREDITS, NO_KEY),
  'create_credit_entitlement malformed': (talk) =>
    talk.post('/credit-entitlements', undefined, UNREADABLE),
  'create_credit_entitlement invalid': (talk) =>
    talk.post('/credit-entitlements', { ...CREDITS, overage_enabled: 'true' }),
  'create_credit_entitlement entitlement.fields-required': (talk) =>
    talk.post('/credit-entitlements', UNITLESS_CREDITS),
  'create_credit_entitlement entitlement.precision': (talk) =>
    talk.post('/credit-entitlements', { ...CREDITS, precision: 11 }),
  'create_credit_entitlement entitlement.rollover-percentage': (talk) =>
    talk.post('/credit-entitlements', { ...CREDITS, rollover_percentage: 101 }),
  'create_credit_entitlement entitlement.name-unique': async (talk) => {
    await credits(talk);
    return talk.post('/credit-entitlements', { ...CREDITS, unit: 'pages' });
  },
  'create_credit_entitlement entitlement.currency-with-price': (talk) =>
    talk.post('/credit-entitlements', { ...CREDITS, price_per_unit: '0.5' }),
  'list_credit_entitlements unauthenticated': (talk) => talk.get('/credit-entitlements', NO_KEY),
  'list_credit_entitlements parameter': (talk) => talk.get('/credit-entitlements?page_number=-1'),
  'get_credit_entitlement unauthenticated': async (talk) =>
    talk.get(`/credit-entitlements/${await credits(talk)}`, NO_KEY),
  'get_credit_entitlement not-found': (talk) =>
    talk.get('/credit-entitlements/cde_0aB1cD2eF3gH4iJ5kL6mN'),
  'get_credit_entitlement scope.isolated': async (talk) =>
    talk.get(`/credit-entitlements/${await credits(talk)}`, STRANGER),

  'create_addon unauthenticated': (talk) => talk.post('/addons', ADDON, NO_KEY),
  'create_addon malformed': (talk) => talk.post('/addons', undefined, UNREADABLE),
  'create_addon invalid': (talk) => talk.post('/addons', { ...ADDON, price: '600' }),
  'create_addon addon.fields-required': (talk) => talk.post('/addons', ADDON_WITHOUT_CURRENCY),
  'list_addons unauthenticated': (talk) => talk.get('/addons', NO_KEY),
  'list_addons parameter': (talk) => talk.get('/addons?page_size=-1'),
  'get_addon unauthenticated': async (talk) => talk.get(`/addons/${await addon(talk)}`, NO_KEY),
  'get_addon not-found': (talk) => talk.get('/addons/adn_0aB1cD2eF3gH4iJ5kL6mN'),
  'get_addon scope.isolated': async (talk) => talk.get(`/addons/${await addon(talk)}`, STRANGER),
};
