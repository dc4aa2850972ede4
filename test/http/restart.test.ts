import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import { startMock } from '../../src/server/start.ts';
import { CONTRACT, client, DEMO, group, mock, price, ROOT, scratch } from './mock.ts';

const MAIN = join(ROOT, 'dist/src/cli/main.js');

const DODO_KEY = { authorization: 'Bearer alice' };

/** The built server, under a shell that limits it first. */
async function limited(limit: string, ...args: string[]) {
  const command = `${limit} exec '${process.execPath}' '${MAIN}' mock flexprice --port 0 --json ${args.join(' ')}`;
  const child = spawn('sh', ['-c', command], { stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += chunk;
  });
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return { url: JSON.parse(line).apis.flexprice as string, child, said: () => said };
}

test('after a restart everything is found again, for every tenant', async () => {
  const options = { apis: [{ contract: CONTRACT, fixture: DEMO }], dataDir: scratch() };
  const first = await startMock(options);
  const kept: [key: string, path: string, body: unknown][] = [];
  for (const key of ['alice', 'bob']) {
    const call = client(`${first.url}/flexprice/v1`, key);
    const made = (await call('POST', '/groups', group('own'))).body;
    const sold = (await call('POST', '/prices', price('plan_team', { group_id: made.id }))).body;
    await call('DELETE', '/groups/group_compute');
    await call('PUT', `/prices/${sold.id}`, { description: 'changed' });
    for (const path of [
      `/groups/${made.id}`,
      `/prices/${sold.id}`,
      '/groups/group_compute',
      '/plans/plan_team',
    ]) {
      kept.push([key, path, (await call('GET', path)).body]);
    }
  }
  await first.close();
  const { url } = await mock(options);
  for (const [key, path, body] of kept) {
    expect((await client(`${url}/flexprice/v1`, key)('GET', path)).body).toEqual(body);
  }
});

test('after a restart the lists are the same, also of what begins with fields that no schema has', async () => {
  const contract = join(ROOT, 'contracts/dodopayments.yaml');
  const fixture = join(ROOT, 'fixtures/dodopayments/demo.json');
  const options = { apis: [{ contract, fixture }], dataDir: scratch() };
  const lists = async (url: string) => {
    const call = client(url);
    const paths = ['/product-collections', '/products', '/meters'];
    return Promise.all(paths.map((path) => call('GET', path, undefined, DODO_KEY)));
  };
  const first = await startMock(options);
  const [collection] = (await lists(first.url))[0]?.body.items ?? [];
  const rename = `/product-collections/${collection.id}`;
  const renamed = await client(first.url)('PATCH', rename, { name: 'Other' }, DODO_KEY);
  expect(renamed.status).toBeLessThan(300);
  const before = await lists(first.url);
  await first.close();
  const { url } = await mock(options);
  const after = await lists(url);
  expect(after.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(after.map(({ body }) => body)).toEqual(before.map(({ body }) => body));
});

test('rules hold over a restart: a key that was taken is taken', async () => {
  const options = { dataDir: scratch() };
  const first = await startMock({ apis: [{ contract: CONTRACT }], ...options });
  await client(first.url)('POST', '/groups', group('taken'));
  await first.close();
  const { url } = await mock(options);
  expect((await client(url)('POST', '/groups', group('taken'))).status).toBe(400);
});

test('a damaged file keeps the server from starting, and is told', async () => {
  const dataDir = scratch();
  const first = await startMock({ apis: [{ contract: CONTRACT }], dataDir });
  await client(first.url)('POST', '/groups', group('a'));
  await first.close();
  writeFileSync(join(dataDir, 'flexprice/group.json'), '{"tallystick": 1,\n oops');
  await expect(startMock({ apis: [{ contract: CONTRACT }], dataDir })).rejects.toThrow(
    /flexprice\/group\.json:2 is damaged: this is not JSON/,
  );
});

test('a full disk turns writes into 503 and loses none that was answered; reads go on', async () => {
  const dataDir = scratch();
  // A file may not grow beyond 64 blocks; the signal for it is ignored, so that the write fails instead.
  const { url, child, said } = await limited(
    "trap '' XFSZ; ulimit -f 64;",
    '--quiet',
    '--data-dir',
    dataDir,
  );
  const call = client(url);
  const made: string[] = [];
  let refused = 0;
  while (refused < 5 && made.length < 5_000) {
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, i) =>
        call('POST', '/groups', group(`k${made.length}-${i}-${refused}`)),
      ),
    );
    for (const { status, body } of answers) {
      if (status === 201) made.push(body.id);
      else {
        expect([status, body.code]).toEqual([503, 'service_unavailable']);
        refused += 1;
      }
    }
  }
  expect(made.length).toBeGreaterThan(10);
  const search = await call('POST', '/groups/search', { limit: 1 });
  expect([search.status, search.body.pagination.total]).toEqual([200, made.length]);
  for (const id of made) expect((await call('GET', `/groups/${id}`)).status).toBe(200);
  expect(said().match(/nothing can be written to/g)).toHaveLength(1);
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
  const again = await mock({ dataDir });
  const { body } = await client(again.url)('POST', '/groups/search', { limit: 1 });
  expect(body.pagination.total).toBe(made.length);
});

test.each(['SIGTERM', 'SIGINT'] as const)(
  '%s stops the server though a client holds on, and leaves files and no lock',
  async (signal) => {
    const dataDir = scratch();
    const { url, child } = await limited('', '--data-dir', dataDir);
    await client(url)('POST', '/groups', group('a'));
    const held = connect(Number(new URL(url).port), '127.0.0.1');
    held.on('error', () => undefined);
    held.write('POST /v1/groups HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{');
    await once(held, 'connect');
    const gone = once(child, 'exit');
    child.kill(signal);
    expect(await gone).toEqual([0, null]);
    held.destroy();
    expect(readdirSync(join(dataDir, 'flexprice')).sort()).toEqual([
      '.written-under.json',
      'customer.json',
      'group.json',
      'journal-000000000001.jsonl',
      'meter.json',
      'plan.json',
      'price.json',
    ]);
  },
);
