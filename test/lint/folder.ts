// Files in a folder of their own, linted as the command does it.

import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LintReport, lintFiles } from '../../src/lint/files.ts';
import { kinds } from '../../src/rules/index.ts';

/** A new folder that holds the files. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'tallystick-lint-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

/** The report on the files of the folder. */
export function linted(folder: string, ...names: string[]): Promise<LintReport> {
  const files = names.map((name) => join(folder, name));
  return lintFiles(files, { kinds, today: '2026-06-15' });
}

/** `contract/syntax 2:1 message` for each finding. */
export function told({ findings }: LintReport): string[] {
  return findings.map(
    ({ check, message, place }) => `${check} ${place?.line}:${place?.column} ${message}`,
  );
}

/** A document that the recommended rules have nothing to say about. */
export const DOCUMENT = `openapi: 3.1.0
info: { title: Shop, version: '1', license: { name: MIT, identifier: MIT } }
servers: [{ url: https://shop.example.test }]
security: [{ key: [] }]
paths:
  /items:
    post:
      operationId: createItem
      summary: Create an item
      x-tallystick-basis: documented
      requestBody:
        content: { application/json: { schema: { $ref: '#/components/schemas/Item' } } }
      responses:
        '201': { description: made, content: { application/json: { schema: { $ref: '#/components/schemas/Item' } } } }
        '400': { description: refused, x-tallystick-basis: assumed }
components:
  securitySchemes: { key: { type: apiKey, in: header, name: x-key } }
  schemas:
    Item:
      type: object
      x-tallystick-anything: { at: all }
      properties: { id: { type: string }, name: { type: string, x-tallystick-basis: observed } }
`;

/** A contract over it, as `item.yaml` beside `shop.yaml`. */
export const CONTRACT = `contract: 1
api: shop
spec: shop.yaml
callers: { tenant: credential }
errors:
  invalid: { status: 400, basis: documented }
  unauthenticated: { status: 401, basis: assumed }
  not-found: { status: 404, basis: assumed }
resources:
  item: { schema: Item, id: =uuid(), sample: { name: =fresh() } }
operations:
  createItem: { create: item }
rules:
  item.name-needed:
    says: An item has a name.
    documented: here
    value: { at: createItem, is: { required: [name] } }
`;
