// Shows over a real port that the healthy reference server does what the documents say, and
// that every fault and every benign variant starts, answers and is what it claims to be.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { firstDifference, healthyLines } from './dodopayments/compare.ts';
import './dodopayments/healthy-collections.ts';
import './dodopayments/healthy-groups.ts';
import './dodopayments/healthy-products.ts';
import { ALL, close, open, shop } from './dodopayments/shop-of-test.ts';
import { product, put, Talk } from './dodopayments/talk.ts';
import { visit } from './dodopayments/visit.ts';
import { benign, faults, startReference } from './dodopayments.ts';

beforeAll(open);
afterAll(close);

test('of several at once exactly one wins', async () => {
  const { send, make, home, parts } = shop();
  const { path } = await home(put(await make(), await make()));
  const id = await make();
  const wins = async (method: string, calls: [string, unknown?][]) => {
    const all = await Promise.all(calls.map(([where, body]) => send(method, where, body)));
    return all.filter((each) => each.status === 200).length;
  };
  const groups = `${path}/groups`;
  const six = (body: unknown): [string, unknown][] =>
    Array.from({ length: 6 }, () => [groups, body]);
  expect(await wins('POST', six({ ...put(), group_name: 'R' }))).toBe(1);
  expect(await wins('POST', six(put(id)))).toBe(1);
  const { ids, rows } = await parts(path);
  const [last = ''] = ids.slice(-1);
  await send('DELETE', last);
  const items = (rows[0] ?? []).map((row): [string] => [`${ids[0]}/items/${row['id']}`]);
  expect(await wins('DELETE', items)).toBe(1);
});

test('callers, bodies and routes have their own status', async () => {
  const { send, code } = shop();
  const nameless = await send('GET', ALL, undefined, { key: '' });
  expect([nameless.status, nameless.data['code']]).toEqual([401, 'UNAUTHORIZED']);
  const raw = await send('POST', '/products', undefined, { raw: '{' });
  expect([raw.status, raw.data['code']]).toEqual([422, 'INVALID_REQUEST_BODY']);
  const headers = { 'content-type': 'text/plain' };
  expect((await send('POST', '/products', product('P'), { headers })).status).toBe(415);
  expect(await code('GET', '/nothing')).toEqual([404, 'NOT_FOUND']);
  const wrong = await send('PUT', ALL, {});
  expect([wrong.status, wrong.headers['allow']]).toEqual([405, 'POST, GET']);
  const closed = await startReference({ keys: ['good'] });
  const other = new Talk(closed.url);
  const status = async (key: string) => (await other.ask('GET', ALL, undefined, { key })).status;
  expect([await status('bad'), await status('good')]).toEqual([401, 200]);
  other.close();
  await closed.close();
});

test('an unknown fault or variant is refused with the known ids', async () => {
  await expect(startReference({ fault: 'none' })).rejects.toThrow('names-twice-on-add');
  await expect(startReference({ benign: 'none' })).rejects.toThrow('uuid-ids');
});

test('two healthy servers leave the same lines', async () => {
  expect(await healthyLines()).toBeGreaterThan(1000);
  expect(await firstDifference(undefined)).toBeUndefined();
}, 60_000);

// Several at a time: some faults wait between their check and their write.
async function eachOf(ids: string[], look: (id: string) => Promise<void>): Promise<void> {
  const left = [...ids];
  const work = async (): Promise<void> => {
    for (let id = left.shift(); id !== undefined; id = left.shift()) await look(id);
  };
  await Promise.all(Array.from({ length: 8 }, work));
}

test('every fault shows in some answer', async () => {
  const hidden: string[] = [];
  await eachOf(Object.keys(faults), async (id) => {
    if ((await firstDifference(id)) === undefined) hidden.push(id);
  });
  expect(hidden).toEqual([]);
}, 180_000);

test('every benign variant does what the documents say', async () => {
  const wrong: string[] = [];
  await eachOf(Object.keys(benign), async (id) => {
    const unusual = await startReference({ benign: id });
    const found = await visit(unusual.url).finally(() => unusual.close());
    wrong.push(...found.map((what) => `${id}: ${what}`));
  });
  expect(wrong).toEqual([]);
}, 60_000);

// One call to a server of its own for each variant that the visit does not reach.
async function unusually(id: string, look: (ask: Talk['ask']) => Promise<unknown>) {
  const unusual = await startReference({ benign: id });
  const other = new Talk(unusual.url);
  const found = await look((...all) => other.ask(...all));
  other.close();
  await unusual.close();
  return found;
}

test('a product of an archived collection may move, and is left out when it comes back', async () => {
  const found = await unusually('archive-frees-products', async (ask) => {
    const id = (await ask('POST', '/products', product('P'))).data['product_id'];
    const body = { name: 'C', groups: [put(String(id))] };
    const path = `${ALL}/${(await ask('POST', ALL, body)).data['id']}`;
    await ask('DELETE', path);
    const moved = await ask('POST', ALL, body);
    const back = await ask('POST', `${path}/unarchive`);
    expect(back.data['excluded_product_ids']).toEqual([id]);
    return moved.status;
  });
  expect(found).toBe(200);
});

test.each([
  ['auth-before-routing', 'GET', '/nothing', undefined, '', 401],
  ['lookup-before-body', 'POST', `${ALL}/pdc_no/groups`, {}, 'k', 404],
  ['live-tutoring-accepted', 'POST', '/products', { tax_category: 'live_tutoring' }, 'k', 200],
  ['head-supported', 'HEAD', '/products', undefined, 'k', 200],
] as const)('the variant %s answers as it says', async (id, method, path, more, key, wanted) => {
  const body = path === '/products' && more ? product('P', more) : more;
  const look = async (ask: Talk['ask']) => (await ask(method, path, body, { key })).status;
  expect(await unusually(id, look)).toBe(wanted);
});

test('an archived product may be changed in one variant, otherwise it answers 410', async () => {
  const look = async (ask: Talk['ask']) => {
    const path = `/products/${(await ask('POST', '/products', product('P'))).data['product_id']}`;
    await ask('DELETE', path);
    return (await ask('PATCH', path, { name: 'New' })).status;
  };
  expect(await unusually('archived-product-changes', look)).toBe(200);
  expect(await unusually('message-empty', look)).toBe(410);
});
