// Bodies that are no JSON, over a real port: forms of both kinds, for an operation that takes them and for one that
// does not, and cookies as parameters and credentials.

import { expect, test } from 'vitest';
import { guessContract } from '../../src/infer/load.ts';
import { kinds } from '../../src/rules/index.ts';
import { startMock } from '../../src/server/start.ts';
import { parseSpec } from '../../src/spec/spec.ts';

const note = {
  type: 'object',
  required: ['title'],
  properties: {
    id: { type: 'string' },
    title: { type: 'string' },
    stars: { type: 'integer' },
    tags: { type: 'array', items: { type: 'string' } },
    place: { type: 'object', properties: { lat: { type: 'number' } } },
    file: { type: 'string' },
  },
};
const body = (...types: string[]) => ({
  requestBody: {
    required: true,
    content: Object.fromEntries(types.map((type) => [type, { schema: note }])),
  },
});
const made = {
  responses: { '201': { description: 'Made', content: { 'application/json': { schema: note } } } },
};
const listed = {
  responses: {
    '200': {
      description: 'All',
      content: { 'application/json': { schema: { type: 'array', items: note } } },
    },
  },
};
const document = {
  openapi: '3.1.0',
  info: { title: 'Notes', version: '1' },
  security: [{ session: [] }],
  paths: {
    '/notes': {
      get: {
        operationId: 'listNotes',
        parameters: [{ name: 'stars', in: 'query', schema: { type: 'integer' } }],
        ...listed,
      },
      post: {
        operationId: 'addNote',
        parameters: [{ name: 'mode', in: 'cookie', schema: { type: 'string', enum: ['dark'] } }],
        ...body('application/x-www-form-urlencoded', 'multipart/form-data'),
        ...made,
      },
    },
    '/memos': {
      get: { operationId: 'listMemos', ...listed },
      post: { operationId: 'addMemo', ...body('application/json'), ...made },
    },
  },
  components: {
    securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'sid' } },
  },
};

async function served() {
  const spec = parseSpec(JSON.stringify(document), 'notes.json');
  const { contract } = guessContract(spec, kinds);
  const load = () => ({ contract, rows: new Map() });
  const mock = await startMock({ apis: [{ contract: 'notes.json', load }] });
  const post = async (path: string, sent: string | FormData, type?: string, cookie = 'sid=me') => {
    const response = await fetch(`${mock.apis['notes']}${path}`, {
      method: 'POST',
      body: sent,
      headers: { cookie, ...(type === undefined ? {} : { 'content-type': type }) },
    });
    return { status: response.status, body: await response.json() };
  };
  return { mock, post };
}

const FORM = 'application/x-www-form-urlencoded';

test('an url-encoded form is read in the types of its schema', async () => {
  const { mock, post } = await served();
  const sent = 'title=A+b%26c&stars=3&tags[]=x&tags[]=y&place[lat]=1.5';
  const { status, body: shown } = await post('/notes', sent, `${FORM}; charset=utf-8`);
  expect(status).toBe(201);
  expect(shown).toMatchObject({ title: 'A b&c', stars: 3, tags: ['x', 'y'], place: { lat: 1.5 } });
  expect(await post('/notes', 'stars=3', FORM)).toMatchObject({
    status: 400,
    body: { message: 'title is required' },
  });
  expect((await post('/notes', 'title=a&stars=many', FORM)).status).toBe(400);
  expect((await post('/notes', JSON.stringify({ title: 'J' }), 'application/json')).status).toBe(
    201,
  );
  expect((await post('/memos', 'title=a', FORM)).status).toBe(400);
  expect((await post('/memos', JSON.stringify({ title: 'a' }), FORM)).status).toBe(201);
  const list = await fetch(`${mock.apis['notes']}/notes?stars=3`, {
    headers: { cookie: 'a=b; sid=me' },
  });
  expect(await list.json()).toEqual([shown]);
  await mock.close();
});

test('a multipart form is read, files and JSON in it too', async () => {
  const { mock, post } = await served();
  const form = new FormData();
  form.set('title', 'Photo');
  form.set('stars', '4');
  form.append('tags', 'x');
  form.append('tags', 'y');
  form.set('place', new Blob(['{"lat": 2}'], { type: 'application/json' }));
  form.set('file', new Blob([new Uint8Array([0xff, 0x00])]), 'a.bin');
  const { status, body: shown } = await post('/notes', form);
  expect(status).toBe(201);
  expect(shown).toMatchObject({
    title: 'Photo',
    stars: 4,
    tags: ['x', 'y'],
    place: { lat: 2 },
    file: '/wA=',
  });
  expect((await post('/notes', '--x\r\nbroken', 'multipart/form-data; boundary=x')).status).toBe(
    415,
  );
  expect((await post('/memos', form)).status).toBe(415);
  await mock.close();
});

test('a cookie is a credential, and a parameter', async () => {
  const { mock, post } = await served();
  expect((await post('/notes', 'title=a', FORM, 'other=me')).status).toBe(401);
  expect((await post('/notes', 'title=a', FORM, 'sid=me; mode=dark')).status).toBe(201);
  expect((await post('/notes', 'title=a', FORM, 'sid=me; mode=pink')).status).toBe(400);
  await mock.close();
});
