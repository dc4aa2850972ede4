// Contracts against each other, and what a change of a document does to a contract and its records.

import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Kept } from '../../src/contract/fit.ts';
import { loadContract } from '../../src/contract/load.ts';
import { diffContracts } from '../../src/diff/contracts.ts';
import { breaks, diffApis } from '../../src/diff/diff.ts';
import { kinds } from '../../src/rules/index.ts';
import { loadSpec } from '../../src/spec/spec.ts';
import { CONTRACT, DOCUMENT } from '../lint/folder.ts';
import { contractPairs, contractWith } from './contracts.ts';

test.each(Object.entries(contractPairs))('%s is told, and nothing else', (id, [old, now]) => {
  const changes = diffContracts(contractWith(old), contractWith(now), kinds);
  expect(changes.map((change) => change.id)).toEqual([id]);
  expect(diffContracts(contractWith(now), contractWith(now), kinds)).toEqual([]);
});

/** The shop, and its document with another text in place of one. */
function shop(part: string, other: string) {
  const folder = mkdtempSync(join(tmpdir(), 'tallystick-diff-'));
  writeFileSync(join(folder, 'item.yaml'), CONTRACT);
  writeFileSync(join(folder, 'shop.yaml'), DOCUMENT);
  writeFileSync(join(folder, 'new.yaml'), DOCUMENT.replaceAll(part, other));
  const contract = loadContract(join(folder, 'item.yaml'), kinds);
  const old = { name: 'old', spec: contract.spec, contract };
  return { old, now: { name: 'new', spec: loadSpec(join(folder, 'new.yaml')) } };
}

const item = (id: string, more = {}): Kept => ({ id, data: { id, name: id, ...more } });

test('a change is told with the rules and operations that speak of it, and its line', () => {
  const { old, now } = shop('name: { type: string, x', 'name: { type: string, maxLength: 3, x');
  const { changes, effects } = diffApis(old, now, { kinds });
  const [first] = changes;
  expect(first?.id).toBe('request-limit-tightened');
  expect(first?.touches).toEqual(['operation createItem', 'rule item.name-needed']);
  expect(first?.place).toMatchObject({ line: 22 });
  expect(effects).toEqual([]);
});

test('what the contract names and the document lacks can no longer be kept', () => {
  const { old, now } = shop('Item', 'Thing');
  const report = diffApis(old, now, { kinds });
  expect(report.effects.map(({ on, name, level }) => `${on} ${name} ${level}`)).toEqual([
    'resource item broken',
    'rule item.name-needed broken',
    'operation createItem broken',
  ]);
  expect(breaks(report)).toBe(true);
});

test('records that no longer fit are counted, with the first ids', () => {
  const { old, now } = shop('name: { type: string, x', 'name: { type: string, maxLength: 3, x');
  const rows = new Map([['item', [item('a'), item('bcde'), item('fghij')]]]);
  const { effects } = diffApis(old, now, { kinds, rows: [{ on: 'stored', file: 'data', rows }] });
  expect(effects).toMatchObject([
    { on: 'stored', name: 'item', level: 'broken', ids: ['bcde', 'fghij'] },
  ]);
  expect(effects[0]?.says).toContain('2 records (bcde, fghij) of data');
});

test('a field that is gone is kept and no longer shown', () => {
  const { old, now } = shop('name: { type: string, x', 'title: { type: string, x');
  const rows = new Map([['item', [item('a'), { id: 'b', data: { id: 'b', name: null } }]]]);
  const { effects } = diffApis(old, now, { kinds, rows: [{ on: 'fixture', file: 'demo', rows }] });
  expect(effects.filter(({ on }) => on === 'fixture')).toMatchObject([
    { level: 'note', says: 'name is kept and no longer shown: 1 record (a) of demo', ids: ['a'] },
  ]);
});
