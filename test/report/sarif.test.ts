// SARIF: valid by the official schema, and each violation on its rule's line.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { expect, test } from 'vitest';
import type { Report } from '../../src/conformance/verdict.ts';
import { sarifReport } from '../../src/report/sarif.ts';
import { report } from './hostile.ts';

const file = createRequire(import.meta.url)
  .resolve('@microsoft/jest-sarif')
  .replace(/index\.js$/, 'schemas/sarif-2.1.0-rtm.5.json');
// It is of draft 4, and uses nothing that draft 7 reads otherwise but the name of `id`.
const { $schema: _, id: __, ...schema } = JSON.parse(readFileSync(file, 'utf8'));
const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
formats.default(ajv);
const isValid = ajv.compile(schema);

interface Run {
  tool: { driver: { rules: { id: string }[] } };
  invocations: {
    executionSuccessful: boolean;
    toolExecutionNotifications: { message: object }[];
  }[];
  results: {
    ruleId: string;
    ruleIndex: number;
    message: { text: string };
    locations?: { physicalLocation: object }[];
    suppressions?: object[];
    partialFingerprints: object;
  }[];
}

const read = (of: Report) => {
  const body = JSON.parse(sarifReport(of)) as { runs: [Run] };
  isValid(body);
  expect(isValid.errors).toBeNull();
  return body.runs[0];
};

test('the schema refuses what is none', () => {
  expect(isValid({ version: '2.1.0', runs: [{ tool: {} }] })).toBe(false);
  expect(isValid({ version: '2.1.0', runs: [] })).toBe(true);
});

test('a hostile report is valid, with a result for each violation', () => {
  const { results, tool } = read(report);
  expect(results.map(({ ruleId }) => ruleId)).toEqual([
    'group.key-unique',
    'group.key-unique',
    'spec.server-error',
    'spec.status',
  ]);
  expect(results.map(({ ruleIndex }) => tool.driver.rules[ruleIndex]?.id)).toEqual(
    results.map(({ ruleId }) => ruleId),
  );
  expect(new Set(tool.driver.rules.map(({ id }) => id)).size).toBe(4);
});

test('a rule has its line, the spec no line, and what stands nowhere no place', () => {
  const { results } = read(report);
  expect(results.map(({ locations }) => locations?.[0]?.physicalLocation)).toEqual([
    {
      artifactLocation: { uri: 'contracts/a%2Cb%3Ac%25.yaml' },
      region: { startLine: 12, startColumn: 3 },
    },
    expect.anything(),
    { artifactLocation: { uri: 'specs/my%20spec.yaml' } },
    undefined,
  ]);
});

test('a file elsewhere is a URL, one below the working folder is relative', () => {
  const [first, ...others] = report.results as [Report['results'][0], ...Report['results']];
  const at = (path: string) => {
    const moved = { ...first, place: { file: path, line: 1, column: 1 } };
    return read({ ...report, results: [moved, ...others] }).results[0]?.locations?.[0];
  };
  expect(at('/elsewhere/a b.yaml')?.physicalLocation).toMatchObject({
    artifactLocation: { uri: 'file:///elsewhere/a%20b.yaml' },
  });
  expect(at(`${process.cwd()}/contracts/a.yaml`)?.physicalLocation).toMatchObject({
    artifactLocation: { uri: 'contracts/a.yaml' },
  });
});

test('what is known is suppressed with its reason; the rest are notes of the run', () => {
  const { results, invocations } = read(report);
  expect(results.map(({ suppressions }) => suppressions?.length)).toEqual([
    undefined,
    1,
    undefined,
    undefined,
  ]);
  expect(JSON.stringify(results[1]?.suppressions)).toContain('until 2026-12-31: mended in May');
  const notes = invocations[0]?.toolExecutionNotifications.map(({ message }) =>
    JSON.stringify(message).slice(9, 21),
  );
  expect(notes).toEqual(['flaky: group', 'not exercise', 'baseline, ex', 'baseline, st']);
});

test('an empty run, and one that ended early, are valid too', () => {
  const summary = { conforms: 0, violated: 0, notExercised: 0, flaky: 0 };
  expect(read({ ...report, results: [], summary }).results).toEqual([]);
  const [invocation] = read({ ...report, ended: 'interrupted, after 3 of 9 checks' }).invocations;
  expect(invocation?.executionSuccessful).toBe(false);
});
