// A small library, authors and their books, with a contract that lint has nothing to say about: every example of
// a lint rule is a change of it.

import { parse, stringify } from 'yaml';
import { Context } from '../../src/lint/context.ts';
import type { Json, JsonObject } from '../../src/model/json.ts';
import { isObject } from '../../src/model/json.ts';
import { kinds } from '../../src/rules/index.ts';
import { parseSpec } from '../../src/spec/spec.ts';

const SPEC = `
openapi: 3.1.0
info: { title: Library, version: '1' }
security: [{ key: [] }]
paths:
  /authors:
    post:
      operationId: createAuthor
      requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/NewAuthor' } } } }
      responses: { '201': { description: made, content: { application/json: { schema: { $ref: '#/components/schemas/Author' } } } }, '400': &bad { description: refused, content: { application/json: { schema: { $ref: '#/components/schemas/Error' } } } }, '401': *bad }
  /authors/{id}:
    get:
      operationId: getAuthor
      parameters: [&id { name: id, in: path, required: true, schema: { type: string } }]
      responses: { '200': { description: it, content: { application/json: { schema: { $ref: '#/components/schemas/Author' } } } }, '401': *bad, '404': *bad }
  /books:
    post:
      operationId: createBook
      requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/NewBook' } } } }
      responses: { '201': { description: made, content: { application/json: { schema: { $ref: '#/components/schemas/Book' } } } }, '400': *bad, '401': *bad }
    get:
      operationId: listBooks
      parameters: [{ name: isbn, in: query, schema: { type: string } }, { name: limit, in: query, schema: { type: integer, minimum: 1 } }, { name: skip, in: query, schema: { type: integer, minimum: 0 } }]
      responses: { '200': { description: them, content: { application/json: { schema: { type: object, properties: { items: { type: array, items: { $ref: '#/components/schemas/Book' } } } } } } }, '401': *bad }
  /books/{id}:
    get:
      operationId: getBook
      parameters: [*id, { name: expand, in: query, schema: { type: string } }]
      responses: { '200': { description: it, content: { application/json: { schema: { $ref: '#/components/schemas/Book' } } } }, '401': *bad, '404': *bad }
    put:
      operationId: updateBook
      parameters: [*id]
      requestBody: { required: true, content: { application/json: { schema: { type: object, properties: { title: { type: string }, note: { type: [string, 'null'] } } } } } }
      responses: { '200': { description: it, content: { application/json: { schema: { $ref: '#/components/schemas/Book' } } } }, '400': *bad, '401': *bad, '404': *bad }
    delete:
      operationId: deleteBook
      parameters: [*id]
      responses: { '204': { description: gone }, '401': *bad, '404': *bad }
components:
  securitySchemes: { key: { type: apiKey, in: header, name: x-key } }
  schemas:
    NewAuthor: { type: object, required: [name], properties: { name: { type: string, maxLength: 40 }, born: { type: [integer, 'null'] } } }
    Author: { type: object, properties: { id: { type: string }, name: { type: string }, born: { type: [integer, 'null'] } } }
    NewBook:
      type: object
      properties:
        title: { type: string }
        isbn: { type: [string, 'null'] }
        note: { type: [string, 'null'] }
        genre: { type: [string, 'null'], enum: [novel, essay, null] }
        pages: { type: [integer, 'null'], maximum: 5000 }
        author_id: { type: [string, 'null'] }
    Book:
      type: object
      properties:
        id: { type: string }
        title: { type: string }
        isbn: { type: [string, 'null'] }
        note: { type: [string, 'null'] }
        genre: { type: [string, 'null'], enum: [novel, essay, null] }
        pages: { type: [integer, 'null'], maximum: 5000 }
        author_id: { type: [string, 'null'] }
        author: { type: [object, 'null'] }
        tags: { type: array, items: { type: string } }
        status: { type: string, enum: [there, gone] }
        made_at: { type: [string, 'null'] }
    Error: { type: object, required: [message], properties: { message: { type: string } } }
`;

const CONTRACT = `
contract: 1
api: library
spec: library.yaml
callers: { tenant: credential }
errors:
  invalid: { status: 400, basis: documented }
  unauthenticated: { status: 401, basis: documented }
  not-found: { status: 404, basis: documented }
resources:
  author:
    schema: Author
    id: "=ulid('author_')"
    sample: { name: =fresh() }
  book:
    schema: Book
    id: "=ulid('book_')"
    start: { status: there, made_at: =now }
    live: self.status == 'there'
    sample: { title: =fresh() }
operations:
  createAuthor: { create: author }
  getAuthor: { read: author }
  createBook: { create: book }
  listBooks: { list: book }
  getBook: { read: book }
  updateBook: { update: book }
  deleteBook: { delete: book, set: { status: gone } }
rules:
  author.name-needed:
    says: An author has a name.
    documented: here
    value: { at: createAuthor, is: { required: [name] } }
  book.title-needed:
    says: A book has a title.
    documented: here
    value: { at: createBook, is: { required: [title] } }
  book.isbn-unique:
    says: No two books have one number.
    documented: here
    unique: { of: book, by: isbn }
  book.author-exists:
    says: The author of a book exists.
    documented: here
    reference: { from: book.author_id, to: author }
  book.essay-short:
    says: An essay has at most 100 pages.
    documented: here
    require: { of: book, when: self.genre == 'essay', that: self.pages == null || self.pages <= 100, field: pages }
    examples: { accept: [{ genre: essay, pages: 100 }], refuse: [{ genre: essay, pages: 101 }] }
`;

/** A merge patch: null takes a key away. */
export type Patch = Json;

export interface Change {
  readonly contract?: Patch;
  readonly spec?: Patch;
  /** In place of the contract's text. */
  readonly text?: (text: string) => string;
}

function patched(value: Json | undefined, patch: Patch): Json {
  if (!isObject(patch)) return patch;
  const own: Record<string, Json> = isObject(value) ? { ...value } : {};
  for (const [key, child] of Object.entries(patch)) {
    if (child === null) delete own[key];
    else own[key] = patched(own[key], child);
  }
  return own;
}

/** The library with a change, ready for lint; and the text whose lines its findings tell. */
export function library({ contract = {}, spec = {}, text = (same) => same }: Change): Context {
  const changed = patched(parse(CONTRACT) as JsonObject, contract);
  const document = patched(parse(SPEC) as JsonObject, spec);
  return new Context({
    file: 'library.contract.yaml',
    text: text(stringify(changed, { aliasDuplicateObjects: false })),
    kinds,
    readSpec: (name) => parseSpec(JSON.stringify(document), name),
    today: '2026-06-15',
  });
}
