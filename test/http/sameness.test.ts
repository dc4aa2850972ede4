import { expect, test } from 'vitest';
import { type Answered, CONTRACT, client, DEMO, group, mock, price } from './mock.ts';

const OPTIONS = {
  apis: [{ contract: CONTRACT, fixture: DEMO }],
  seed: 7,
  clock: Date.parse('2026-01-01T00:00:00Z'),
};

/** Everything but the date, which is Node's own. */
function bare({ status, headers, body }: Answered) {
  const { date: _, ...rest } = headers;
  return { status, headers: rest, body };
}

async function conversation(url: string) {
  const call = client(`${url}/flexprice/v1`);
  const plan = await call('POST', '/plans', { name: 'P', lookup_key: 'p' });
  const made = await call('POST', '/groups', group('g'));
  const first = await call('POST', '/prices', price(plan.body.id, { group_id: made.body.id }));
  return [
    plan,
    made,
    first,
    await call('POST', '/groups', group('g')),
    await call('GET', `/prices/${first.body.id}?expand=groups`),
    await call('PUT', `/prices/${first.body.id}`, { group_id: '' }),
    await call('DELETE', `/groups/${made.body.id}`),
    await call('POST', '/prices/search', { limit: 3 }),
    await call('POST', '/groups', { name: 1 }),
    await call('GET', '/nothing'),
    await call('PATCH', '/groups'),
  ].map(bare);
}

test('the same seed, clock and requests give the same statuses, headers and bodies', async () => {
  const [one, other] = [await mock(OPTIONS), await mock(OPTIONS)];
  const said = await conversation(one.url);
  expect(said.map(({ status }) => status)).toEqual([
    201, 201, 201, 400, 200, 200, 204, 200, 400, 404, 405,
  ]);
  expect(await conversation(other.url)).toEqual(said);
});

test('another seed gives other ids', async () => {
  const [one, other] = [await mock(OPTIONS), await mock({ ...OPTIONS, seed: 8 })];
  const ids = [];
  for (const { url } of [one, other])
    ids.push((await client(url)('POST', '/groups', group('g'))).body.id);
  expect(new Set(ids).size).toBe(2);
});
