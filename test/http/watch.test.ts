// `--watch`: edits of contract, spec and fixture are served, records stay, and a broken edit changes nothing.

import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { SILENT } from '../../src/server/log.ts';
import { client, mock, scratch } from './mock.ts';

const SPEC = `openapi: 3.1.0
info: { title: Library, version: '1' }
security: [{ key: [] }]
paths:
  /books:
    post:
      operationId: createBook
      requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Book' } } } }
      responses: { '201': { description: made, content: { application/json: { schema: { $ref: '#/components/schemas/Book' } } } } }
  /books/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    get:
      operationId: getBook
      responses: { '200': { description: found, content: { application/json: { schema: { $ref: '#/components/schemas/Book' } } } } }
components:
  securitySchemes: { key: { type: apiKey, in: header, name: x-api-key } }
  schemas:
    Book: { type: object, properties: { id: { type: string }, title: { type: string } } }
`;

const CONTRACT = `contract: 1
api: library
spec: library.yaml
callers: { tenant: credential }
errors:
  invalid: { status: 400, basis: documented }
  unauthenticated: { status: 401, basis: assumed }
  not-found: { status: 404, basis: assumed }
resources:
  book: { schema: Book, id: =uuid(), sample: { title: =fresh() } }
operations:
  createBook: { create: book }
  getBook: { read: book }
rules:
`;

const RULE = `  book.title-unique:
    says: No two books have one title.
    documented: here
    unique: { of: book, by: title }
`;

const FIXTURE = '{ "book": [{ "id": "first", "title": "Emma" }] }';

/** The library, served from files of its own that are watched. */
async function library(options: { dataDir?: string } = {}) {
  const folder = scratch();
  mkdirSync(join(folder, 'texts'));
  const file = (name: string) => join(folder, 'texts', name);
  const write = (name: string, text: string) => writeFileSync(file(name), text);
  write('library.yaml', SPEC);
  write('contract.yaml', `${CONTRACT}${RULE}`);
  write('fixture.json', FIXTURE);
  const said: string[] = [];
  const say = (message: string) => void said.push(message);
  const running = await mock({
    apis: [{ contract: file('contract.yaml'), fixture: file('fixture.json') }],
    watch: true,
    log: { ...SILENT, say, warn: say, error: (error) => void said.push(String(error)) },
    ...options,
  });
  const call = (key = 'alice') => client(running.apis['library'] ?? '', key);
  return { file, write, said, call };
}

/** Asks again and again until the answer is right, and gives it; the last one when it never is. */
async function until<T>(ask: () => T | Promise<T>, isRight: (answer: T) => boolean): Promise<T> {
  let answer = await ask();
  for (let left = 400; left > 0 && !isRight(answer); left--) {
    await pause(25);
    answer = await ask();
  }
  return answer;
}

test('an edited spec is served, and the records that were made are there', async () => {
  const { write, call } = await library();
  const { id } = (await call()('POST', '/books', { title: 'Ulysses' })).body;
  write(
    'library.yaml',
    SPEC.replace(
      'title: { type: string }',
      "title: { type: string }, pages: { type: [integer, 'null'] }",
    ),
  );
  const read = await until(
    () => call()('GET', `/books/${id}`),
    ({ body }) => 'pages' in body,
  );
  expect(read.body).toEqual({ id, title: 'Ulysses', pages: null });
});

test('an edited rule refuses what it did not, by records that were there before it', async () => {
  const { file, call } = await library();
  const next = `${file('contract.yaml')}.new`;
  await call()('POST', '/books', { title: 'Ulysses' });
  // Without the rule, written as editors do it: a new file that takes the name.
  writeFileSync(next, CONTRACT.replace('rules:', 'rules: {}'));
  renameSync(next, file('contract.yaml'));
  const taken = await until(
    () => call()('POST', '/books', { title: 'Ulysses' }),
    ({ status }) => status === 201,
  );
  expect(taken.status).toBe(201);
  writeFileSync(next, `${CONTRACT}${RULE}`);
  renameSync(next, file('contract.yaml'));
  const refused = await until(
    () => call()('POST', '/books', { title: 'Ulysses' }),
    ({ status }) => status === 400,
  );
  expect(refused.headers['x-tallystick-rule']).toBe('book.title-unique');
});

test('an edited fixture is what tenants that wrote nothing have; others keep theirs', async () => {
  const { write, call } = await library();
  await call('writer')('POST', '/books', { title: 'Ulysses' });
  await call('reader')('GET', '/books/first');
  write('fixture.json', FIXTURE.replace('Emma', 'Persuasion'));
  const read = await until(
    () => call('reader')('GET', '/books/first'),
    ({ body }) => body.title === 'Persuasion',
  );
  expect(read.body).toEqual({ id: 'first', title: 'Persuasion' });
  expect((await call('writer')('GET', '/books/first')).body.title).toBe('Emma');
});

test.each([
  [
    'contract.yaml',
    `${CONTRACT}${RULE}`.replace('createBook:', 'creatBook:'),
    /contract\.yaml:12:\d+ unknown operation "creatBook"/,
  ],
  [
    'library.yaml',
    SPEC.replace('Book: {', 'Buch: {'),
    /library\.yaml:8:\d+ \$ref "#\/components\/schemas\/Book" names nothing/,
  ],
  ['library.yaml', 'openapi: 3.1.0\n  info: [', /library\.yaml:\d+:\d+ /],
  ['fixture.json', '{\n "book": [\n', /fixture\.json:3: /],
  [
    'library.yaml',
    `${SPEC}servers: [{ url: https://example.test/v2 }]\n`,
    /base path is another: start again/,
  ],
])(
  'a broken %s is told with its place, and the last good one goes on',
  async (name, text, says) => {
    const { file, write, said, call } = await library();
    const { id } = (await call()('POST', '/books', { title: 'Ulysses' })).body;
    const right = readFileSync(file(name), 'utf8');
    write(name, text);
    const told = await until(
      () => said.find((line) => line.includes('served as before')),
      (line) => line !== undefined,
    );
    expect(told).toMatch(says);
    expect((await call()('GET', `/books/${id}`)).body).toEqual({ id, title: 'Ulysses' });
    expect((await call()('POST', '/books', { title: 'Ulysses' })).status).toBe(400);
    write(name, right);
    const mended = await until(
      () => said.at(-1),
      (line) => line?.includes('edited, and served') === true,
    );
    expect(mended).toContain('library: edited, and served by the new text');
    expect((await call()('GET', `/books/${id}`)).status).toBe(200);
  },
);

test('no request is lost or answered wrongly while edits come in', async () => {
  const { write, said, call } = await library({ dataDir: scratch() });
  const statuses = new Map<number, number>();
  let made = 0;
  for (let edit = 0; edit < 5; edit++) {
    write('library.yaml', `${SPEC}# ${edit}\n`);
    await until(
      async () => {
        const answers = await Promise.all(
          Array.from({ length: 10 }, () => call()('POST', '/books', { title: `Book ${made++}` })),
        );
        for (const { status } of answers) statuses.set(status, (statuses.get(status) ?? 0) + 1);
        return said.filter((line) => line.includes('edited, and served')).length;
      },
      (count) => count > edit,
    );
  }
  expect([...statuses]).toEqual([[201, made]]);
});
