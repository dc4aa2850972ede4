// The page: one file, no script, nothing from elsewhere, and nothing that a server says is markup.

import { expect, test } from 'vitest';
import { htmlReport } from '../../src/report/html.ts';
import { HOSTILE, report } from './hostile.ts';

const page = htmlReport(report);

/** Every tag of the page with its attributes; a `<` that begins none of ours would show here. */
const tags = [...page.matchAll(/<(\/?)([^\s>]*)([^>]*)>/g)].map(([, , name = '', rest = '']) => ({
  name,
  attributes: [...rest.matchAll(/([\w-]+)(?:="[^"]*")?/g)].map(([, attribute]) => attribute),
  rest,
}));

test('only tags and attributes of ours are on it', () => {
  const known =
    '!doctype html head meta title style body header h1 h2 h4 ul li b p br small section details summary table thead tbody tr th td code pre del ins';
  expect([...new Set(tags.map(({ name }) => name))].sort()).toEqual(known.split(' ').sort());
  const attributes = new Set(
    tags.flatMap((tag) => (tag.name === '!doctype' ? [] : tag.attributes)),
  );
  expect([...attributes].sort()).toEqual(
    ['lang', 'charset', 'name', 'content', 'http-equiv', 'class', 'open', 'scope'].sort(),
  );
});

test('every tag that is opened is closed, in order', () => {
  const open: string[] = [];
  for (const [, end, name = ''] of page.matchAll(/<(\/?)([a-z][a-z0-9]*)[^>]*>/g)) {
    if (['meta', 'br'].includes(name)) continue;
    if (end === '') open.push(name);
    else expect(open.pop()).toBe(name);
  }
  expect(open).toEqual([]);
});

test('it loads nothing and forbids itself to', () => {
  expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
  expect(tags.filter(({ rest }) => /\b(?:src|href|style|on\w+)\s*=/.test(rest))).toEqual([]);
  expect(page.slice(page.indexOf('<style>'), page.indexOf('</style>'))).not.toMatch(
    /url\(|@import/,
  );
});

test('what a server says is there, as text', () => {
  expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  expect(page).toContain(
    '&lt;img src=x onerror=alert(1)&gt; &quot; onmouseover=&quot;alert(1)&quot;',
  );
  expect(page).toContain('\\u0000\\u0001');
  expect(HOSTILE).toContain('\u202e');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: none of these may be left
  expect(page).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
});

test('a violation shows what was expected, what came, its requests and answers, and how to repeat them', () => {
  expect(page).toContain('<del>- expected  400</del>\n<ins>+ received  500 ');
  expect(page).toContain('<del>- expected  201</del>\n<ins>+ received  202</ins>');
  expect(page).toMatch(/<summary><code>POST \/groups\?q=[^<]*<\/code> 500<\/summary>/);
  expect(page).toContain('<h4>Answer 500</h4>');
  expect(page).toMatch(/<details><summary>curl<\/summary><pre>[\s\S]*POST/);
  expect(page).toContain('contracts/a,b:c%.yaml:12:3');
});

test('summary and coverage count what is there', () => {
  const counts = [...page.matchAll(/<li class="(\w+)"><b>(\d+)<\/b>/g)].map(([, kind, count]) => [
    kind,
    Number(count),
  ]);
  expect(counts).toEqual([
    ['conforms', 1],
    ['violated', 3],
    ['known', 1],
    ['notExercised', 1],
    ['flaky', 1],
  ]);
  expect(page).toContain('<h2>Operations (2)</h2>');
  expect(page).toContain('<h2>Rules (4)</h2>');
  expect(page).toContain(
    '<code>createGroup</code></th><td class="none">0</td><td class="violated">4</td><td class="notExercised">1</td><td class="flaky">1</td>',
  );
  expect(page).toContain('Known until 2026-12-31: mended in May');
});

test('it is readable in the dark', () => {
  expect(page).toContain('<meta name="color-scheme" content="light dark">');
  expect(page).toContain('@media (prefers-color-scheme: dark)');
});

test('a huge answer is cut', () => {
  const [first] = report.results as [(typeof report.results)[0]];
  const [asked] = first.requests ?? [];
  if (asked === undefined) throw new Error('no request in the report');
  const received = { status: 200, headers: {}, body: 'x'.repeat(1_000_000) };
  const huge = { ...first, requests: [{ ...asked, received }] };
  const long = htmlReport({ ...report, results: [huge] });
  expect(long).toContain('... (980000 more)');
  expect(long.length).toBeLessThan(200_000);
});
