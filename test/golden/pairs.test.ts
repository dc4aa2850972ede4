// Every refusal that a contract implies, for every operation of each API, is produced once and answered as the
// spec declares. The pairs are computed from the contract; the requests are written by hand. And every rule of
// a contract has a golden case.

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Contract, ErrorShape } from '../../src/contract/contract.ts';
import type { Json, JsonObject } from '../../src/model/json.ts';
import { PAIRS as DODO_PAIRS } from './dodopayments/pairs.ts';
import * as dodo from './dodopayments/talk.ts';
import { PAIRS as FLEXPRICE_PAIRS } from './flexprice/pairs.ts';
import * as flexprice from './flexprice/talk.ts';
import { PAIRS as FYNN_PAIRS } from './fynn/pairs.ts';
import * as fynn from './fynn/talk.ts';
import { impliedPairs } from './implied-pairs.ts';
import type { Answer, Talk } from './talk.ts';

interface Api {
  readonly contract: Contract;
  start(): Talk;
  readonly produced: Readonly<Record<string, (talk: Talk) => Promise<Answer>>>;
}

const APIS: readonly Api[] = [
  { contract: flexprice.contractOf(), start: flexprice.start, produced: FLEXPRICE_PAIRS },
  { contract: dodo.contract, start: dodo.start, produced: DODO_PAIRS },
  { contract: fynn.contract, start: fynn.start, produced: FYNN_PAIRS },
];

/** A body as the contract words it, for a refusal of one field or of none. */
function bodyOf({ status, code, body }: ErrorShape, says: string, field?: string): JsonObject {
  const faults = field === undefined ? [] : [{ field, says, code: field }];
  const details = field === undefined ? {} : { [field]: {} };
  return body({ status, code: code ?? null, says, faults, details }) as JsonObject;
}

/** The fields of an error's body whose values are the same whatever is wrong. */
function fixedFields(shape: ErrorShape): JsonObject {
  const other = bodyOf(shape, 'other', 'field');
  return Object.fromEntries(
    Object.entries(bodyOf(shape, 'one')).filter(
      ([name, value]) => JSON.stringify(value) === JSON.stringify(other[name]),
    ),
  );
}

describe.each(APIS.map((api) => [api.contract.api, api] as const))('%s', (_, api) => {
  const { contract, start, produced } = api;
  const pairs = impliedPairs(contract);

  test('the table has an entry for every refusal that the contract implies, and no other', () => {
    expect(Object.keys(produced).sort()).toEqual([...pairs.keys()].sort());
  });

  test.each([...pairs])('%s is refused as the spec declares', async (name, pair) => {
    const produce = produced[name];
    if (produce === undefined) throw new Error(`no entry "${name}" in the API's pairs.ts`);
    const answer = await produce(start());
    const shape = contract.error(pair.error);
    expect(answer.status).toBe(shape.status);
    expect(answer.headers['x-tallystick-rule']).toBe(pair.rule);
    expect(answer.body).toMatchObject(fixedFields(shape));
    expect(Object.keys(answer.body).sort()).toEqual(Object.keys(bodyOf(shape, '')).sort());
    expect(answer.wrote).toBe(false);
    expect(answer.headers['content-type']).toBe(`${shape.type}; charset=utf-8`);
    const { answers } = pair.binding.operation;
    const declared = answers.find(({ status }) => status === `${answer.status}`);
    const schema = declared?.contents.get(shape.type);
    if (schema === undefined) throw new Error(`${answer.status} ${shape.type} is not declared`);
    expect(contract.spec.schemas.validator(schema)(answer.body as unknown as Json)).toEqual([]);
  });

  test('every rule of the contract has a golden case that names it, and no case names another', () => {
    const folder = new URL(`./${contract.api}/`, import.meta.url);
    const text = readdirSync(folder)
      .filter((file) => file.endsWith('.test.ts'))
      .map((file) => readFileSync(new URL(file, folder), 'utf8'))
      .join('\n');
    const tags = text.matchAll(/\[([a-z]+\.[a-z0-9-]+)\][ '"`]/g);
    const tagged = new Set([...tags].map(([, id]) => id));
    expect([...tagged].sort()).toEqual(contract.rules.map(({ id }) => id).sort());
  });
});
