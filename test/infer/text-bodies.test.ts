// Texts as bodies and answers, over a real port: what is a text is kept as it came, what is none is refused.

import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { startMock } from '../../src/server/start.ts';
import { written } from './tested.ts';
import { unusual } from './unusual.ts';

async function served() {
  const contract = written(unusual['texts']?.document ?? {});
  const mock = await startMock({
    apis: [{ contract: 'notes.yaml', load: () => ({ contract, rows: new Map() }) }],
  });
  const url = mock.apis[contract.api] ?? '';
  const send = async (
    path: string,
    body: string | Uint8Array<ArrayBuffer>,
    headers: Record<string, string>,
  ) => {
    const method = path === '/notes' ? 'POST' : 'PUT';
    const answer = await fetch(url + path, { method, body, headers });
    return { status: answer.status, text: await answer.text() };
  };
  return { mock, url, send };
}

const PLAIN = { 'content-type': 'text/plain' };

test('what was sent is what is read, to the sign', async () => {
  const { mock, url, send } = await served();
  for (const text of ['a', '{"content": "no JSON"}', '"quoted"', '7', ' é\r\n東京\u0000 ']) {
    const made = await send('/notes', text, { 'content-type': 'text/plain; charset=utf-8' });
    expect(made.status).toBe(201);
    const { id, content } = JSON.parse(made.text) as { id: string; content: string };
    expect(content).toBe(text);
    const read = await fetch(`${url}/notes/${id}/content`);
    expect(read.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(await read.text()).toBe(text);
  }
  await mock.close();
});

test('what is no text of the kind is refused, and changes nothing', async () => {
  const { mock, url, send } = await served();
  const { id } = JSON.parse((await send('/notes', 'first', PLAIN)).text) as { id: string };
  const at = `/notes/${id}/content`;
  const json = { 'content-type': 'application/json' };
  expect((await send(at, '{"content": "x"}', json)).status).toBe(415);
  expect(
    (await send(at, 'content=x', { 'content-type': 'application/x-www-form-urlencoded' })).status,
  ).toBe(415);
  const packed = new Uint8Array(gzipSync('x'));
  expect((await send(at, packed, { ...PLAIN, 'content-encoding': 'gzip' })).status).toBe(415);
  expect((await send(at, new Uint8Array([0xff, 0xfe]), PLAIN)).status).toBe(415);
  expect((await send(at, 'x'.repeat(41), PLAIN)).status).toBe(400);
  expect((await send(at, 'x'.repeat(2_000_000), PLAIN)).status).toBe(413);
  expect((await send(at, '', PLAIN)).status).toBe(400);
  expect(await (await fetch(`${url}${at}`)).text()).toBe('first');
  await mock.close();
});
