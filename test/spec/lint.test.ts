// Our OpenAPI documents pass Redocly's recommended rules, and every answer in them compiles.

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createConfig, lint } from '@redocly/openapi-core';
import { expect, test } from 'vitest';
import { loadSpec } from '../../src/spec/spec.ts';

const SPECS = join(import.meta.dirname, '..', '..', 'specs');
const files = readdirSync(SPECS).filter((file) => file.endsWith('.yaml'));

test.each(files)('%s is clean under the recommended rules', async (file) => {
  const config = await createConfig({ extends: ['recommended'] });
  const problems = await lint({ ref: join(SPECS, file), config });
  expect(
    problems.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer]),
  ).toEqual([]);
});

test.each(files)('every schema of %s compiles', (file) => {
  const spec = loadSpec(join(SPECS, file));
  for (const { body, answers } of spec.operations) {
    const schemas = [
      ...(body?.contents.values() ?? []),
      ...answers.flatMap(({ contents }) => [...contents.values()]),
    ];
    for (const schema of schemas) expect(() => spec.schemas.validator(schema)({})).not.toThrow();
  }
});

test('the example bodies of a document fit their schemas', () => {
  for (const file of files) {
    const spec = loadSpec(join(SPECS, file));
    const paths = Object.values(
      spec.document['paths'] as Record<
        string,
        Record<
          string,
          {
            operationId?: string;
            requestBody?: {
              content: Record<string, { examples?: Record<string, { value: unknown }> }>;
            };
          }
        >
      >,
    );
    for (const item of paths.flatMap((path) => Object.values(path))) {
      const operation = spec.operations.find(({ id }) => id === item.operationId);
      for (const [type, { examples = {} }] of Object.entries(item.requestBody?.content ?? {})) {
        const schema = operation?.body?.contents.get(type);
        for (const { value } of Object.values(examples)) {
          expect(schema && spec.schemas.validator(schema)(value)).toEqual([]);
        }
      }
    }
  }
});
