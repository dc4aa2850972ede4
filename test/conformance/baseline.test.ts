// Known violations: each with a reason and a last day, and nothing is forgotten in silence.

import { expect, test } from 'vitest';
import {
  baselineText,
  NO_REASON,
  readBaseline,
  withBaseline,
  withKnown,
} from '../../src/conformance/baseline.ts';
import {
  knownViolations,
  newViolations,
  type Report,
  type Result,
  summarize,
  type Verdict,
} from '../../src/conformance/verdict.ts';

const result = (id: string, verdict: Verdict): Result => ({
  id,
  rule: id.split('/')[0] ?? '',
  says: 'It is so.',
  basis: 'documented',
  source: 'Guide',
  operation: 'createGroup',
  verdict,
});

const results = [
  result('group.key/duplicate', 'violated'),
  result('group.key/race', 'violated'),
  result('group.name/kept', 'conforms'),
  result('group.size/kept', 'notExercised'),
  result('group.time/kept', 'flaky'),
];
const report: Report = {
  api: 'a',
  target: 'http://t',
  seed: 1,
  requests: 1,
  summary: summarize(results),
  results,
};
const entry = (check: string, until = '2026-12-31') => ({ check, reason: 'ticket 7', until });

test('a violation that is named is known until the end of its last day', () => {
  const [first] = results as [Result];
  const known = { reason: 'ticket 7', until: '2026-12-31' };
  expect(withKnown(first, [entry('group.key/duplicate')], '2026-12-31').known).toEqual(known);
  expect(withKnown(first, [entry('group.key/duplicate')], '2027-01-01').known).toBeUndefined();
  expect(withKnown(first, [entry('group.key/race')], '2026-01-01').known).toBeUndefined();
  expect(withKnown(first, [entry('group.key/*')], '2026-01-01').known).toEqual(known);
  expect(
    withKnown(first, [entry('*', '2026-01-01'), entry('group.*')], '2026-06-01').known,
  ).toEqual(known);
});

test('only a violation is known', () => {
  const told = withBaseline(report, [entry('*')], '2026-06-01', true);
  expect(knownViolations(told.results).map(({ id }) => id)).toEqual([
    'group.key/duplicate',
    'group.key/race',
  ]);
  expect(newViolations(told.results)).toEqual([]);
  expect(told.summary).toEqual(report.summary);
  expect(told.baseline).toEqual({ expired: [], stale: [] });
});

test('what is over, what conforms and what names nothing is said', () => {
  const entries = [
    entry('group.key/race', '2026-05-31'),
    entry('group.name/*', '2026-05-31'),
    entry('group.size/kept'),
    entry('group.time/kept'),
    entry('group.nmae/kept'),
  ];
  expect(withBaseline(report, entries, '2026-06-01', true).baseline).toEqual({
    expired: ['group.key/race: was accepted until 2026-05-31'],
    stale: ['group.name/*: conforms now', 'group.nmae/kept: there is no such check'],
  });
  expect(withBaseline(report, entries, '2026-06-01', false).baseline?.stale).toEqual([
    'group.name/*: conforms now',
  ]);
});

test('a shard does not call stale what another one may find', () => {
  const shard = { ...report, shard: { index: 1, of: 2, planned: 9 } };
  const entries = [entry('group.name/*'), entry('group.key/race', '2026-05-31')];
  expect(withBaseline(shard, entries, '2026-06-01', false).baseline).toEqual({
    expired: ['group.key/race: was accepted until 2026-05-31'],
    stale: [],
  });
});

test('YAML and JSON are read', () => {
  const entries = [{ check: 'a/*', reason: 'because', until: '2026-02-28' }];
  expect(readBaseline(JSON.stringify(entries), 'b.json')).toEqual(entries);
  expect(readBaseline('- { check: a/*, reason: because, until: 2026-02-28 }', 'b.yaml')).toEqual(
    entries,
  );
  expect(readBaseline('[]', 'b.yaml')).toEqual([]);
});

test.each([
  ['no list', 'check: a', /^b\.yaml: must be a list/],
  ['no entry', '- a', /b\.yaml:1:\d+ check is missing/],
  ['no reason', '- { check: a, until: 2026-01-01 }', /b\.yaml:1:\d+ reason is missing/],
  ['an empty reason', '- { check: a, reason: " ", until: 2026-01-01 }', /1:\d+ reason is missing/],
  ['no day', '- check: a\n  reason: r', /b\.yaml:1:\d+ until is missing/],
  [
    'a day that is none',
    '- check: a\n  reason: r\n  until: 2026-02-30',
    /b\.yaml:3:\d+ until 2026-02-30 is no day/,
  ],
  ['a time', '- { check: a, reason: r, until: 2026-01-01T00:00:00Z }', /is no day/],
  [
    'a key that is not known',
    '- { check: a, raeson: r, until: 2026-01-01, reason: r }',
    /"raeson" is not known \(did you mean reason/,
  ],
  [
    'the reason that is written for you',
    `- { check: a, reason: ${NO_REASON}, until: 2026-01-01 }`,
    /a has no reason yet/,
  ],
])('%s is refused, with its place', (_, text, message) => {
  expect(() => readBaseline(text, 'b.yaml')).toThrow(message);
});

test('all mistakes are told at once', () => {
  const read = () => readBaseline('- { check: a }\n- { check: b }', 'b.yaml');
  expect(read).toThrow(/(.*is missing.*\n){3}.*is missing/);
});

test('what is written counts once reasons are filled in, and keeps those that are there', () => {
  const now = Date.parse('2026-06-01T12:00:00Z');
  const { results: told } = withBaseline(report, [entry('*/race')], '2026-06-01', true);
  const text = baselineText(told, now);
  expect(() => readBaseline(text, 'b.yaml')).toThrow('group.key/duplicate has no reason yet');
  expect(readBaseline(text.replace(NO_REASON, 'ticket 8'), 'b.yaml')).toEqual([
    { check: 'group.key/duplicate', reason: 'ticket 8', until: '2026-07-01' },
    { check: 'group.key/race', reason: 'ticket 7', until: '2026-12-31' },
  ]);
  expect(readBaseline(baselineText([], now), 'b.yaml')).toEqual([]);
});
