// The shapes the reference server works with, and the two ways a handler can stop early.

import type { benignVariants } from './benign.ts';
import type { allFaults } from './faults.ts';
import type { Store } from './store.ts';

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type Fields = { [key: string]: Json };
export type Kind = 'group' | 'plan' | 'price' | 'meter' | 'customer';

export type FaultId = keyof typeof allFaults;
export type BenignId = keyof typeof benignVariants;

export interface Scope {
  tenant: string;
  env: string;
}

// Times are whole microseconds since 1970.
export interface Row extends Scope {
  id: string;
  status: string;
  created: number;
  updated: number;
}

export interface Group extends Row {
  name: string;
  lookupKey: string;
  entityType: string;
  metadata: Fields;
}

export interface Plan extends Row {
  name: string;
  lookupKey: string;
  description: string;
  displayOrder: number;
  metadata: Fields;
}

export interface Price extends Row {
  data: PriceData;
  planId: string;
  lookupKey: string;
  groupId: string;
  pastGroups: string[];
  joined: number;
  movedIn: boolean;
  start: number;
  end: number | null;
  parentId: string;
  copiedFrom: string;
}

export interface Meter extends Row {
  name: string;
  eventName: string;
  aggregation: Fields;
  filters: Fields[];
  resetUsage: string;
}

export interface Customer extends Row {
  externalId: string;
  texts: Fields;
  metadata: Fields;
}

// What a price is made of besides its links and dates; the keys are those of the wire.
export interface PriceData {
  entity_type: string;
  type: string;
  billing_model: string;
  billing_period: string;
  billing_period_count: number;
  invoice_cadence: string;
  currency: string;
  price_unit_type: string;
  amount: string;
  meter_id: string;
  tiers: Fields[];
  tier_mode: string;
  transform_quantity: Fields;
  trial_period_days: number;
  min_quantity: number | null;
  display_name: string;
  description: string;
  metadata: Fields;
}

export interface Answer {
  status: number;
  body?: Json;
}

export interface Call {
  on(fault: FaultId): boolean;
  odd(variant: BenignId): boolean;
  store: Store;
  scope: Scope;
  id: string;
  query: URLSearchParams;
  body: Fields;
}

export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly details: Fields | undefined;

  constructor(status: number, code: string, message: string, details?: Fields) {
    super(message);
    this.status = status;
    this.code = code;
    this.details = details;
  }
}

// An answer thrown out of the middle of a handler; only faults need it.
export class Shortcut extends Error {
  readonly answer: Answer;

  constructor(answer: Answer) {
    super('shortcut');
    this.answer = answer;
  }
}

export const invalid = (field: string, why: string, given?: Json): Refusal =>
  new Refusal(400, 'validation_error', `${field} ${why}`, {
    [field]: given === undefined ? { reason: why } : { reason: why, given },
  });

export const MISFIT = 'The body does not fit';

export const wrongType = (field: string, wanted: string): Refusal =>
  new Refusal(400, 'validation_error', `${MISFIT}: ${field} has to be ${wanted}`);

export function duplicate(call: Call, kind: Kind, key: string): Refusal {
  const message = `Another ${kind} already uses this lookup_key`;
  const status = call.odd('duplicate-key-422')
    ? 422
    : kind === 'group' && !call.odd('group-duplicate-409')
      ? 400
      : 409;
  return new Refusal(status, 'already_exists', message, { lookup_key: { given: key } });
}

export const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, ms));
