// One report in every form: what a person, a script and three CI systems read.

import { createColors } from 'picocolors';
import { expect, test } from 'vitest';
import type { LintReport } from '../../src/lint/files.ts';
import { lintRules } from '../../src/lint/index.ts';
import { lintGithub } from '../../src/report/lint-github.ts';
import { lintJson } from '../../src/report/lint-json.ts';
import { lintJunit } from '../../src/report/lint-junit.ts';
import { lintPretty } from '../../src/report/lint-pretty.ts';
import { lintSarif } from '../../src/report/lint-sarif.ts';

const place = (file: string, line: number, column: number) => ({ file, line, column });

/** Two files with findings, one of them from a text that wants to break out, and one that is clean. */
const report: LintReport = {
  files: ['a b.yaml', 'clean.yaml', 'spec.yaml'],
  findings: [
    {
      check: 'contract/error-used',
      severity: 'warning',
      message: 'no rule refuses with <"&\u001b[31m> ::error::x',
      place: place('a b.yaml', 9, 3),
      pointer: '/errors/x',
    },
    {
      check: 'contract/error-used',
      severity: 'warning',
      message: 'another',
      place: place('a b.yaml', 12, 3),
      pointer: '/errors/y',
    },
    {
      check: 'openapi/struct',
      severity: 'error',
      message: '100 % wrong,\nin two lines',
      place: place('spec.yaml', 100, 10),
    },
  ],
  ignored: [
    {
      finding: {
        check: 'contract/has-check',
        severity: 'warning',
        message: 'no check',
        place: place('clean.yaml', 4, 1),
        pointer: '/rules/a.b',
      },
      reason: 'later',
      until: '2027-01-31',
    },
  ],
  rules: lintRules,
};

test('pretty groups by file, and says once what to do', () => {
  const mend = lintRules.find(({ id }) => id === 'contract/error-used')?.mend;
  expect(lintPretty(report, createColors(false))).toBe(`a b.yaml
  9:3   warning  no rule refuses with <"&\\u001b[31m> ::error::x  contract/error-used
        → ${mend}
  12:3  warning  another  contract/error-used

spec.yaml
  100:10  error    100 % wrong,\\u000ain two lines  openapi/struct

3 files: 1 error, 2 warnings, 1 ignored
`);
});

test('pretty has colours where it is told to, and few words where all is well', () => {
  expect(lintPretty(report, createColors(true))).toContain('\u001b[31merror  \u001b[39m');
  const clean = { ...report, findings: [], ignored: [], files: ['clean.yaml'] };
  expect(lintPretty(clean, createColors(false))).toBe('1 file: 0 errors, 0 warnings\n');
});

test('json has the rule, its reasons and the place of each', () => {
  const { version, summary, findings, ignored } = JSON.parse(lintJson(report));
  expect([version, summary]).toEqual([1, { errors: 1, warnings: 2, ignored: 1 }]);
  expect(findings[0]).toMatchObject({
    rule: 'contract/error-used',
    severity: 'warning',
    file: 'a b.yaml',
    line: 9,
    column: 3,
    pointer: '/errors/x',
  });
  expect(findings[0].says).toMatch(/\.$/);
  expect(findings[2]).not.toHaveProperty('says');
  expect(ignored).toMatchObject([{ rule: 'contract/has-check', until: '2027-01-31' }]);
});

test('junit fails for errors alone, skips what is ignored, and has a case for a clean file', () => {
  const xml = lintJunit(report);
  expect(xml.match(/<failure /g)).toHaveLength(1);
  expect(xml.match(/<skipped /g)).toHaveLength(1);
  expect(xml.match(/<testsuite /g)).toHaveLength(3);
  expect(xml).toContain(
    '<testsuite name="a b.yaml" tests="2" failures="0" errors="0" skipped="0">',
  );
  expect(xml).toContain('&lt;"&amp;\\u001b[31m&gt;');
  expect(xml).toContain('message="100 % wrong,&#10;in two lines"');
  const clean = lintJunit({ ...report, findings: [], ignored: [], files: ['clean.yaml'] });
  expect(clean).toContain('<testcase classname="clean.yaml" name="lint"/>');
});

test('github has one command a finding, which no text can break out of', () => {
  expect(lintGithub(report).split('\n')).toEqual([
    '::warning file=a b.yaml,line=9,col=3,title=contract/error-used::no rule refuses with <"&\u001b[31m> ::error::x',
    '::warning file=a b.yaml,line=12,col=3,title=contract/error-used::another',
    '::error file=spec.yaml,line=100,col=10,title=openapi/struct::100 %25 wrong,%0Ain two lines',
    '',
  ]);
});

test('sarif names each rule once, and keeps what is ignored as suppressed', () => {
  const { runs, version } = JSON.parse(lintSarif(report));
  const [{ tool, results }] = runs;
  expect(version).toBe('2.1.0');
  const ids = tool.driver.rules.map(({ id }: { id: string }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { ruleId, ruleIndex } of results) expect(ids[ruleIndex]).toBe(ruleId);
  expect(results.map(({ level }: { level: string }) => level)).toEqual([
    'warning',
    'warning',
    'error',
    'warning',
  ]);
  expect(results[0].locations[0].physicalLocation).toEqual({
    artifactLocation: { uri: 'a%20b.yaml' },
    region: { startLine: 9, startColumn: 3 },
  });
  expect(results[3].suppressions).toEqual([
    { kind: 'inSource', status: 'accepted', justification: 'until 2027-01-31: later' },
  ]);
});
