// GitHub: one command a line whatever a server says, and a summary that no answer breaks out of.

import { expect, test } from 'vitest';
import { githubAnnotations, githubSummary } from '../../src/report/github.ts';
import { colorsFor, listLine, listSummary } from '../../src/report/list.ts';
import { report } from './hostile.ts';

const lines = githubAnnotations(report).split('\n');

test('each violation, flaky check and note is one command', () => {
  expect(lines.pop()).toBe('');
  expect(lines.map((line) => /^::(\w+) ?([^:]*)::/.exec(line)?.slice(1))).toEqual([
    ['error', 'file=contracts/a%2Cb%3Ac%25.yaml,line=12,col=3,title=group.key-unique/duplicate'],
    ['error', 'file=specs/my spec.yaml,title=createGroup/server-error'],
    ['error', 'title=createGroup/status'],
    ['warning', 'file=contracts/a%2Cb%3Ac%25.yaml,line=12,col=3,title=group.key-unique/freed'],
    ['notice', 'file=contracts/a%2Cb%3Ac%25.yaml,line=12,col=3,title=group.key-unique/race'],
    ['warning', ''],
    ['warning', ''],
  ]);
});

test('signs that would end a command or a property are escaped', () => {
  expect(lines[0]).toContain('%250A::error::%0A::set-output');
  expect(githubAnnotations(report)).not.toMatch(/\r/);
});

test('a title with every sign that means something is escaped', () => {
  const [first] = report.results as [(typeof report.results)[0]];
  const odd = { ...first, id: 'a,b:c%d\r\ne' };
  expect(githubAnnotations({ ...report, results: [odd] })).toContain(
    'title=a%2Cb%3Ac%25d%0D%0Ae::',
  );
});

test('the summary holds no markup but its own', () => {
  const summary = githubSummary(report);
  const tags = [...summary.matchAll(/<[^>]*>/g)].map(([tag]) => tag);
  expect([...new Set(tags)].sort()).toEqual(
    ['<details>', '</details>', '<summary>', '</summary>', '<pre>', '</pre>'].sort(),
  );
  // Within <pre> Markdown is not read; a second `<pre` or an early end would show among the tags.
  expect(tags.filter((tag) => tag.endsWith('pre>'))).toHaveLength(6);
  const outside = summary.replace(/<pre>[\s\S]*?<\/pre>/g, '');
  expect(outside).not.toMatch(/alert\(1\)|\[x\]|@everyone|http:\/\/evil|`/);
  expect(summary).toContain('&#64;everyone');
  expect(summary).toContain('| 1 | 3 | 1 | 1 | 1 | 100 % |');
});

test('a summary of very many violations stays below the limit', () => {
  const many = Array.from({ length: 2000 }, () => report.results[0] as (typeof report.results)[0]);
  const summary = githubSummary({ ...report, results: many });
  expect(summary).toMatch(/… and 1\d\d\d more/);
  expect(Buffer.byteLength(summary)).toBeLessThan(1024 * 1024);
});

test('the list can neither move the cursor nor begin a command', () => {
  const colors = colorsFor({});
  const text = [
    ...report.results.map((result) => listLine(result, colors)),
    listSummary(report, colors),
  ].join('\n');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: none of these may be left
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u202e]/);
  expect(text).not.toMatch(/^\s*::/m);
  expect(text).toContain('! group.key-unique/race (known until 2026-12-31: mended in May');
  expect(text).toContain('1 conform, 3 violated, 1 known, 1 not exercised, 1 flaky');
  expect(text).toContain('baseline, stale: y/z: conforms now');
});
