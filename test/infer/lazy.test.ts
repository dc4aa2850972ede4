// What of a large document is worked out when: at load nothing of an operation, at a request what that one needs.

import { expect, test } from 'vitest';
import { guessContract } from '../../src/infer/load.ts';
import { hooksOf, playable } from '../../src/mock/playable.ts';
import { kinds } from '../../src/rules/index.ts';
import { parseSpec } from '../../src/spec/spec.ts';
import { inProcess } from '../../src/testing/in-process.ts';
import { largeDocument } from './large.ts';

function loaded(document: object) {
  const spec = parseSpec(JSON.stringify(document), 'document.json');
  const { contract } = guessContract(spec, kinds);
  const api = playable(contract, hooksOf(contract, kinds));
  const { send } = inProcess(api, { seed: 1 });
  const ask = async (method: string, path: string, body?: object) => {
    const request = { method, path, query: new Map(), headers: { authorization: 'Bearer me' } };
    const { status } = await send({ ...request, ...(body === undefined ? {} : { body }) } as never);
    return { status, operations: api.ready.size, validators: spec.schemas.compiled };
  };
  return { api, spec, ask };
}

test.each([1, 3, Number.POSITIVE_INFINITY])(
  'of 1,200 operations in circles of %d those are made ready that are called',
  async (circle) => {
    const { api, spec, ask } = loaded(largeDocument(1_200, circle));
    expect(api.contract.bindings).toHaveLength(1_200);
    expect({ operations: api.ready.size, validators: spec.schemas.compiled }).toEqual({
      operations: 0,
      validators: 0,
    });
    // The body, and the record that it makes: no schema that they name, for nothing of that is sent.
    const made = await ask('POST', '/things7', { name: 'first' });
    expect(made).toEqual({ status: 201, operations: 1, validators: 2 });
    const again = await ask('POST', '/things7', { name: 'second' });
    expect(again).toEqual({ status: 201, operations: 1, validators: 2 });
    const other = await ask('POST', '/things8', { name: 'third' });
    expect(other).toEqual({ status: 201, operations: 2, validators: 4 });
    const deeper = await ask('POST', '/things7', { name: 'fourth', next: { name: 'fifth' } });
    expect(deeper.operations).toBe(2);
    expect(deeper.validators).toBeGreaterThan(4);
    expect(deeper.validators).toBeLessThanOrEqual(8);
  },
);

test('a refused value is explained from where it stands, whatever was compiled apart', async () => {
  const { spec } = loaded(largeDocument(40));
  const create = spec.operations.find(({ id }) => id === 'createThing0');
  const check = spec.schemas.validator(create?.body?.contents.get('application/json') ?? true);
  expect(check({ next: { next: { others: [{}, { name: 3, more: null }] } } })).toEqual([
    { field: 'next.id', says: 'is required', code: 'required' },
    { field: 'next.name', says: 'is required', code: 'required' },
    { field: 'next.created_at', says: 'is required', code: 'required' },
    { field: 'next.next.id', says: 'is required', code: 'required' },
    { field: 'next.next.name', says: 'is required', code: 'required' },
    { field: 'next.next.created_at', says: 'is required', code: 'required' },
    { field: 'next.next.others[0].id', says: 'is required', code: 'required' },
    { field: 'next.next.others[0].name', says: 'is required', code: 'required' },
    { field: 'next.next.others[0].created_at', says: 'is required', code: 'required' },
    { field: 'next.next.others[1].id', says: 'is required', code: 'required' },
    { field: 'next.next.others[1].created_at', says: 'is required', code: 'required' },
    { field: 'next.next.others[1].name', says: 'must be string', code: 'type' },
    { field: 'next.next.others[1].more', says: 'must not be null', code: 'null' },
  ]);
});
