// The guesses written down: a contract that the loader reads, that says what was guessed, and that plays the same.

import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadContract } from '../../src/contract/load.ts';
import { infer } from '../../src/infer/index.ts';
import { guessTable } from '../../src/infer/table.ts';
import { contractText } from '../../src/infer/text.ts';
import { kinds } from '../../src/rules/index.ts';
import { loadSpec, parseSpec } from '../../src/spec/spec.ts';
import { forge } from './forge.ts';
import { largeDocument } from './large.ts';
import { payments } from './payments.ts';
import { petstore } from './petstore.ts';
import { travel } from './travel.ts';

const DOCUMENTS = { forge, payments, petstore, travel, large: largeDocument(40) };

/** What a name alone says is assumed, and no server is held to it unless that is asked for. */
const RULES: Readonly<Record<string, readonly string[]>> = {
  forge: [
    'org.slug-unique: assumed',
    'repo.list-repos-pages: protocol',
    'issue.list-issues: documented',
  ],
  payments: [
    'customer.list-customers: documented',
    'customer.list-customers-pages: protocol',
    'charge.list-charges-pages: protocol',
  ],
  petstore: [
    'pet.deleted-is-gone: documented',
    'pet.list-pets: documented',
    'pet.list-pets-pages: protocol',
    'pet.find-pets-by-status: documented',
  ],
  travel: [
    'booking.deleted-is-gone: documented',
    'station.get-stations: documented',
    'station.get-stations-pages: protocol',
    'booking.get-bookings-pages: assumed',
  ],
  large: [0, 1, 2, 3, 4].map((i) => `things${i}.list-thing${i}-pages: assumed`),
};

test.each(Object.entries(DOCUMENTS))('the contract of %s is one that loads', (name, document) => {
  const folder = mkdtempSync(join(tmpdir(), 'tallystick-init-'));
  const at = (file: string) => join(folder, file);
  writeFileSync(at(`${name}.json`), JSON.stringify(document));
  const spec = loadSpec(at(`${name}.json`));
  const inferred = infer(spec, `${name}.json`);
  writeFileSync(at(`${name}.yaml`), contractText(inferred, spec.title));
  const contract = loadContract(at(`${name}.yaml`), kinds);
  expect(contract.bindings).toHaveLength(spec.operations.length - inferred.unbound.length);
  expect(contract.rules.map(({ id, basis }) => `${id}: ${basis}`)).toEqual(RULES[name]);
});

test('what the document says can not end a comment or begin an expression', () => {
  const hostile = {
    openapi: '3.1.0',
    info: { title: 'Evil\n  api: pwned # ', version: '1' },
    paths: {
      '/things/{id}': {
        get: {
          operationId: 'get\nrules: {}',
          responses: {
            '200': {
              description: '',
              content: {
                'application/json': {
                  schema: {
                    type: 'object',
                    properties: {
                      id: { type: 'string' },
                      a: { default: '=uuid()' },
                      b: { default: 'x' },
                    },
                  },
                },
              },
            },
          },
        },
      },
      '/odd\n/x': { post: { operationId: 'odd\nspec: /etc/passwd', responses: {} } },
    },
  };
  const spec = parseSpec(JSON.stringify(hostile), 'evil.json');
  const inferred = infer(spec, 'evil.json');
  const folder = mkdtempSync(join(tmpdir(), 'tallystick-init-'));
  writeFileSync(join(folder, 'evil.json'), JSON.stringify(hostile));
  writeFileSync(join(folder, 'evil.yaml'), contractText(inferred, spec.title));
  const contract = loadContract(join(folder, 'evil.yaml'), kinds);
  expect(contract.api).toBe('evil-pwned');
  expect([...contract.resources.keys()]).toEqual(['thing']);
  expect(contract.resource('thing').start({})).toEqual({ b: 'x' });
  expect(guessTable(inferred).split('\n')).toHaveLength(3);
});
