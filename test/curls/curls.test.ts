// Every rule that can refuse does so at the demo, with the one request that fixtures/README.md gives for it.
// `npm run docs` writes these requests; here the very text of each line is sent.

import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningMock, startMock } from '../../src/server/start.ts';
import { ROOT } from '../http/mock.ts';
import { parseLine, URL_NAME } from './line.ts';
import { isClean, isRefused } from './provoke.ts';
import { foundFor, requestOf, sectionOf, told } from './section.ts';
import { APIS, contractFile, demoFile } from './world.ts';
import { EXCUSED, WRITTEN } from './written.ts';

const PAGE = join(ROOT, 'fixtures/README.md');
const PART = /<!-- generated: refusals (\w+) -->\n([\s\S]*?)<!-- end -->/g;
const read = () => readFileSync(PAGE, 'utf8');

test('fixtures/README.md holds a request for every rule that refuses', () => {
  const written = read();
  expect([...written.matchAll(PART)].map(([, api]) => api)).toEqual([...APIS]);
  const right = written.replaceAll(PART, (_, api: string) => {
    return `<!-- generated: refusals ${api} -->\n${sectionOf(api)}<!-- end -->`;
  });
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(PAGE, right);
  else expect(written).toBe(right);
});

test.each(APIS)('%s: every rule that refuses has a request or an excuse, and not both', (api) => {
  const { rules, requests } = foundFor(api);
  const without = rules.map(({ id }) => id).filter((id) => !requests.has(id));
  expect(rules.length).toBeGreaterThan(10);
  expect(without).toEqual(Object.keys(EXCUSED[api] ?? {}));
});

test.each(APIS)(
  '%s: what was written by hand is needed, and breaks nothing but its rule',
  (api) => {
    const { world, rules, searched } = foundFor(api);
    for (const [id, written] of Object.entries(WRITTEN[api] ?? {})) {
      expect(searched.has(id), `${id} is found by the search: take it out of written.ts`).toBe(
        false,
      );
      const rule = rules.find((one) => one.id === id);
      if (rule === undefined) throw new Error(`${api} has no rule ${id} that refuses`);
      const request = requestOf(world, written);
      expect(isRefused(world, rule, request), `${id} refuses it`).toBe(true);
      expect(isClean(world, rule, request), `${id} alone refuses it`).toBe(true);
    }
  },
);

interface Given {
  readonly rule: string;
  /** As in `**400 validation_error**`. */
  readonly answer: string;
  readonly line: string;
}

const BLOCK = /^`([\w.-]+)` .* (\*\*\d{3}(?: \w+)?\*\*)\n\n```sh\n(.*)\n```$/gm;

/** What the page gives for an API. */
function givenFor(api: string): Given[] {
  const [, , text = ''] = [...read().matchAll(PART)].find(([, name]) => name === api) ?? [];
  return [...text.matchAll(BLOCK)].map(([, rule = '', answer = '', line = '']) => ({
    rule,
    answer,
    line,
  }));
}

let mock: RunningMock;
let hasCurl = false;
const run = promisify(execFile);

beforeAll(async () => {
  const apis = APIS.map((api) => ({ contract: contractFile(api), fixture: demoFile(api) }));
  mock = await startMock({ apis });
  const version = await run('curl', ['--version']).catch(() => undefined);
  hasCurl = version !== undefined;
});
afterAll(() => mock.close());

test.each(APIS)('%s: each line is refused by its rule, as the page says', async (api) => {
  const given = givenFor(api);
  expect(given.map(({ rule }) => rule)).toEqual([...foundFor(api).requests.keys()]);
  for (const { rule, answer, line } of given) {
    const sent = await fetched(line);
    expect(sent, line).toEqual({ rule, answer });
    if (hasCurl) expect(await curled(line), line).toEqual(sent);
  }
});

/** The line's request sent by us: the rule that refused it and what was answered. */
async function fetched(line: string) {
  const { method, target, headers, body } = parseLine(line);
  const sent = body === undefined ? {} : { body };
  const response = await fetch(mock.url + target, { method, headers, ...sent });
  const { status } = response;
  return {
    rule: response.headers.get('x-tallystick-rule'),
    answer: told({ status, body: JSON.parse(await response.text()) }),
  };
}

/** The same, by a shell and curl. */
async function curled(line: string) {
  const env = { ...process.env, no_proxy: '*', [URL_NAME]: mock.url };
  const { stdout } = await run('sh', ['-c', line], { env });
  const [head = '', text = ''] = stdout.split('\r\n\r\n');
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1]);
  return {
    rule: /^x-tallystick-rule: (.*)$/im.exec(head)?.[1]?.trim() ?? null,
    answer: told({ status, body: JSON.parse(text) }),
  };
}

test.each([
  'curl -sS "$TALLYSTICK_URL/fynn/customers"',
  'curl -sS -i http://127.0.0.1:4620/fynn/customers',
  'curl -sS -i "$TALLYSTICK_URL/fynn/$(id)"',
  'curl -sS -i "$TALLYSTICK_URL/fynn/customers" -d \'{}\'',
  "curl -sS -i \"$TALLYSTICK_URL/fynn/customers\" --data 'it's'",
  'curl -sS -i "$TALLYSTICK_URL/fynn/customers" ; true',
])('a line of another form is not read: %s', (line) => {
  expect(() => parseLine(line)).toThrow('no line that can be read');
});

test('what is quoted in a line comes back', () => {
  const line = `curl -sS -i -X POST "$TALLYSTICK_URL/a" -H 'b: c' --data '{"d":"it'\\''s"}'`;
  expect(parseLine(line)).toEqual({
    method: 'POST',
    target: '/a',
    headers: { b: 'c' },
    body: `{"d":"it's"}`,
  });
});
