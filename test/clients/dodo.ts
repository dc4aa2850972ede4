// Dodo's official client, pointed at a mock; the bodies that its types ask for.

import DodoPayments, { APIError } from 'dodopayments';
import { expect } from 'vitest';
import { freshKey, refusalOf, type Wire, wire } from './served.ts';

export interface Shop {
  readonly dodo: DodoPayments;
  readonly wire: Wire;
  /** The call is refused with this class, status and code, and was sent once unless told. */
  refused(
    call: PromiseLike<unknown>,
    kind: abstract new (...args: never[]) => APIError,
    status: number,
    code?: string,
    requests?: number,
  ): Promise<void>;
  /** As many new one-time products. */
  products(count: number): Promise<string[]>;
}

/** A business of its own, behind the client. */
export function shop(baseURL: string, bearerToken = freshKey()): Shop {
  const line = wire(baseURL);
  const dodo = new DodoPayments({ baseURL, bearerToken, fetch: line.fetch });
  return {
    dodo,
    wire: line,
    async refused(call, kind, status, code = 'INVALID_REQUEST_PARAMETERS', requests = 1) {
      const error = await refusalOf(line, kind, call, requests);
      // Statuses that the client has no class for, 410 among them, are of the plain one.
      if (kind === APIError) expect(error.constructor).toBe(APIError);
      expect(error.status).toBe(status);
      expect(error.error).toEqual({ code, message: expect.any(String) });
    },
    async products(count) {
      const ids: string[] = [];
      for (let i = 0; i < count; i += 1) {
        ids.push((await dodo.products.create({ ...PRODUCT, name: `Product ${i}` })).product_id);
      }
      return ids;
    },
  };
}

export const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
export const NO_UUID = '7c1f7d5e-3b0e-4f0a-9a55-0d6f2f3c4b5a';

const COMMON = { currency: 'USD', discount: 0, purchasing_power_parity: false } as const;
const PERIODS = {
  payment_frequency_count: 1,
  payment_frequency_interval: 'Month',
  subscription_period_count: 1,
  subscription_period_interval: 'Year',
} as const;
export const ONE_TIME = { ...COMMON, type: 'one_time_price', price: 1900 } as const;
export const RECURRING = { ...COMMON, ...PERIODS, type: 'recurring_price', price: 4900 } as const;
export const USAGE = {
  ...COMMON,
  ...PERIODS,
  type: 'usage_based_price',
  fixed_price: 900,
} as const;
export const PRODUCT = { name: 'Inkwell', price: ONE_TIME, tax_category: 'saas' } as const;

/** A group's entries for these products. */
export const of = (...ids: string[]) => ids.map((product_id) => ({ product_id }));
