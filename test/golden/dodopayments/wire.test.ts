// The same over a port, for what shows on the wire only: content types sent and not sent, and empty answers.

import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Json } from '../../../src/model/json.ts';
import { mock, ROOT } from '../../http/mock.ts';
import { METER, productBody } from './talk.ts';

const CONTRACT = join(ROOT, 'contracts/dodopayments.yaml');

interface Sent {
  readonly body?: Json | Buffer;
  readonly type?: string;
}

type Send = (method: string, path: string, sent?: Sent) => Promise<Response>;

async function start(): Promise<Send> {
  const { url } = await mock({ apis: [{ contract: CONTRACT }] });
  return (method, path, { body, type } = {}) => {
    const bytes = Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body ?? null));
    const headers = {
      authorization: 'Bearer key-a',
      ...(type === undefined ? {} : { 'content-type': type }),
    };
    return fetch(url + path, { method, headers, ...(body === undefined ? {} : { body: bytes }) });
  };
}

const JSON_TYPE = 'application/json';

/** A product in a collection, made over the wire. */
async function collection(send: Send) {
  const ids: string[] = [];
  for (let n = 0; n < 2; n += 1) {
    const made = await send('POST', '/products', { body: productBody(), type: JSON_TYPE });
    ids.push(((await made.json()) as { product_id: string }).product_id);
  }
  const groups = [{ products: ids.map((product_id) => ({ product_id })) }];
  const made = await send('POST', '/product-collections', {
    body: { name: 'Inkwell plans', groups },
    type: JSON_TYPE,
  });
  const body = (await made.json()) as {
    id: string;
    groups: [{ group_id: string; products: [{ id: string }] }];
  };
  const path = `/product-collections/${body.id}`;
  const [group] = body.groups;
  const item = `${path}/groups/${group.group_id}/items/${group.products[0].id}`;
  return { path, item, group: `${path}/groups/${group.group_id}`, productId: ids[0] };
}

async function expectEmpty(answer: Response) {
  expect(answer.status).toBe(200);
  expect(await answer.text()).toBe('');
  expect(answer.headers.get('content-type') ?? '').not.toContain('json');
}

test('empty answers have status 200, no bytes and no JSON content type', async () => {
  const send = await start();
  const { path, group, item, productId } = await collection(send);
  const status = { body: { status: true }, type: JSON_TYPE };
  await expectEmpty(await send('PATCH', path, { body: { name: 'x' }, type: JSON_TYPE }));
  await expectEmpty(await send('PATCH', group, status));
  await expectEmpty(await send('PATCH', item, status));
  await expectEmpty(await send('DELETE', item));
  await expectEmpty(await send('DELETE', path));
  await expectEmpty(await send('DELETE', `/products/${productId}`));
  await expectEmpty(await send('POST', `/products/${productId}/unarchive`));
});

test('unarchive and images are asked for without a body and without a content type', async () => {
  const send = await start();
  const { path } = await collection(send);
  await expectEmpty(await send('DELETE', path));
  const back = await send('POST', `${path}/unarchive`);
  expect(back.status).toBe(200);
  expect(await back.json()).toMatchObject({ excluded_product_ids: [] });
  const images = await send('PUT', `${path}/images?force_update=true`);
  expect(images.status).toBe(200);
  expect(await images.json()).toMatchObject({ url: expect.any(String) });
});

test('bytes that are no JSON are refused in the shape of every refusal', async () => {
  const send = await start();
  for (const text of ['{', '{"name": }', "{'name': 'x'}", '\u0000', '{"name":"x"}}']) {
    const refused = await send('POST', '/meters', { body: Buffer.from(text), type: JSON_TYPE });
    expect(refused.status).toBe(422);
    expect(refused.headers.get('content-type')).toMatch(/^application\/json\b/);
    expect(await refused.json()).toEqual({
      code: 'INVALID_REQUEST_BODY',
      message: expect.any(String),
    });
  }
  const wrong = await send('POST', '/meters', { body: Buffer.from([0xff, 0xfe]), type: JSON_TYPE });
  expect(wrong.status).toBe(422);
});

test('a body of another content type is refused, JSON with a charset is not', async () => {
  const send = await start();
  for (const type of ['application/xml', 'multipart/form-data; boundary=x', 'image/png']) {
    const refused = await send('POST', '/meters', { body: METER, type });
    expect([415, 422]).toContain(refused.status);
    const body = await refused.json();
    expect(body).toEqual({ code: expect.any(String), message: expect.any(String) });
  }
  for (const type of ['application/json; charset=utf-8', 'Application/JSON']) {
    expect((await send('POST', '/meters', { body: METER, type })).status).toBe(201);
  }
});

test('a body over the limit is refused as such', async () => {
  const send = await start();
  const body = Buffer.from(JSON.stringify({ ...METER, description: 'x'.repeat(2 ** 21) }));
  const refused = await send('POST', '/meters', { body, type: JSON_TYPE });
  expect(refused.status).toBe(413);
});
