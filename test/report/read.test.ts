// A report that is written as JSON and read again is the same report.

import { expect, test } from 'vitest';
import { htmlReport } from '../../src/report/html.ts';
import { jsonReport } from '../../src/report/json.ts';
import { readReport } from '../../src/report/read.ts';
import { exchange, report } from './hostile.ts';

test('nothing is lost on the way', () => {
  const asked = { ...exchange, number: 3, by: 'other', paused: 100, race: true } as const;
  const malformed = { ...exchange.request, body: '{', bodyFault: 'malformed' } as const;
  const whole = {
    ...report,
    shard: { index: 2, of: 3, planned: 9 },
    ended: 'interrupted, after 3 of 9 checks',
    results: report.results.map((result) => ({
      ...result,
      expected: '4xx',
      requests: [asked, { ...exchange, request: malformed }],
      setup: [exchange],
    })),
  };
  const read = readReport(jsonReport(whole), 'a.json');
  expect(read).toEqual(whole);
  expect(htmlReport(read)).toBe(htmlReport(whole));
});

const text = jsonReport(report);
const changed = (change: (body: Record<string, unknown>) => void) => {
  const body = JSON.parse(text) as Record<string, unknown>;
  change(body);
  return JSON.stringify(body);
};

test.each([
  ['no JSON', '{', /a\.json: is no JSON report/],
  ['a list', '[]', /a\.json: is no JSON report/],
  ['something else', '{"openapi": "3.0.0"}', /is no report of tallystick test/],
  ['of another version', changed((body) => Object.assign(body, { version: 2 })), /version 2/],
  ['without a seed', changed((body) => void delete body['seed']), /damaged/],
  [
    'with a check that is none',
    changed((body) => Object.assign(body, { checks: [{}] })),
    /damaged/,
  ],
  [
    'with a verdict of its own',
    text.replace('"flaky"', '"fine"').replace('"verdict": "flaky"', '"verdict": "fine"'),
    /damaged/,
  ],
  ['with a torn exchange', text.replace('"response"', '"answer"'), /damaged/],
])('what is %s is refused', (_, body, message) => {
  expect(() => readReport(body, 'a.json')).toThrow(message);
});
