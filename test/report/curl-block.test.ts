// The block that repeats a violation, run by sh against a server that writes down what it gets.

import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Exchange, Result } from '../../src/conformance/verdict.ts';
import type { HttpRequest } from '../../src/model/http.ts';
import type { Json } from '../../src/model/json.ts';
import { curlBlock } from '../../src/report/curl-block.ts';
import { pasted } from '../conformance/pasted.ts';
import { type Listener, listen } from './listener.ts';

const SEED = 7;
const SECRETS = {
  TALLYSTICK_HEADER: 'x-api-key: secret-one',
  TALLYSTICK_OTHER_HEADER: 'x-api-key: secret-two',
};
const HOSTILE = `it's "two" \${HOME} $(id) \`id\` \\ \\n %41 & ; | * ? ~ # ! <b> \n\r\t\0\u001b \u202e\u2028 Größe 東京 🧾`;

let server: Listener;
beforeAll(async () => {
  server = await listen();
});
afterAll(() => server.close());

type Sent = Partial<Omit<HttpRequest, 'query'>> & { readonly query?: Record<string, string> };

function exchange(sent: Sent, answer?: Json, more: Partial<Exchange> = {}): Exchange {
  const { query = {}, ...rest } = sent;
  const request = {
    method: 'POST',
    path: '/groups',
    query: new Map(Object.entries(query).map(([name, value]) => [name, [value]])),
    headers: {
      'x-api-key': 'secret-one',
      ...(rest.body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...rest,
  };
  const body = answer === undefined ? {} : { body: answer };
  return { request, received: { status: 200, headers: {}, ...body }, operation: 'doIt', ...more };
}

function block(requests: readonly Exchange[], more: Partial<Result> = {}): string {
  const result: Result = {
    id: 'group.rule/probe',
    rule: 'group.rule',
    says: 'A rule.',
    basis: 'documented',
    source: 'a page',
    operation: 'doIt',
    verdict: 'violated',
    reason: 'it was otherwise',
    requests,
    ...more,
  };
  return curlBlock({ target: server.url, seed: SEED }, result);
}

/** What the server got when the block was pasted; it answers what the exchanges were answered. */
async function got(
  requests: readonly Exchange[],
  text = block(requests),
  variables: Record<string, string> = SECRETS,
) {
  server.answers(
    requests.map(({ received }) => ('failure' in received ? undefined : received.body)),
  );
  const printed = await pasted(text, variables);
  return { printed, requests: server.taken() };
}

/** Without what is for people. */
function run(text: string): string {
  return text
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .join('\n');
}

test('every text arrives as it was sent, in a body, a path and a query', async () => {
  const body = { [HOSTILE]: HOSTILE, list: [HOSTILE, 1.5, null, true, {}, []], at: '@/etc/passwd' };
  const exchanges = [
    exchange({ body }),
    exchange({
      method: 'GET',
      path: `/groups/${encodeURIComponent(HOSTILE)}`,
      query: { [HOSTILE]: HOSTILE },
    }),
  ];
  const { requests } = await got(exchanges);
  expect(requests.map(({ method }) => method)).toEqual(['POST', 'GET']);
  expect(JSON.parse(requests[0]?.body ?? '')).toEqual(body);
  const url = new URL(requests[1]?.url ?? '', 'http://x');
  expect(decodeURIComponent(url.pathname)).toBe(`/v1/groups/${HOSTILE}`);
  expect([...url.searchParams]).toEqual([[HOSTILE, HOSTILE]]);
});

test('a body that is no JSON goes out as it stands; a NUL in it is left out, and the block says so', async () => {
  const raw = `@{"name": 'it's $HOME \`id\`\n\\`;
  const exchanges = [raw, `${raw}\0`].map((body) => exchange({ body, bodyFault: 'malformed' }));
  const { requests } = await got(exchanges);
  expect(requests.map(({ body }) => body)).toEqual([raw, raw]);
  expect(block(exchanges).match(/NUL/g)).toHaveLength(1);
  expect(block(exchanges)).not.toContain('\0');
});

test('nothing that a server or a document says is run', async () => {
  const evil = "\n touch pwned\n' ; touch pwned; $(touch pwned)\r\n`touch pwned`";
  const exchanges = [exchange({ body: {} }, { message: evil }, { operation: evil, route: evil })];
  const text = block(exchanges, { id: evil, says: evil, source: evil, reason: evil });
  const { requests } = await got(exchanges, text);
  expect(requests).toHaveLength(1);
  expect(
    run(text)
      .replaceAll("'\\''", '')
      .split("'")
      .filter((_, i) => i % 2 === 0)
      .join(' '),
  ).not.toContain('pwned');
  expect(text.split('\n').filter((line) => line.startsWith(' touch'))).toEqual([]);
});

test('ids and times are read from the answers, and sent as the server gave them this time', async () => {
  const first = {
    note: 'a text with "id":"nothing" and {"id": 1} in it',
    items: [{ id: 'group_0001' }, { id: 'group_0002', made: '2026-01-02T03:04:05+00:00' }],
    id: 'group_0003',
    number: { id: 41 },
  };
  const exchanges = [
    exchange({ body: {} }, first),
    exchange({
      method: 'GET',
      path: '/groups/group_0002',
      query: { after: '2026-01-02T03:04:05+00:00', ids: 'group_0001,group_0003' },
    }),
    exchange({
      path: '/groups/41',
      body: { of: 41, also: ['group_0003'], text: 'see group_0001.' },
    }),
  ];
  const text = block(exchanges);
  expect(run(text)).not.toMatch(/group_000\d/);
  const again = JSON.parse(
    JSON.stringify(first)
      .replaceAll('group_', 'GROUP-')
      .replace('41', '77')
      .replace('2026', '2027'),
  ) as Json;
  for (const answer of [again, JSON.stringify(again, null, 2), JSON.stringify(again, null, '\t')]) {
    server.answers([answer]);
    await pasted(text, SECRETS);
    const [, second, third] = server.taken();
    expect(second?.url).toBe(
      '/v1/groups/GROUP-0002?after=2027-01-02T03%3A04%3A05%2B00%3A00&ids=GROUP-0001%2CGROUP-0003',
    );
    expect(third?.url).toBe('/v1/groups/77');
    expect(JSON.parse(third?.body ?? '')).toEqual({
      of: 77,
      also: ['GROUP-0003'],
      text: 'see GROUP-0001.',
    });
  }
});

test('what we sent first is ours, wherever it comes back, and words are not followed', async () => {
  const exchanges = [
    exchange({ body: { code: 'A-code-1', state: 'x' } }, { code: 'A-code-1', state: 'published' }),
    exchange({ body: { code: 'A-code-1', state: 'published' } }),
  ];
  expect(run(block(exchanges))).not.toContain('pick');
  const { requests } = await got(exchanges);
  expect(JSON.parse(requests[1]?.body ?? '')).toEqual({ code: 'A-code-1', state: 'published' });
});

test('what is only known from a later answer is sent as it stands', async () => {
  const body = { name: 'a long name 2, which is cut' };
  const exchanges = [exchange({ body }, { name: 'a long name 2' }), exchange({ body })];
  expect(run(block(exchanges.slice(0, 1)))).not.toContain('pick');
  const { requests } = await got(exchanges);
  expect(JSON.parse(requests[0]?.body ?? '')).toEqual(body);
});

test('fresh values are new in each run, the same within one, in any case', async () => {
  const exchanges = [
    exchange({ body: { 'ts-7-1': 'ts-7-1', upper: 'TS-7-2', inside: 'a ts-7-3-Kept' } }),
    exchange({ method: 'GET', path: '/groups/ts-7-1', query: { not: 'ts-77-1 ts-7' } }),
  ];
  const { requests } = await got(exchanges);
  const body = JSON.parse(requests[0]?.body ?? '') as Record<string, string>;
  const [, mark = ''] = /^ts-(\d{11,})-1$/.exec(Object.keys(body)[0] ?? '') ?? [];
  expect(mark).not.toBe('');
  expect(body).toEqual({
    [`ts-${mark}-1`]: `ts-${mark}-1`,
    upper: `TS-${mark}-2`,
    inside: `a ts-${mark}-3-Kept`,
  });
  expect(requests[1]?.url).toBe(`/v1/groups/ts-${mark}-1?not=ts-77-1%20ts-${mark}`);
});

test.each(['whole', 'hidden'])('each sender has its own headers, with %s reports', async (how) => {
  const as = (by: Exchange['by'], headers: Record<string, string>) => {
    const shown = Object.entries(headers).map(([name, value]) => [
      name,
      name.startsWith('x-env') || how === 'whole' ? value : '***',
    ]);
    return exchange(
      { method: 'GET', headers: Object.fromEntries(shown) },
      undefined,
      by === undefined ? {} : { by },
    );
  };
  const mine = { authorization: 'Bearer secret-one', 'x-environment-id': 'prod' };
  const exchanges = [
    as(undefined, mine),
    as('other', { authorization: 'Bearer secret-two' }),
    as('elsewhere', { ...mine, 'x-environment-id': 'prod-ts-7' }),
    as('nobody', { 'x-environment-id': 'prod' }),
    as('stranger', { ...mine, authorization: 'Bearer tallystick-stranger-0000000000' }),
  ];
  const text = block(exchanges);
  expect(text).not.toContain('secret');
  const { requests } = await got(exchanges, text, {
    TALLYSTICK_HEADER: 'Authorization: Bearer secret-one\nX-Environment-Id: prod',
    TALLYSTICK_OTHER_HEADER: 'authorization: Bearer secret-two',
  });
  const seen = requests.map(({ headers }) => [
    headers['authorization'],
    headers['x-environment-id']?.replace(/\d{11,}/, 'N'),
  ]);
  expect(seen).toEqual([
    ['Bearer secret-one', 'prod'],
    ['Bearer secret-two', undefined],
    ['Bearer secret-one', 'env-ts-N'],
    [undefined, 'prod'],
    ['Bearer tallystick-stranger-0000000000', 'prod'],
  ]);
});

test('a key without a scheme is made up without one, and without a variable nothing is sent', async () => {
  const headers = { 'x-api-key': 'tallystick-stranger-0000000000' };
  const exchanges = [
    exchange({ method: 'GET' }),
    exchange({ method: 'GET', headers }, undefined, { by: 'stranger' }),
  ];
  const { requests } = await got(exchanges);
  expect(requests.map((request) => request.headers['x-api-key'])).toEqual([
    'secret-one',
    'tallystick-stranger-0000000000',
  ]);
  await expect(pasted(block(exchanges), {})).rejects.toThrow('TALLYSTICK_HEADER');
  expect(server.taken()).toEqual([]);
});

test('many that are alike are a loop, each with values of its own, unless one is named later', async () => {
  const many = Array.from({ length: 12 }, (_, i) =>
    exchange({ body: { key: `ts-7-${i}`, same: 'x' } }, { id: `group_000${i}` }),
  );
  const named = [...many, exchange({ method: 'GET', path: '/groups/group_0007' })];
  const looped = await got(many);
  expect(new Set(looped.requests.map(({ body }) => body)).size).toBe(12);
  expect(block(many).match(/\bask -X/g)).toHaveLength(1);
  expect((await got(named)).requests.at(-1)?.url).toBe('/v1/groups/group_0007');
  // Those up to the one that is named stand by themselves, the other four are a loop.
  expect(block(named).match(/\bask -X/g)).toHaveLength(9);
});

test('a race is sent at once, and prints its statuses', async () => {
  const race = Array.from({ length: 8 }, () =>
    exchange({ body: { key: 'ts-7-1' } }, {}, { race: true }),
  );
  server.hold(8);
  const { printed, requests } = await got(race);
  expect(requests).toHaveLength(8);
  expect(new Set(requests.map(({ body, url }) => `${url} ${body}`)).size).toBe(1);
  expect(printed.map(({ status }) => status)).toEqual(Array(8).fill(200));
});

test('a pause is a sleep, what was made before comes first, and the block works where it is indented', async () => {
  const setup = [exchange({ path: '/plans', body: {} }, { id: 'plan_0001' })];
  const requests = [exchange({ body: { plan: 'plan_0001' } }, undefined, { paused: 1100 })];
  const text = block(requests, { setup });
  expect(text.split('\n').filter((line) => line.startsWith('sleep'))).toEqual(['sleep 2']);
  const indented = text.replace('sleep 2', ':').replaceAll(/^/gm, '         ');
  expect(
    (await got([...setup, ...requests], indented)).requests.map(({ url, body }) => [url, body]),
  ).toEqual([
    ['/v1/plans', '{}'],
    ['/v1/groups', '{"plan":"plan_0001"}'],
  ]);
});

test('it begins with what should be and was, ends with where to look, and names no other tool', () => {
  const text = block([
    exchange({ body: {} }, { id: 'group_0001' }),
    exchange({ path: '/groups/group_0001' }),
  ]);
  const lines = text.trimEnd().split('\n');
  expect(lines.slice(0, 3)).toEqual([
    '# group.rule/probe',
    '# Should be: A rule. (documented: a page)',
    '# Was: it was otherwise',
  ]);
  expect(lines.at(-1)).toBe('# Look at the last answer: it was otherwise');
  expect(text).not.toMatch(/\b(jq|python|node|awk|grep|tr|cut)\b/);
  expect(block([])).toBe('');
});
