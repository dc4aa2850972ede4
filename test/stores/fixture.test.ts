import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { loadContract } from '../../src/contract/load.ts';
import { makeEnv } from '../../src/mock/env.ts';
import { hooksOf, playable } from '../../src/mock/playable.ts';
import { UsageError } from '../../src/model/usage-error.ts';
import { kinds } from '../../src/rules/index.ts';
import { loadFixture, seedOf } from '../../src/stores/fixture.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const contract = loadContract(join(root, 'contracts/flexprice.yaml'), kinds);
const api = playable(contract, hooksOf(contract, kinds));

function mistakes(text: string): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'tallystick-fixture-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'own.json');
  writeFileSync(file, text);
  try {
    loadFixture(file, contract);
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError);
    return (error as UsageError).messages.map((message) => message.replace(`${file}: `, ''));
  }
}

test('the demo holds groups, plans, meters, prices of every model and customers, each complete for its tenant', () => {
  const fixture = loadFixture(join(root, 'fixtures/flexprice/demo.json'), contract);
  const rows = seedOf(
    fixture,
    api,
    makeEnv({ clock: 0 }),
  )('alice/sandbox').map(({ resource, after }) => ({
    resource,
    data: after?.data ?? {},
  }));
  const of = (resource: string) =>
    rows.filter((row) => row.resource === resource).map(({ data }) => data);
  const held = ['group', 'plan', 'meter', 'price', 'customer'].map((name) => of(name).length);
  expect(held).toEqual([8, 12, 6, 60, 5]);
  expect(of('group').filter(({ status }) => status === 'archived')).toHaveLength(1);
  expect(new Set(of('price').map((row) => row['billing_model']))).toEqual(
    new Set(['FLAT_FEE', 'PACKAGE', 'TIERED']),
  );
  expect(new Set(of('price').map((row) => row['type']))).toEqual(new Set(['FIXED', 'USAGE']));
  expect(of('price').some((row) => row['end_date'] !== null)).toBe(true);
  for (const row of [...of('price'), ...of('meter'), ...of('customer')])
    expect(row).toMatchObject({ tenant_id: 'alice', environment_id: 'sandbox' });
});

test('the demo refers to nothing that is not in it, and keeps the rules of its contract', () => {
  const fixture = loadFixture(join(root, 'fixtures/flexprice/demo.json'), contract);
  const ids = (resource: string) => new Set(fixture.get(resource)?.map((row) => row['id']));
  const prices = fixture.get('price') ?? [];
  for (const row of prices) {
    expect(ids('plan')).toContain(row['entity_id']);
    if (row['group_id'] !== undefined) expect(ids('group')).toContain(row['group_id']);
    if (row['type'] !== 'USAGE') continue;
    expect(row['invoice_cadence']).toBe('ARREAR');
    expect(ids('meter')).toContain(row['meter_id']);
  }
  expect(new Set(prices.map((row) => row['meter_id'] ?? ''))).toEqual(
    new Set(['', ...ids('meter')]),
  );
  expect(new Set(fixture.get('customer')?.map((row) => row['external_id'])).size).toBe(5);
  const live = prices
    .filter((row) => row['end_date'] === undefined)
    .map((row) => row['lookup_key']);
  expect(new Set(live).size).toBe(live.length);
});

test('everything wrong with a fixture is told at once', () => {
  const text = JSON.stringify({
    groop: [],
    plan: {},
    group: [
      { id: 'g1', lookup_kee: 'x' },
      { name: 'no id' },
      { id: 'g1' },
      7,
      { id: 'g2', name: 7 },
    ],
  });
  expect(mistakes(text)).toEqual([
    'flexprice has no resource "groop" (did you mean group? known: group, plan, price, meter, customer)',
    '"plan" must be a list of rows',
    'group[0] has an unknown field "lookup_kee" (did you mean lookup_key?)',
    'group[1] has no "id"',
    'group[2] has the same id as an earlier row: g1',
    'group[3] is not an object',
    'group[4].name must be string',
  ]);
});

test.each(['[]', '7', 'null'])('a fixture of %s is none', (text) => {
  expect(mistakes(text)[0]).toContain('is no fixture');
});

test('a fixture that is no JSON, or is not there, is told', () => {
  expect(mistakes('{')[0]).toContain("can't read the fixture");
  expect(() => loadFixture('/nowhere.json', contract)).toThrow(
    "can't read the fixture /nowhere.json",
  );
});
