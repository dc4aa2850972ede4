// A shop of which the contract binds only the items: the rest of its document is Prism's.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type RunningMock, startMock } from '../../src/server/start.ts';
import { scratch } from '../http/mock.ts';

const DOCUMENT = `
openapi: 3.0.3
info: { title: Shop, version: '1' }
servers: [{ url: 'https://shop.example.test/v1' }]
security: [{ key: [] }]
paths:
  /items:
    post:
      operationId: createItem
      requestBody:
        required: true
        content: { application/json: { schema: { $ref: '#/components/schemas/NewItem' } } }
      responses:
        '201': { description: made, content: { application/json: { schema: { $ref: '#/components/schemas/Item' } } } }
  /items/{id}:
    get:
      operationId: getItem
      parameters: [{ $ref: '#/components/parameters/id' }]
      responses:
        '200': { description: it, content: { application/json: { schema: { $ref: '#/components/schemas/Item' } } } }
  /nodes/{id}:
    parameters: [{ $ref: '#/components/parameters/id' }]
    get:
      operationId: getNode
      parameters: [{ name: depth, in: query, schema: { type: integer } }]
      responses:
        '200':
          description: it
          headers: { x-total: { schema: { type: integer }, example: 7 } }
          content: { application/json: { schema: { $ref: '#/components/schemas/Node' } } }
        '404':
          description: gone
          content:
            application/json:
              schema: { type: object, properties: { message: { type: string } } }
              examples:
                gone: { value: { message: it is gone } }
                never: { value: { message: it never was } }
  /carts:
    post:
      operationId: createCart
      requestBody:
        required: true
        content:
          application/json:
            schema: { type: object, required: [item], properties: { item: { type: string }, note: { type: string, nullable: true } } }
      callbacks:
        paid: { '{$request.body#/item}': { post: { responses: { '200': { description: heard } } } } }
      responses:
        '201': { description: made, content: { application/json: { example: { id: cart_1 } } } }
  /report:
    get:
      operationId: getReport
      security: []
      responses:
        '200': { description: it, content: { application/xml: { schema: { type: object, properties: { sum: { type: integer } } } } } }
  /picture:
    put:
      operationId: putPicture
      requestBody: { content: { image/png: { schema: { type: string, format: binary } } } }
      responses: { '204': { description: kept } }
  /nothing:
    get: { operationId: getNothing, responses: {} }
components:
  securitySchemes: { key: { type: apiKey, in: header, name: x-api-key } }
  parameters: { id: { name: id, in: path, required: true, schema: { type: string } } }
  schemas:
    NewItem: { type: object, required: [name], properties: { name: { type: string } } }
    Item: { type: object, required: [id], properties: { id: { type: string }, name: { type: string } } }
    Node:
      type: object
      required: [name]
      properties:
        name: { type: string, nullable: true }
        weight: { type: integer }
        children: { type: array, items: { $ref: '#/components/schemas/Node' } }
`;

const CONTRACT = `
contract: 1
api: shop
spec: shop.openapi.yaml
callers: { tenant: credential }
errors:
  body: { message: =says }
  invalid: { status: 400, basis: assumed }
  unauthenticated: { status: 401, basis: assumed }
  not-found: { status: 404, basis: assumed }
resources:
  item: { schema: Item, id: "=ulid('item_')", sample: { name: =fresh() } }
operations:
  createItem: { create: item }
  getItem: { read: item }
rules:
  item.kept:
    says: What was sent is what is read.
    protocol: a record reads back as sent
    kept: { of: [item] }
`;

/** The contract's file, in a folder that is gone when the test is. */
export function shopContract(): string {
  const folder = scratch();
  writeFileSync(join(folder, 'shop.openapi.yaml'), DOCUMENT);
  writeFileSync(join(folder, 'shop.yaml'), CONTRACT);
  return join(folder, 'shop.yaml');
}

/** The shop, served; gone when the test is. */
export async function shop(): Promise<RunningMock> {
  const running = await startMock({ apis: [{ contract: shopContract() }] });
  onTestFinished(() => running.close());
  return running;
}
