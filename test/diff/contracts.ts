// For each kind of change of contracts, two contracts between which it is the only one.

import { parse } from 'yaml';
import type { Contract } from '../../src/contract/contract.ts';
import { parseContract } from '../../src/contract/load.ts';
import type { Json } from '../../src/model/json.ts';
import { kinds } from '../../src/rules/index.ts';
import { parseSpec } from '../../src/spec/spec.ts';
import { CONTRACT, DOCUMENT } from '../lint/folder.ts';
import { patched } from './document.ts';

/** The shop's contract with a merge patch. */
export function contractWith(patch: Json): Contract {
  const text = JSON.stringify(patched(parse(CONTRACT), patch));
  return parseContract(text, 'item.yaml', kinds, () => parseSpec(DOCUMENT, 'shop.yaml'));
}

const rule = (id: string, kind: Record<string, Json>): Json => ({
  rules: { [id]: { says: 'So it is.', documented: 'here', ...kind } },
});
const unique = { unique: { of: 'item', by: 'name' } };
const start = { start: { of: 'item', shows: { name: 'x' } } };
const shelf = {
  resources: { shelf: { schema: 'Item', id: '=uuid()', sample: { name: '=fresh()' } } },
};

export const contractPairs: Readonly<Record<string, readonly [old: Json, now: Json]>> = {
  'refusing-rule-added': [{}, rule('item.unique', unique)],
  'refusing-rule-removed': [rule('item.unique', unique), {}],
  'rule-added': [{}, rule('item.starts', start)],
  'rule-removed': [rule('item.starts', start), {}],
  'rule-changed': [{}, { rules: { 'item.name-needed': { value: { is: { required: ['id'] } } } } }],
  'rule-renamed': [rule('item.unique', unique), rule('item.one-name', unique)],
  'refusal-changed': [{}, { errors: { invalid: { status: 422 } } }],
  'rule-basis-changed': [
    {},
    { rules: { 'item.name-needed': { documented: null, observed: 'a try' } } },
  ],
  'resource-added': [{}, shelf],
  'resource-removed': [shelf, {}],
  'binding-added': [{ operations: { createItem: null } }, {}],
  'binding-removed': [{}, { operations: { createItem: null } }],
  'binding-changed': [shelf, patched(shelf, { operations: { createItem: { create: 'shelf' } } })],
};
