// JUnit: well-formed whatever a server answers, a suite for each rule, a case for each check.

import { expect, test } from 'vitest';
import { junitReport } from '../../src/report/junit.ts';
import { HOSTILE, report } from './hostile.ts';
import { type Element, readXml } from './xml.ts';

const cases = (suite: Element) => suite.children.filter(({ name }) => name === 'testcase');
const inside = (element: Element | undefined, name: string) =>
  element?.children.filter((child) => child.name === name) ?? [];

test('the reader refuses what is not well-formed', () => {
  const head = '<?xml version="1.0" encoding="UTF-8"?>\n';
  expect(readXml(`${head}<a b="1&amp;">x<c/></a>`)).toMatchObject({ attributes: { b: '1&' } });
  for (const text of ['<a>', '<a b=1/>', '<a>&x;</a>', '<a>&</a>', '<a>\u0001</a>', '<a b="<"/>']) {
    expect(() => readXml(head + text), text).toThrow();
  }
  for (const text of ['<a>]]></a>', '<a>&#0;</a>', '<a/><b/>', '<a>\ud800</a>', '<a b="" b=""/>']) {
    expect(() => readXml(head + text), text).toThrow();
  }
});

test('a hostile report is well-formed, and all its checks are there', () => {
  const root = readXml(junitReport(report));
  expect(root.attributes).toEqual({
    name: 'tallystick flexprice',
    tests: '7',
    failures: '3',
    errors: '0',
    skipped: '2',
  });
  expect(root.children.map(({ attributes }) => attributes)).toEqual([
    { name: 'group.key-unique', tests: '4', failures: '1', errors: '0', skipped: '2' },
    { name: 'spec.server-error', tests: '1', failures: '1', errors: '0', skipped: '0' },
    { name: 'spec.status', tests: '1', failures: '1', errors: '0', skipped: '0' },
    { name: 'list.pages', tests: '1', failures: '0', errors: '0', skipped: '0' },
  ]);
  expect(root.children.flatMap(cases).map(({ attributes }) => attributes['name'])).toEqual(
    report.results.map(({ id }) => id),
  );
});

test('each verdict has its form', () => {
  const [suite] = readXml(junitReport(report)).children as [Element];
  const [violated, known, flaky, notExercised] = cases(suite);
  const [failure] = inside(violated, 'failure');
  expect(failure?.attributes['type']).toBe('group.key-unique');
  expect(failure?.attributes['message']).toContain('expected 400, got 500 </pre></details>');
  expect(failure?.text).toContain('contracts/a,b:c%.yaml:12:3');
  expect(failure?.text).toContain('POST');
  expect(violated?.attributes).toMatchObject({
    classname: 'flexprice.group.key-unique',
    file: 'contracts/a,b:c%.yaml',
    line: '12',
  });
  expect(inside(known, 'failure')).toEqual([]);
  expect(inside(known, 'skipped')[0]?.attributes['message']).toContain(
    'known until 2026-12-31: mended in May',
  );
  expect(inside(flaky, 'skipped').concat(inside(flaky, 'failure'))).toEqual([]);
  expect(inside(flaky, 'system-out')[0]?.text).toContain('flaky: once');
  expect(inside(notExercised, 'skipped')[0]?.attributes['message']).toContain('alert(1)');
});

test('what XML forbids is shown, not lost', () => {
  expect(HOSTILE).toContain('\u0000');
  expect(junitReport(report)).toContain('\\u0000\\u0001\\u0008\\u000b\\u001b[2J');
  expect(junitReport(report)).toContain('\\ud800 \\udc00 \u{1f600}');
});
