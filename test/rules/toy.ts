// A small library API, authors and their books, in which every rule kind can show what it does.

import type { Contract } from '../../src/contract/contract.ts';
import { parseContract } from '../../src/contract/load.ts';
import type { JsonObject } from '../../src/model/json.ts';
import { kinds } from '../../src/rules/index.ts';
import { parseSpec } from '../../src/spec/spec.ts';

const text = { type: ['string', 'null'] };
const author = {
  type: 'object',
  properties: {
    id: { type: 'string' },
    name: { type: 'string' },
    state: text,
    book_ids: { type: ['array', 'null'], items: { type: 'string' } },
  },
};
const book = {
  type: 'object',
  properties: {
    id: { type: 'string' },
    title: { type: 'string' },
    isbn: text,
    note: text,
    state: text,
    author_id: text,
    author: {},
    made_at: text,
    changed_at: text,
  },
};

const volume = {
  type: 'object',
  properties: { id: { type: 'string' }, title: text },
};
const shelf = {
  type: 'object',
  properties: { id: { type: 'string' }, volumes: { type: 'array', items: volume } },
};

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: object) => ({ content: { 'application/json': { schema } } });
const answer = (status: string, schema?: object) => ({
  responses: { [status]: { description: 'done', ...(schema ? json(schema) : {}) } },
});
const byId = [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }];
const query = (name: string) => ({ name, in: 'query', schema: { type: 'string' } });
const body = (properties: object) => ({
  requestBody: { required: true, ...json({ type: 'object', properties }) },
});

const spec = {
  openapi: '3.1.0',
  info: { title: 'Library', version: '1' },
  security: [{ key: [] }],
  paths: {
    '/authors': {
      post: {
        operationId: 'createAuthor',
        ...body({ name: { type: 'string' } }),
        ...answer('201', ref('Author')),
      },
    },
    '/authors/{id}': {
      get: { operationId: 'getAuthor', parameters: byId, ...answer('200', ref('Author')) },
      delete: { operationId: 'deleteAuthor', parameters: byId, ...answer('204') },
    },
    '/books': {
      post: {
        operationId: 'createBook',
        ...body({
          title: { type: 'string' },
          isbn: text,
          note: text,
          state: text,
          author_id: text,
        }),
        ...answer('201', ref('Book')),
      },
      get: {
        operationId: 'listBooks',
        parameters: [query('isbn')],
        ...answer('200', {
          type: 'object',
          properties: { items: { type: 'array', items: ref('Book') } },
        }),
      },
    },
    '/books/{id}': {
      get: {
        operationId: 'getBook',
        parameters: [...byId, query('expand')],
        ...answer('200', ref('Book')),
      },
      put: {
        operationId: 'updateBook',
        parameters: byId,
        ...body({ isbn: text, note: text, author_id: text }),
        ...answer('200', ref('Book')),
      },
      delete: { operationId: 'deleteBook', parameters: byId, ...answer('204') },
    },
    '/shelves': {
      post: {
        operationId: 'createShelf',
        ...body({ volumes: { type: 'array', items: volume } }),
        ...answer('201', ref('Shelf')),
      },
    },
    '/shelves/{id}': {
      get: { operationId: 'getShelf', parameters: byId, ...answer('200', ref('Shelf')) },
      put: {
        operationId: 'updateShelf',
        parameters: byId,
        ...body({ volume_order: { type: 'array', items: text } }),
        ...answer('200', ref('Shelf')),
      },
    },
    '/shelves/{id}/volumes': {
      post: {
        operationId: 'addVolume',
        parameters: byId,
        ...body({ title: text }),
        ...answer('201', ref('Volume')),
      },
    },
  },
  components: {
    schemas: { Author: author, Book: book, Shelf: shelf, Volume: volume },
    securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'x-key' } },
  },
};

/** The library's contract with the given rules (id -> kind and options) and no others. */
export function toyContract(rules: Readonly<Record<string, JsonObject>>): Contract {
  const contract = {
    contract: 1,
    api: 'library',
    spec: 'library.yaml',
    callers: { tenant: 'credential' },
    errors: {
      invalid: { status: 400, basis: 'documented' },
      unauthenticated: { status: 401, basis: 'documented' },
      'not-found': { status: 404, basis: 'documented' },
    },
    resources: {
      author: {
        schema: 'Author',
        id: "=ulid('author_')",
        live: "self.state != 'gone'",
        sample: { name: '=fresh()' },
      },
      book: { schema: 'Book', id: "=ulid('book_')", sample: { title: '=fresh()' } },
      shelf: { schema: 'Shelf', id: '=uuid()', parts: { volumes: 'volume' }, sample: {} },
      volume: { schema: 'Volume', id: '=uuid()', in: 'shelf', sample: { title: '=fresh()' } },
    },
    operations: {
      createAuthor: { create: 'author' },
      getAuthor: { read: 'author' },
      deleteAuthor: { delete: 'author', set: { state: 'gone' } },
      createBook: { create: 'book' },
      listBooks: { list: 'book' },
      getBook: { read: 'book' },
      updateBook: { update: 'book' },
      deleteBook: { delete: 'book' },
      createShelf: { create: 'shelf' },
      getShelf: { read: 'shelf' },
      updateShelf: { update: 'shelf' },
      addVolume: { create: 'volume' },
    },
    rules: Object.fromEntries(
      Object.entries(rules).map(([id, rule]) => [
        id,
        { says: 'So it is.', documented: 'here', ...rule },
      ]),
    ),
  };
  const read = () => parseSpec(JSON.stringify(spec), 'library.yaml');
  return parseContract(JSON.stringify(contract), 'library.yaml', kinds, read);
}
