import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { type MockFlags, mockOptions } from '../../src/cli/mock-options.ts';
import { UsageError } from '../../src/model/usage-error.ts';
import { startMock } from '../../src/server/start.ts';
import { CONTRACT, mock, scratch } from './mock.ts';

const FLAGS: MockFlags = {
  port: '4620',
  host: '127.0.0.1',
  dataDir: '.tallystick',
  fixture: 'empty',
  profile: 'documented',
  durability: 'journal',
};

function mistakes(apis: readonly string[], flags: Partial<MockFlags>): readonly string[] {
  try {
    mockOptions(apis, { ...FLAGS, ...flags });
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError);
    return (error as UsageError).messages;
  }
}

async function refusal(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(UsageError);
  return (error as UsageError).message;
}

test('flags become options', () => {
  const options = mockOptions(['flexprice'], {
    ...FLAGS,
    port: '0',
    key: ['alice=a=b', 'bob=c'],
    seed: '7',
    clock: '2026-01-01T00:00:00Z',
    delay: '100-500',
    fixture: 'demo',
  });
  expect(options).toMatchObject({
    port: 0,
    dataDir: '.tallystick',
    profile: 'documented',
    durability: 'journal',
    seed: 7,
    clock: 1_767_225_600_000,
    delay: [100, 500],
    apis: [
      {
        contract: expect.stringMatching(/flexprice\.yaml$/),
        fixture: expect.stringMatching(/demo\.json$/),
      },
    ],
  });
  expect([...(options.keys ?? [])]).toEqual([
    ['a=b', 'alice'],
    ['c', 'bob'],
  ]);
});

test('without arguments every bundled API is served, without a data folder when ephemeral', () => {
  const options = mockOptions([], { ...FLAGS, ephemeral: true });
  expect(options.apis.length).toBeGreaterThan(0);
  expect(options.dataDir).toBeUndefined();
});

test('every mistake of the command line is told, all at once, and no secret with it', () => {
  const told = mistakes(['flexprise'], {
    port: '70000',
    profile: 'observd',
    durability: 'disk',
    key: ['topsecret', 'alice=x', 'bob=x', 'alice=y'],
    seed: '-1',
    clock: 'noon',
    delay: '500-100',
  });
  expect(told).toEqual([
    'unknown api "flexprise" (did you mean flexprice? known: dodopayments, flexprice, fynn)',
    '--port 70000: must be a whole number from 0 to 65535',
    '--profile observd: not known (did you mean observed? known: documented, observed)',
    '--durability disk: not known (known: memory, journal, fsync)',
    '--key number 1: must be NAME=SECRET, the name of letters, digits, _ . -',
    '--key bob: has the same secret as alice',
    '--key alice: is given twice',
    '--seed -1: must be a whole number from 0 to 4294967295',
    '--clock noon: must be an ISO time such as 2026-01-01T00:00:00Z',
    '--delay 500-100: must be milliseconds, such as 200, or a range, such as 100-500',
  ]);
});

test.each([
  ['dmo', 'unknown fixture "dmo" for flexprice (did you mean demo? known: demo, empty)'],
  ['./none.json', 'no fixture at ./none.json'],
])('the fixture %s is not known', (fixture, message) => {
  expect(mistakes(['flexprice'], { fixture })).toEqual([message]);
});

test('a contract that is not there is told', () => {
  expect(mistakes(['./none.yaml'], {})[0]).toContain('no contract at ./none.yaml');
});

test('a busy port is told, with what to do', async () => {
  const { url } = await mock();
  const port = Number(new URL(url).port);
  expect(await refusal(startMock({ apis: [{ contract: CONTRACT }], port }))).toBe(
    `port ${port} is in use: stop the other server, or choose one with --port (0 picks a free one)`,
  );
});

test('an address that is not ours is told', async () => {
  const told = await refusal(startMock({ apis: [{ contract: CONTRACT }], host: '203.0.113.7' }));
  expect(told).toBe('"203.0.113.7" is no address of this machine: choose another with --host');
});

test('one API twice is told', async () => {
  const apis = [{ contract: CONTRACT }, { contract: CONTRACT }];
  expect(await refusal(startMock({ apis }))).toContain('two contracts are for the api "flexprice"');
});

/** A port that nobody listened on a moment ago. */
async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

test('a data folder that another server holds is told, and the port is let go', async () => {
  const dataDir = scratch();
  await mock({ dataDir });
  const port = await freePort();
  const told = await refusal(startMock({ apis: [{ contract: CONTRACT }], dataDir, port }));
  expect(told).toContain(`is in use by process ${process.pid}`);
  await expect(fetch(`http://127.0.0.1:${port}`)).rejects.toThrow();
});
