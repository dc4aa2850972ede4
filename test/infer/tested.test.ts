// The contract that `tallystick init` writes, as it is written, tests servers: our own mock, and a pet shop that is not
// ours. Nothing is held against a server that the document does not say.

import { expect, test } from 'vitest';
import type { Report } from '../../src/conformance/verdict.ts';
import { startMock } from '../../src/server/start.ts';
import type { Basis } from '../../src/spec/spec.ts';
import { fetchSend } from '../../src/target/fetch-send.ts';
import { forge } from './forge.ts';
import { startPayServer } from './pay-server.ts';
import { payments } from './payments.ts';
import { type Flaw, startPetServer } from './pet-server.ts';
import { petstore } from './petstore.ts';
import { conforming, mockOf, tested, told, written } from './tested.ts';
import { travel } from './travel.ts';
import { unusual } from './unusual.ts';

const DOCUMENTS: readonly (readonly [string, object])[] = [
  ...Object.entries({ petstore, travel, payments, forge }),
  ...Object.entries(unusual).map(([name, { document }]) => [name, document] as const),
];

/** How many checks conform, at least: those of the usual bases. */
const LEAST: Readonly<Record<string, number>> = {
  petstore: 60,
  travel: 55,
  payments: 70,
  forge: 85,
  ids: 70,
  wrapped: 24,
  answers: 50,
  nested: 75,
  singles: 20,
  lists: 45,
  texts: 18,
  styles: 45,
  calls: 0,
};

/** Why a check may say nothing: nothing else was asked there, or the document has no way to make such a record. */
const SILENT = /: (no such answer was seen|no operation makes an? \w+)$/;

const ALL: Basis[] = ['documented', 'protocol', 'assumed'];

test.each(DOCUMENTS)('our own mock of %s does as its contract says', async (name, document) => {
  const contract = written(document);
  const report = await tested(contract, mockOf(contract));
  expect(told(report, 'violated')).toEqual([]);
  expect(told(report, 'notExercised').filter((one) => !SILENT.test(one))).toEqual([]);
  expect(conforming(report)).toBeGreaterThanOrEqual(LEAST[name] ?? Number.POSITIVE_INFINITY);
  const wider = await tested(contract, mockOf(contract), ALL);
  expect(told(wider, 'violated')).toEqual([]);
});

/** A document whose bodies are all of the type. */
function only(type: string, document: object): object {
  const text = JSON.stringify(document).replaceAll('application/x-www-form-urlencoded', type);
  return JSON.parse(text) as object;
}

const OVER_THE_WIRE: readonly (readonly [string, object])[] = [
  ['forms', payments],
  ['parts', only('multipart/form-data', payments)],
  ['texts', unusual['texts']?.document ?? {}],
];

test.each(OVER_THE_WIRE)('%s go over the wire as such', async (name, document) => {
  const contract = written(document);
  const load = () => ({ contract, rows: new Map() });
  const mock = await startMock({ apis: [{ contract: `${name}.yaml`, load }] });
  const types = new Set<string>();
  const send = fetchSend(mock.apis[contract.api] ?? '');
  const report = await tested(contract, (request) => {
    types.add((request.headers['content-type'] ?? '').split(';')[0] ?? '');
    return send(request);
  });
  await mock.close();
  expect(told(report, 'violated')).toEqual([]);
  expect(conforming(report)).toBeGreaterThanOrEqual(18);
  const type = { forms: 'application/x-www-form-urlencoded', parts: 'multipart/form-data' }[name];
  expect([...types].sort()).toEqual(['', type ?? 'text/plain'].sort());
});

async function petReport(flaw?: Flaw): Promise<Report> {
  const server = await startPetServer(flaw);
  try {
    return await tested(written(petstore), fetchSend(server.url));
  } finally {
    await server.close();
  }
}

test("nothing is wrong with somebody else's pet shop", async () => {
  const report = await petReport();
  expect(told(report, 'violated')).toEqual([]);
  expect(told(report, 'notExercised').filter((one) => !SILENT.test(one))).toEqual([]);
  expect(conforming(report)).toBeGreaterThanOrEqual(55);
});

test("nothing is wrong with somebody else's payments, which takes forms only", async () => {
  const server = await startPayServer();
  const report = await tested(written(payments), fetchSend(server.url)).finally(server.close);
  expect(told(report, 'violated')).toEqual([]);
  expect(told(report, 'notExercised').filter((one) => !SILENT.test(one))).toEqual([]);
  expect(conforming(report)).toBeGreaterThanOrEqual(65);
});

const FOUND: readonly (readonly [Flaw, string])[] = [
  ['forgets-filter', 'pet.list-pets/listPets-status'],
  ['keeps-deleted', 'pet.deleted-is-gone/gone-from-read'],
  ['takes-anything', 'addPet/refuses-name-required'],
  ['overlaps', 'pet.list-pets-pages/listPets-pages'],
];

test.each(FOUND)('a pet shop that %s is found out', async (flaw, check) => {
  const found = told(await petReport(flaw), 'violated').map((one) => one.split(':')[0]);
  expect(found).toContain(check);
});
