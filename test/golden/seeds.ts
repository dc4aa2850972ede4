// For the tests of the documents' examples: a mock in which the named records are, and the printed headers.

import { expect } from 'vitest';
import { makeEnv } from '../../src/mock/env.ts';
import type { Playable } from '../../src/mock/playable.ts';
import type { JsonObject } from '../../src/model/json.ts';
import { seedOf } from '../../src/stores/fixture.ts';
import { type Answer, apisOf, converse, T0, type Talk } from './talk.ts';

export const flexprice = apisOf('flexprice')();

/** Any text that is not empty. */
export const SOME_TEXT = expect.stringMatching(/./);

/** A conversation over a state that holds these rows. All credentials come from the printed request. */
export function over(api: Playable, rows: Record<string, JsonObject[]>): Talk {
  const fixture = seedOf(new Map(Object.entries(rows)), api, makeEnv({ clock: Date.parse(T0) }));
  return converse(api, () => ({}), fixture);
}

/** What the document prints as headers. */
export const sent = (headers: Record<string, string>) => ({ headers });

/** The key as the security scheme of "Create group" prints it. */
export const API_KEY = sent({ 'x-api-key': '<api-key>' });

/** A refusal in the form that "Create group" documents: `errors.ErrorResponse`. */
export function expectError({ status, body }: Answer, documented: number, code: string) {
  expect(status).toBe(documented);
  expect(body).toEqual({
    code,
    details: expect.any(Object),
    http_status_code: documented,
    message: SOME_TEXT,
  });
}
