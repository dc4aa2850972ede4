// The fixed corpus: each kind of hostility at every operation that it fits.

import { brotliCompressSync, deflateRawSync, gzipSync } from 'node:zlib';
import type { JsonObject } from '../../src/model/json.ts';
import type { Operation } from '../../src/spec/spec.ts';
import { type Node, nodeOf, textOf } from './body.ts';
import { CREDENTIALS, HEADERS, METHODS, TYPES } from './heads.ts';
import type { Message } from './message.ts';
import { bodyOf, marked } from './sample.ts';
import type { Shot } from './shot.ts';
import { call, type Target } from './target.ts';
import { IDS, INHERITED, PARAMETERS, QUERIES, VALUES } from './values.ts';

type Twist = (message: Message, tenant: string) => Message;

/** Every case at every operation that it fits; `foreign` are ids of another tenant's records. */
export function corpus(all: readonly Target[], foreign: readonly string[]): Shot[] {
  return all.flatMap((target) =>
    target.operations.flatMap((operation) => [
      ...paths(target, operation, foreign),
      ...queries(target, operation),
      ...heads(target, operation),
      ...bodies(target, operation),
    ]),
  );
}

/** Every field of every body with every value, and then the lists in the order of that field: a volley each. */
export function fields(all: readonly Target[]): Shot[][] {
  return all.flatMap((target) =>
    target.operations.flatMap((operation) => {
      const names = Object.keys(bodyOf(operation)?.fields ?? {});
      return names.map((name) => [
        ...VALUES.map((value) =>
          shot(target, operation, name, withField(target, operation, name, value)),
        ),
        ...sorted(target, name),
      ]);
    }),
  );
}

/** Every list in the order of the field, as one operation or another of the API may ask for it. */
function sorted(target: Target, field: string): Shot[] {
  const named = target.operations.flatMap((operation) => [
    ...operation.parameters.map(({ name }) => name),
    ...Object.keys(bodyOf(operation)?.fields ?? {}),
  ]);
  const names = [...new Set(named)].filter((name) => /^(sort|order)/i.test(name));
  const orders = [field, `-${field}`, [{ field, direction: 'desc' }]];
  const listing = target.reads.filter(({ id }) => id === undefined);
  return listing.flatMap(({ operation }) =>
    names.flatMap((name) =>
      orders.map((order) =>
        shot(target, operation, 'order', (m) =>
          operation.method === 'GET'
            ? { ...m, target: `${m.target}?${name}=${order}` }
            : { ...m, body: Buffer.from(JSON.stringify({ [name]: order })) },
        ),
      ),
    ),
  );
}

function withField(target: Target, operation: Operation, name: string, value: string): Twist {
  const others = Object.entries(freshBody(target, operation) ?? {}).filter(([key]) => key !== name);
  const entries = others.map(([key, child]): [string, Node] => [key, nodeOf(child)]);
  const text = textOf({ entries: [...entries, [name, { text: value }]] });
  return (message) => ({ ...message, body: Buffer.from(text) });
}

let made = 0;

/** A body that the operation takes, even after others of its kind. */
function freshBody(target: Target, operation: Operation): JsonObject | undefined {
  const body = target.taken.get(operation.id);
  if (body === undefined) return undefined;
  const ids = new Set(target.rows.map((row) => String(row['id'])));
  return marked(operation, body, `-${made++}`, ids);
}

/** The operation as it should be called, then twisted. */
function shot(
  target: Target,
  operation: Operation,
  name: string,
  twist: Twist,
  isDirect = true,
): Shot {
  const id = target.ids.get(operation.path)?.[0];
  const body = freshBody(target, operation);
  return {
    name: `${name} at ${operation.id}`,
    target,
    operation,
    isDirect,
    message(tenant) {
      const options = {
        ...(id === undefined ? {} : { id }),
        ...(body === undefined ? {} : { body }),
      };
      return twist(call(target, operation, tenant, options), tenant);
    },
  };
}

function paths(target: Target, operation: Operation, foreign: readonly string[]): Shot[] {
  const { base } = target;
  const at = (name: string, change: (path: string) => string) =>
    shot(target, operation, name, (m) => ({ ...m, target: change(m.target) }), false);
  const ids = operation.path.includes('{') ? [...IDS, ...foreign] : [];
  const named = ids.map((id) =>
    at(`id ${id.slice(0, 30)}`, () => base + operation.path.replace(/\{[^}]+\}/g, () => id)),
  );
  return [
    ...named,
    at('two slashes', (path) => `/${path}`),
    at('slashes inside', (path) => path.replaceAll('/', '//')),
    at('a slash behind', (path) => `${path}/`),
    at('a parameter', (path) => `${path};v=1`),
    at('dots', (path) => `${base}/../..${path}`),
    at('encoded dots', (path) => `/%2e%2e${path}`),
    at('a fragment', (path) => `${path}#x`),
    at('backslashes', (path) => path.replaceAll('/', '\\')),
    at('in capitals', (path) => path.toUpperCase()),
    at('encoded', (path) => path.replace(/[a-z]/g, (c) => `%${c.charCodeAt(0).toString(16)}`)),
    at('a whole URL', (path) => `http://127.0.0.1:1${path}`),
    at('a URL of another kind', (path) => `file://${path}`),
    at('a URL with a user', (path) => `http://a:b@x${path}`),
    at('only a star', () => '*'),
    at('raw UTF-8', (path) => `${path}/é`),
    at('a blank', (path) => `${path} x`),
    at('the admin API behind it', (path) => `${path}/../../_tallystick/v1/reset`),
    at('endless', (path) => path + '/a'.repeat(7_000)),
  ];
}

