// Any OpenAPI document: versions, files that refer to each other, circles, and what must not be followed or read.

import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import type { JsonObject } from '../../src/model/json.ts';
import { UsageError } from '../../src/model/usage-error.ts';
import { fetchSpec, loadSpec, parseSpec, type Spec } from '../../src/spec/spec.ts';

function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'tallystick-documents-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

function mistakes(read: () => unknown): readonly string[] {
  try {
    read();
  } catch (error) {
    if (error instanceof UsageError) return error.messages;
    throw error;
  }
  return [];
}

const withSchema = (schema: object, openapi = '3.0.3') =>
  JSON.stringify({
    openapi,
    info: { title: 'T', version: '1' },
    paths: { '/x': {} },
    components: { schemas: { S: schema } },
  });

function faults(spec: Spec, value: unknown): string[] {
  return spec.schemas
    .validator(spec.schema('S') ?? true)(value)
    .map(({ says }) => says);
}

const HEAD = 'openapi: 3.0.0\ninfo: { title: T, version: "1" }\n';

test('a document in many files is one, whichever of them refers to which', () => {
  const folder = folderOf({
    'api.yaml': `${HEAD}paths:
  /pets: { $ref: 'paths/pets.yaml' }
components:
  schemas:
    Pet: { $ref: './schemas/pet.json' }
`,
    'paths/pets.yaml': `get:
  operationId: listPets
  parameters:
    - $ref: '../common.yaml#/parameters/limit'
  responses:
    '200':
      description: Pets
      content: { application/json: { schema: { type: array, items: { $ref: '../api.yaml#/components/schemas/Pet' } } } }
`,
    'common.yaml': `parameters:
  limit: { name: limit, in: query, schema: { type: integer } }
`,
    'schemas/pet.json': JSON.stringify({
      type: 'object',
      required: ['name'],
      properties: { name: { type: 'string' }, owner: { $ref: 'owner.json' } },
    }),
    'schemas/owner.json': JSON.stringify({
      type: 'object',
      properties: { pets: { type: 'array', items: { $ref: 'pet.json' } } },
    }),
  });
  const spec = loadSpec(join(folder, 'api.yaml'));
  const [list] = spec.operations;
  expect(list?.parameters.map(({ name }) => name)).toEqual(['limit']);
  const check = spec.schemas.validator(list?.answers[0]?.contents.get('application/json') ?? false);
  expect(check([{ name: 'Rex', owner: { pets: [{ name: 'Bo', owner: { pets: [] } }] } }])).toEqual(
    [],
  );
  expect(
    check([{ name: 'Rex', owner: { pets: [{ name: 'Bo', owner: { pets: [{}] } }] } }]),
  ).toMatchObject([{ field: '[0].owner.pets[0].owner.pets[0].name' }]);
});

