// What may be no target: a server that the document names as production, and what is no URL of one.

import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Contract } from '../../src/contract/contract.ts';
import { loadContract } from '../../src/contract/load.ts';
import { UsageError } from '../../src/model/usage-error.ts';
import { kinds } from '../../src/rules/index.ts';
import { baseUrl, isLocal, refuseProduction, targetFault } from '../../src/target/preflight.ts';

const flexprice = loadContract(join(import.meta.dirname, '../../contracts/flexprice.yaml'), kinds);

function withServers(servers: readonly string[]): Contract {
  return { ...flexprice, spec: { ...flexprice.spec, servers } };
}

test.each([
  'https://us.api.flexprice.io/v1',
  'https://US.API.Flexprice.IO',
  'https://us.api.flexprice.io:443/v1',
  'http://us.api.flexprice.io:8080/v1',
  'https://us.api.flexprice.io./v1',
  'https://us.api.flexprice.io..',
  'https://someone:secret@us.api.flexprice.io/v1',
  'https://127.0.0.1@us.api.flexprice.io/v1',
  'https://us%2Eapi%2eflexprice.io/v1',
  'https://us。api。flexprice。io/v1',
  'https:us.api.flexprice.io/v1',
  '  https://us.api.flexprice.io/v1',
  'https:\\\\us.api.flexprice.io\\v1',
])('%s is production', (target) => {
  expect(() => refuseProduction(flexprice, target)).toThrow(UsageError);
});

test.each([
  'https://staging.us.api.flexprice.io/v1',
  'https://us.api.flexprice.io.staging.example.test/v1',
  'https://example.test/us.api.flexprice.io',
  'https://us.api.flexprice.io@example.test/v1',
  'http://127.0.0.1:4620/flexprice/v1',
])('%s is not', (target) => {
  expect(() => refuseProduction(flexprice, target)).not.toThrow();
});

test('a server of a spec with a variable in it is every server of that form; this machine is none', () => {
  const contract = withServers([
    'https://{region}.api.example.test/v{version}',
    'http://localhost:8080',
    '/v1',
  ]);
  expect(() => refuseProduction(contract, 'https://eu.api.example.test')).toThrow(UsageError);
  expect(() => refuseProduction(contract, 'https://api.example.test')).not.toThrow();
  expect(() => refuseProduction(contract, 'http://localhost:9090')).not.toThrow();
});

test('what can be no target is told, and never its credential', () => {
  expect(targetFault('staging')).toContain('no URL');
  expect(targetFault('ftp://x.test')).toContain('http://');
  expect(targetFault('https://me:s3cret@x.test')).toContain('--header');
  expect(targetFault('https://me:s3cret@x.test')).not.toContain('s3cret');
  expect(targetFault('https://x.test/?key=s3cret')).toContain('"?"');
  expect(targetFault('https://x.test/v1')).toBeUndefined();
});

test('this machine goes by many names', () => {
  for (const host of [
    'localhost',
    'LOCALHOST.',
    'a.localhost',
    '127.0.0.1',
    '127.9.9.9',
    '0.0.0.0',
    '[::1]',
  ]) {
    expect(isLocal(`http://${host}:80/v1`)).toBe(true);
  }
  for (const host of [
    'example.test',
    'localhost.example.test',
    '127.0.0.1.example.test',
    '10.0.0.1',
  ]) {
    expect(isLocal(`http://${host}/v1`)).toBe(false);
  }
});

test.each([
  ['connect ECONNREFUSED', 'is it running'],
  ['bad port', 'another'],
  ['the answer is longer than 5 bytes', 'is the URL right'],
])('a target that can not be asked for "%s": %s', async (failure, advice) => {
  const send = () => Promise.reject(new Error(failure));
  const asked = baseUrl(flexprice, 'http://127.0.0.1:6000/v1', {}, () => send);
  await expect(asked).rejects.toThrow(advice);
});