function queries(target: Target, operation: Operation): Shot[] {
  const ask = (query: string) =>
    shot(target, operation, `?${query.slice(0, 30)}`, (m) => ({
      ...m,
      target: `${m.target}?${query}`,
    }));
  const own = operation.parameters.filter(({ in: at }) => at === 'query');
  return [
    ...QUERIES.map(ask),
    ...INHERITED.map((name) => ask(`${name}=x`)),
    ...own.flatMap(({ name }) => [
      ...PARAMETERS.map((value) => ask(`${name}=${value}`)),
      ask(`${name}=1&${name}=2`),
      ask(`${name}[]=1`),
      ask(`${name}[a][b]=1`),
      ask(name),
    ]),
  ];
}

function heads(target: Target, operation: Operation): Shot[] {
  const [credential] = operation.credentials;
  const credentials = credential === undefined ? [] : CREDENTIALS;
  return [
    ...HEADERS.map((header) =>
      shot(target, operation, `header ${header[0]} ${header[1].slice(0, 20)}`, (m) => ({
        ...m,
        headers: [...m.headers, header],
      })),
    ),
    ...credentials.map((make, i) =>
      shot(target, operation, `credential ${i}`, (m, tenant) => ({
        ...m,
        headers: make(credential?.name ?? '', credential?.prefix ?? '', tenant),
      })),
    ),
    ...METHODS.map((method) =>
      shot(target, operation, method, (m) => ({ ...m, method }), method === operation.method),
    ),
    shot(target, operation, '300 headers', (m) => ({
      ...m,
      headers: [...m.headers, ...Array.from({ length: 300 }, (_, i) => [`x-${i}`, ''] as const)],
    })),
    shot(target, operation, '3,000 headers', (m) => ({
      ...m,
      headers: [...m.headers, ...Array.from({ length: 3_000 }, () => ['x', ''] as const)],
    })),
  ];
}

const MEBI = 1_048_576;
const BROTLI_BOMB = brotliCompressSync(Buffer.alloc(64 * MEBI));
const GZIP_BOMB = gzipSync(Buffer.alloc(64 * MEBI));

function bodies(target: Target, operation: Operation): Shot[] {
  const body = Buffer.from(JSON.stringify(freshBody(target, operation) ?? {}));
  const send = (name: string, bytes: Buffer | string, header?: readonly [string, string]) =>
    shot(target, operation, name, (m) => ({
      ...m,
      headers: header === undefined ? m.headers : [...m.headers.slice(1), header],
      body: Buffer.from(bytes),
    }));
  const strays = [
    send('an empty body', ''),
    send('a body', '{"a":1}'),
    send('half a body', '{"a":'),
    send('a body over the limit', Buffer.alloc(MEBI + 1, ' ')),
    shot(target, operation, 'chunks', (m) => ({ ...m, body: Buffer.from('{"a":1}'), chunk: 1 })),
  ];
  if (bodyOf(operation) === undefined) return strays;
  const zipped = (name: string, bytes: Buffer) => send(name, bytes, ['content-encoding', name]);
  return [
    ...strays,
    shot(target, operation, 'no body', ({ body: _, ...rest }) => rest),
    ...VALUES.map((value) => send(`the body ${value.slice(0, 30)}`, value)),
    ...TYPES.map((type) => send(`the type ${type.slice(0, 40)}`, body, ['content-type', type])),
    send('a BOM', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), body])),
    send('UTF-16', Buffer.from(`\ufeff${body}`, 'utf16le')),
    send('invalid UTF-8', Buffer.concat([body.subarray(0, 3), Buffer.from([0xff, 0xc0, 0xaf])])),
    send('a surrogate in UTF-8', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22])),
    send('NULs', Buffer.alloc(1_000)),
    send('twice', Buffer.concat([body, body])),
    send('in quotes', JSON.stringify(body.toString())),
    send('in an array', `[${body}]`),
    send('JSON5', `{a:1,/* */'b':NaN,}`),
    send('a nest that never closes', '['.repeat(500_000)),
    send('100,000 arrays', '['.repeat(100_000) + ']'.repeat(100_000)),
    send('100,000 elements', `[${'0,'.repeat(100_000)}0]`),
    send('a key of 100,000', `{"${'k'.repeat(100_000)}":1}`),
    send('30,000 keys', `{${Array.from({ length: 30_000 }, (_, i) => `"k${i}":1`).join()}}`),
    send('30,000 times one key', `{${'"a":1,'.repeat(30_000)}"a":1}`),
    zipped('gzip', gzipSync(body)),
    zipped('gzip', body),
    zipped('deflate', deflateRawSync(body)),
    zipped('br', BROTLI_BOMB),
    zipped('gzip', GZIP_BOMB),
    zipped('gzip, gzip, gzip', body),
    zipped('identity, identity', body),
    zipped('made-up', body),
    zipped('__proto__', body),
  ];
}
