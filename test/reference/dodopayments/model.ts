// The words the reference server for Dodo Payments is made of.

import type { Store } from './store.ts';

export type Json = null | boolean | number | string | Json[] | Fields;
export interface Fields {
  [key: string]: Json;
}

// Which one breakage, and which one unusual but right habit, this server has.
export interface Switches {
  on(fault: string): boolean;
  odd(variant: string): boolean;
}

export interface Thing {
  id: string;
  tenant: string;
  createdAt: string;
  updatedAt: string;
}

// A product's place in a group; "then" is what the product looked like when it joined.
export interface Item {
  id: string;
  productId: string;
  status: boolean;
  then: Fields;
}

export interface Group {
  id: string;
  name: string | null;
  status: boolean;
  items: Item[];
}

export interface Collection extends Thing {
  name: string;
  brandId: string;
  description: Json;
  imageId: Json;
  plan: Fields;
  archived: boolean;
  groups: Group[];
  // Names that no group has, but a broken server still takes for taken.
  formerNames: Set<string>;
  madeWith: { name: string; count: number };
}

export interface Product extends Thing {
  archived: boolean;
  kept: Fields;
  price: Fields;
}

// Meters, credit entitlements and add-ons: made once, shown as made.
export interface Plain extends Thing {
  shown: Fields;
}

export interface Call extends Switches {
  store: Store;
  tenant: string;
  route: string;
  ids: string[];
  body: Json;
  query: URLSearchParams;
}

export interface Answer {
  status: number;
  body: Json | undefined;
}

// "what" names the rule behind the refusal, for variants that give it another status.
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly what: string;

  constructor(status: number, code: string, message: string, what = 'other') {
    super(message);
    this.status = status;
    this.code = code;
    this.what = what;
  }
}

export const broken = (): Error => new Error('broken on purpose');

export const invalidBody = (message: string): Refusal =>
  new Refusal(422, 'INVALID_REQUEST_BODY', message, 'invalid-body');

export const invalidValue = (message: string, what = 'invalid-value'): Refusal =>
  new Refusal(422, 'INVALID_REQUEST_PARAMETERS', message, what);

export const notFound = (thing: string): Refusal =>
  new Refusal(404, 'NOT_FOUND', `The ${thing} was not found.`, `unknown-${thing}`);

export const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, ms));

// A broken server lets other requests in between its check and its write.
export async function gap({ on }: Switches, ...faults: string[]): Promise<void> {
  if (faults.some((fault) => on(fault))) await pause(15);
}

export const isFields = (value: Json | undefined): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const textOf = (value: Json | undefined): string | null =>
  typeof value === 'string' ? value : null;

export const listOf = (value: Json | undefined): Json[] => (Array.isArray(value) ? value : []);

export const dashed = (field: string): string => field.replaceAll('_', '-');

export const done: Answer = { status: 200, body: undefined };
