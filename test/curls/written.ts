// What the search can't know: requests for rules whose probes hold no refused step that could be sent to
// the demo, and rules that no request can provoke. A test fails when an entry is no longer needed.

import type { Json } from '../../src/model/json.ts';

export interface Written {
  readonly method: string;
  readonly path: string;
  readonly body: Json;
}

const USAGE = {
  type: 'usage_based_price',
  fixed_price: 0,
  currency: 'EUR',
  discount: 0,
  purchasing_power_parity: false,
  payment_frequency_count: 1,
  payment_frequency_interval: 'Month',
  subscription_period_count: 1,
  subscription_period_interval: 'Year',
};

/** Every meter of the demo: one more than a price may have. */
const METERS = [
  'mtr_vqI5W9TlT58kcNluuZ6lm',
  'mtr_Zs7DnBq3Rw1CkVy6OgPe8',
  'mtr_jOL3agcrEBw7TSTb7zX8H',
  'mtr_ZhMTLuY4lgOeUSpiSU4E9',
  'mtr_5ztXOlCPyIp4bFvU8m7Ps',
  'mtr_uf7ktBBwm92KhzdvQW4K4',
  'mtr_egMZJWpeyo1RkAMCpaC77',
  'mtr_sD5vuOJgGH4lzrY3kXbsn',
  'mtr_Uh7LbmT3rVjOWVN7aRuCr',
  'mtr_xzT9JR1Fsb9a0jkdTgbhM',
  'mtr_hidD5O92dUCuErtOW3VMu',
];

/** Every credit entitlement of the demo: one more than a product may have. */
const CREDITS = [
  'cde_Mf6QyTa9Lx2WsEh4VjGo0',
  'cde_wAVPXCRnQzUAzTVTKk0rC',
  'cde_Y1XEQRahYu9K6swoSw7YV',
  'cde_c2tnstnzHjPNblXF425VF',
  'cde_jbAuLLpeadzNPpcPf1ywu',
  'cde_Ykm2HYlqXuFiGn2j5qlHc',
];

/** By API and rule. */
export const WRITTEN: Readonly<Record<string, Readonly<Record<string, Written>>>> = {
  flexprice: {
    'plan.clone-needs-both': {
      method: 'POST',
      path: '/plans/plan_hobby/clone',
      body: { name: 'Hobby, the second', lookup_key: '' },
    },
  },
  dodopayments: {
    'product.lists-limited': {
      method: 'PATCH',
      path: '/products/pdt_pg4SXbX2Mfm2T8ABdg9NL',
      body: {
        credit_entitlements: CREDITS.map((id) => ({
          credit_entitlement_id: id,
          credits_amount: '1',
        })),
      },
    },
    'meter.priced-or-linked': {
      method: 'PATCH',
      path: '/products/pdt_1p2uOBf4RZFLp38fB2IIh',
      body: { price: { ...USAGE, meters: [{ meter_id: 'mtr_Zs7DnBq3Rw1CkVy6OgPe8' }] } },
    },
    'meter.at-most-ten': {
      method: 'PATCH',
      path: '/products/pdt_1p2uOBf4RZFLp38fB2IIh',
      body: {
        price: { ...USAGE, meters: METERS.map((id) => ({ meter_id: id, price_per_unit: '1' })) },
      },
    },
  },
  fynn: {
    'group.name-not-blank': {
      method: 'POST',
      path: '/billing-groups',
      body: {
        customer: '6f8a4c1b-5d14-4bae-a8cd-cc7c71d5cdad',
        name: ' ',
        type: 'end_of_month',
      },
    },
  },
};

/** By API and rule: why no request is refused in the rule's name. */
export const EXCUSED: Readonly<Record<string, Readonly<Record<string, string>>>> = {};
