// Flexprice's official client, pointed at a mock; the bodies that its types ask for.

import {
  type DtoCreatePriceRequest,
  ErrorsErrorsErrorResponse,
  Flexprice,
  HTTPClient,
  SDKError,
} from '@flexprice/sdk';
import { expect } from 'vitest';
import { freshKey, refusalOf, type Wire, wire } from './served.ts';

export interface Tenant {
  readonly flex: Flexprice;
  readonly wire: Wire;
  /** The call is refused with this status and code, and was sent once. */
  refused(call: PromiseLike<unknown>, status: number, code: string): Promise<void>;
  /** The same, where the client knows of no such refusal of this operation. */
  refusedAnyway(call: PromiseLike<unknown>, status: number, code: string): Promise<void>;
}

/** A tenant of its own, behind a client that would try again if it thought it worthwhile. */
export function tenant(serverURL: string, apiKeyAuth = freshKey()): Tenant {
  const line = wire(serverURL);
  const flex = new Flexprice({
    serverURL,
    apiKeyAuth,
    httpClient: new HTTPClient({ fetcher: line.fetch }),
    retryConfig: {
      strategy: 'backoff',
      backoff: { initialInterval: 1, maxInterval: 5, exponent: 1, maxElapsedTime: 100 },
    },
  });
  const refusedAs =
    (kind: typeof ErrorsErrorsErrorResponse | typeof SDKError) =>
    async (call: PromiseLike<unknown>, status: number, code: string) => {
      const error = await refusalOf(line, kind, call);
      expect(error.statusCode).toBe(status);
      expect(JSON.parse(error.body)).toMatchObject({
        code,
        message: expect.any(String),
        http_status_code: status,
      });
    };
  return {
    flex,
    wire: line,
    refused: refusedAs(ErrorsErrorsErrorResponse),
    refusedAnyway: refusedAs(SDKError),
  };
}

/** What every answer has, and no test names. */
export const idOf = ({ id }: { id?: string | undefined }): string => id ?? expect.fail('no id');

export const group = (lookupKey: string) => ({
  name: `Group ${lookupKey}`,
  lookupKey,
  entityType: 'price',
});

/** A flat monthly price of the plan. */
export const flat = (
  entityId: string,
  changes: Partial<DtoCreatePriceRequest> = {},
): DtoCreatePriceRequest => ({
  type: 'FIXED',
  billingModel: 'FLAT_FEE',
  billingPeriod: 'MONTHLY',
  billingPeriodCount: 1,
  billingCadence: 'RECURRING',
  invoiceCadence: 'ADVANCE',
  currency: 'usd',
  amount: '10',
  priceUnitType: 'FIAT',
  entityType: 'PLAN',
  entityId,
  ...changes,
});