test('references stay in the folder of the document, links too, and leave the net alone', () => {
  const folder = folderOf({
    'secret.yaml': 'type: string\n',
    'api/api.yaml': `${HEAD}paths: {}
components:
  schemas:
    A: { $ref: '../secret.yaml' }
    B: { $ref: 'file:///etc/hostname' }
    C: { $ref: 'http://127.0.0.1:1/c.yaml' }
    D: { $ref: 'nowhere.yaml' }
    E: { $ref: '#/components/schemas/Nobody' }
    F: { $ref: '#anchor' }
    G: { $ref: 'link.yaml' }
`,
  });
  symlinkSync(join(folder, 'secret.yaml'), join(folder, 'api', 'link.yaml'));
  const found = mistakes(() => loadSpec(join(folder, 'api', 'api.yaml')));
  const short = found.map((line) => line.replaceAll(folder, ''));
  expect(short).toEqual([
    expect.stringMatching(/api\.yaml:6:\d+ \$ref "\.\.\/secret\.yaml": leads out of the folder/),
    expect.stringMatching(/api\.yaml:7:\d+ \$ref "file:\/\/\/etc\/hostname": is neither/),
    expect.stringMatching(/api\.yaml:8:\d+ \$ref "http:.*--allow-remote/),
    expect.stringMatching(/api\.yaml:9:\d+ \$ref "nowhere\.yaml": there is no file/),
    expect.stringMatching(/api\.yaml:11:\d+ \$ref "#anchor": names an anchor/),
    expect.stringMatching(/api\.yaml:12:\d+ \$ref "link\.yaml": leads out of the folder/),
    expect.stringMatching(/api\.yaml:10:\d+ \$ref "#\/components\/schemas\/Nobody" names nothing/),
  ]);
});

test('a document comes over the net, with what stands beside it', async () => {
  const answers: Record<string, string> = {
    '/v1/api.yaml': `${HEAD}paths: {}\ncomponents: { schemas: { S: { $ref: 's.yaml#/One' } } }\n`,
    '/v1/s.yaml': 'One: { type: integer }\n',
    '/out.yaml': `${HEAD}paths: {}\ncomponents: { schemas: { S: { $ref: '/v1/s.yaml#/One' } } }\n`,
  };
  const server = createServer((request, response) => {
    const text = answers[request.url ?? ''];
    response.writeHead(text === undefined ? 404 : 200).end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const spec = await fetchSpec(`${url}/v1/api.yaml`);
  expect(faults(spec, 'x')).toEqual(['must be integer']);
  await expect(fetchSpec(`${url}/none.yaml`)).rejects.toThrow('it answered 404');
  const folder = folderOf({
    'api.yaml': `${HEAD}paths: {}\ncomponents: { schemas: { S: { $ref: '${url}/v1/s.yaml#/One' } } }\n`,
  });
  await expect(fetchSpec(join(folder, 'api.yaml'))).rejects.toThrow('--allow-remote');
  const allowed = await fetchSpec(join(folder, 'api.yaml'), { allowRemote: true });
  expect(faults(allowed, 'x')).toEqual(['must be integer']);
  server.close();
});

test.each<[schema: object, fits: unknown[], fails: unknown[]]>([
  [{ type: 'string', nullable: true }, [null, 'x'], [1]],
  [{ type: 'string', nullable: true, enum: ['a'] }, [null, 'a'], ['b']],
  [{ nullable: true }, [null, 1], []],
  [{ nullable: true, allOf: [{ type: 'object' }] }, [null, {}], [1]],
  [{ type: 'object', nullable: true, allOf: [{ required: ['a'] }] }, [null, { a: 1 }], [{}]],
  [{ type: 'integer', minimum: 1, exclusiveMinimum: true }, [2], [1]],
  [{ type: 'integer', minimum: 1, exclusiveMinimum: false }, [1], [0]],
  [{ type: 'number', maximum: 5, exclusiveMaximum: true }, [4.9], [5]],
  [{ type: 'file' }, ['x'], [1]],
  [{ type: 'string', pattern: '^a\\_b\\@$' }, ['a_b@'], ['b']],
  [
    {
      type: 'object',
      properties: { nullable: { type: 'boolean' }, example: { type: 'string', nullable: true } },
    },
    [{ nullable: true, example: null }],
    [{ nullable: 1 }],
  ],
])('the schema %j of OpenAPI 3.0', (schema, fits, fails) => {
  const spec = parseSpec(withSchema(schema), 'api.json');
  for (const value of fits) expect(faults(spec, value)).toEqual([]);
  for (const value of fails) expect(faults(spec, value)).not.toEqual([]);
});

test.each<[schema: JsonObject, line: string]>([
  [{ type: 'anything' }, '"anything" is no type of JSON Schema'],
  [{ type: 'string', required: true }, '"required" in a schema must list names'],
  [
    { type: 'string', pattern: '(' },
    'the pattern is no regular expression that can be checked here',
  ],
  [{ type: 'string', enum: [] }, '"enum" must list values'],
  [{ type: 'integer', minimum: 'one' }, 'minimum is no number that it can be'],
  [{ $dynamicRef: '#x' }, '$dynamicRef is not followed: anything fits there'],
])('what can not be kept of %j is said, and the rest is read', (schema, line) => {
  const spec = parseSpec(
    withSchema({ type: 'object', properties: { a: schema } }, '3.1.0'),
    'api.json',
  );
  expect(spec.notes.map(({ message }) => message)).toEqual([line]);
  expect(spec.notes[0]?.pointer).toMatch(/^\/components\/schemas\/S\/properties\/a/);
  expect(faults(spec, { a: 'x' }).length).toBeLessThan(2);
});

test.each([
  [
    '{"swagger": "2.0"}',
    /Swagger 2\.0, not an OpenAPI 3 document: convert it first.*swagger2openapi/,
  ],
  ['openapi: 4.0.0\n', /not an OpenAPI 3 document \("openapi: 4\.0\.0"\)/],
  ['', /not an OpenAPI 3 document/],
  ['[]', /not an OpenAPI 3 document/],
  [`{"openapi": "3.1.0", "x": ${'['.repeat(100_000)}${']'.repeat(100_000)}}`, /nests deeper than/],
  [
    `{"openapi": "3.1.0", "x": ${'['.repeat(300)}${']'.repeat(300)}}`,
    /nests deeper than 200 levels/,
  ],
  [
    `openapi: 3.1.0\nx:\n${'- 1\n'.repeat(1_000_001)}`,
    /more than 1000000 lines and commas.*convert it to JSON/,
  ],
  [
    `openapi: 3.1.0\na: &a [x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c]\n`,
    /aliases/,
  ],
])('%#: what is no document is refused in one sentence', (text, says) => {
  const found = mistakes(() => parseSpec(text, 'api.yaml'));
  expect(found).toHaveLength(1);
  expect(found[0]).toMatch(says);
});

test('a file of more than 50 MB is not read', () => {
  const folder = folderOf({ 'api.yaml': '' });
  writeFileSync(join(folder, 'api.yaml'), Buffer.alloc(51 * 1024 * 1024, 0x20));
  const found = mistakes(() => loadSpec(join(folder, 'api.yaml')));
  expect(found).toEqual([expect.stringMatching(/can't read the spec .*larger than 50 MB/)]);
});

test('schemas that multiply beyond all bounds are read, and still hold', () => {
  const schemas = Object.fromEntries(
    Array.from({ length: 40 }, (_, i) => {
      const next = { $ref: `#/components/schemas/S${i + 1}` };
      return [`S${i}`, { type: 'object', properties: { a: next, b: next } }];
    }),
  );
  const components = { schemas: { ...schemas, S40: { type: 'string' } } };
  const document = { openapi: '3.1.0', info: { title: 'T', version: '1' }, paths: {}, components };
  const spec = parseSpec(JSON.stringify(document), 'api.json');
  const check = spec.schemas.validator(spec.schema('S0') ?? false);
  const deep = (leaf: unknown) =>
    Array.from({ length: 40 }).reduce((inner) => ({ a: inner }), leaf);
  expect(check(deep('x'))).toEqual([]);
  expect(check(deep(1))).toMatchObject([{ says: 'must be string' }]);
});

test('what is only read or only written is not asked for in the other direction, however deep', () => {
  const person = {
    type: 'object',
    required: ['id', 'name', 'secret'],
    properties: {
      id: { type: 'string', readOnly: true },
      name: { type: 'string' },
      secret: { type: 'string', writeOnly: true },
      friend: { $ref: '#/components/schemas/Person' },
    },
  };
  const content = { 'application/json': { schema: { $ref: '#/components/schemas/Person' } } };
  const spec = parseSpec(
    JSON.stringify({
      openapi: '3.1.0',
      info: { title: 'T', version: '1' },
      paths: {
        '/p': {
          post: { requestBody: { content }, responses: { '200': { description: '', content } } },
        },
      },
      components: { schemas: { Person: person } },
    }),
    'api.json',
  );
  const [post] = spec.operations;
  const request = spec.schemas.validator(post?.body?.contents.get('application/json') ?? false);
  const answer = spec.schemas.validator(
    post?.answers[0]?.contents.get('application/json') ?? false,
  );
  const sent = {
    name: 'a',
    secret: 's',
    friend: { name: 'b', secret: 's', friend: { name: 'c', secret: 's' } },
  };
  const shown = {
    id: '1',
    name: 'a',
    friend: { id: '2', name: 'b', friend: { id: '3', name: 'c' } },
  };
  expect(request(sent)).toEqual([]);
  expect(request(shown).map(({ field }) => field)).toContain('friend.friend.secret');
  expect(answer(shown)).toEqual([]);
  expect(answer(sent).map(({ field }) => field)).toContain('friend.friend.id');
});

test('parameters that a path has are known, in its order, whatever the document lists', () => {
  const text = `${HEAD}paths:
  /a/{b}/c/{d}:
    get:
      operationId: same
      parameters:
        - { name: q, in: query, schema: { type: string } }
        - { name: d, in: path, required: true, schema: { type: integer } }
      responses: {}
    put: { operationId: same, responses: {} }
`;
  const spec = parseSpec(text, 'api.yaml');
  expect(spec.operations.map(({ id }) => id)).toEqual(['same', 'put /a/{b}/c/{d}']);
  expect(spec.operations[0]?.parameters.map(({ name, schema }) => [name, schema])).toEqual([
    ['b', { type: 'string' }],
    ['d', { type: 'integer' }],
    ['q', { type: 'string' }],
  ]);
  expect(spec.notes).toMatchObject([
    { message: 'same is the id of another operation too', place: { file: 'api.yaml', line: 11 } },
  ]);
});
