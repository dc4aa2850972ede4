// Any OpenAPI document: versions, files that refer to each other, circles, and what must not be followed or read.

import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { UsageError } from '../../src/model/usage-error.ts';
import { fetchSpec, loadSpec, parseSpec } from '../../src/spec/spec.ts';
import { faults } from './faults.ts';

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
