// Requests that look like an API's own, twisted in a few places; made by fast-check, which makes a
// failing one smaller until nothing can be left out.

import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { isObject, type Json, type JsonObject } from '../../src/model/json.ts';
import type { Operation } from '../../src/spec/spec.ts';
import { type Mutation, mutated, textOf } from './body.ts';
import { CREDENTIALS, HEADERS, METHODS, TYPES } from './heads.ts';
import type { Message } from './message.ts';
import { bodyOf, fitting, marked, rowBodies } from './sample.ts';
import type { Shot } from './shot.ts';
import type { Target } from './target.ts';
import { IDS, INHERITED, PARAMETERS, QUERIES, TEXTS, VALUES } from './values.ts';

type Headers = readonly (readonly [string, string])[];

interface Sent {
  readonly bytes: Buffer;
  readonly headers: Headers;
}

/** Any operation of any API, more or less as it should be; `foreign` are ids of another tenant's records. */
export function shots(all: readonly Target[], foreign: readonly string[]): fc.Arbitrary<Shot> {
  const each = all.flatMap((target) =>
    target.operations.map((operation) => shotAt(target, operation, foreign)),
  );
  return fc.oneof(...each);
}

function shotAt(
  target: Target,
  operation: Operation,
  foreign: readonly string[],
): fc.Arbitrary<Shot> {
  const known = target.ids.get(operation.path) ?? [];
  const [credential] = operation.credentials;
  return fc
    .record({
      id: seldom(4, fc.constantFrom(...IDS, ...foreign), known.length > 0 ? known : ['none']),
      query: fc.array(queryPart(operation), { maxLength: 3 }),
      credential: seldom(12, fc.constantFrom(...CREDENTIALS.slice(1)), CREDENTIALS.slice(0, 1)),
      headers: fc.array(fc.constantFrom(...HEADERS), { maxLength: 2 }),
      method: seldom(25, fc.constantFrom(...METHODS), [operation.method]),
      sent: sent(target, operation),
      chunk: seldom(10, fc.integer({ min: 1, max: 5_000 }), [undefined]),
    })
    .map(({ id, query, credential: own, headers, method, sent, chunk }): Shot => {
      const path = operation.path.replace(/\{[^}]+\}/g, () => id);
      return {
        name: 'fuzz',
        target,
        operation,
        isDirect: method === operation.method && (id === 'none' || known.includes(id)),
        message: (tenant): Message => ({
          method,
          target: `${target.base}${path}${query.length === 0 ? '' : `?${query.join('&')}`}`,
          headers: [
            ...(credential === undefined ? [] : own(credential.name, credential.prefix, tenant)),
            ...headers,
            ...(sent?.headers ?? []),
          ],
          ...(sent === undefined ? {} : { body: sent.bytes }),
          ...(sent === undefined || chunk === undefined ? {} : { chunk }),
        }),
      };
    });
}

/** Mostly one of the usual values: the unusual once in so many times. */
function seldom<T>(often: number, unusual: fc.Arbitrary<T>, usual: readonly T[]): fc.Arbitrary<T> {
  return fc.oneof(
    { weight: often, arbitrary: fc.constantFrom(...usual) },
    { weight: 1, arbitrary: unusual },
  );
}

function queryPart({ parameters }: Operation): fc.Arbitrary<string> {
  const names = parameters.filter((item) => item.in === 'query').map(({ name }) => name);
  const odd = fc.constantFrom(...QUERIES);
  if (names.length === 0) return odd;
  const value = fc.oneof(fc.constantFrom(...PARAMETERS), fc.string().map(encodeURIComponent));
  const own = fc.tuple(fc.constantFrom(...names), value).map((pair) => pair.join('='));
  return fc.oneof({ weight: 4, arbitrary: own }, { weight: 1, arbitrary: odd });
}

function sent(target: Target, operation: Operation): fc.Arbitrary<Sent | undefined> {
  const body = bodyOf(operation);
  const none = fc.constant(undefined);
  if (body === undefined) {
    const stray = fc.constantFrom(...VALUES).map(plain);
    return fc.oneof({ weight: 9, arbitrary: none }, { weight: 1, arbitrary: stray });
  }
  const ids = new Set(target.rows.map((row) => String(row['id'])));
  const fields = target.rows.flatMap((row) => Object.keys(row));
  const words = [...new Set([...ids, ...fields, ...INHERITED, 'a', 'b'])];
  const firsts = [...target.ids.values()].flatMap(([first = '']) => first);
  const bodies = rowBodies(operation, target.rows, firsts);
  const made = fitting(body.schema, words);
  const fromRow = (rows: readonly JsonObject[]) =>
    fc
      .tuple(fc.constantFrom(...rows), fc.nat())
      .map(([row, n]): Json => marked(operation, row, `-${n}`, ids));
  const valid = bodies.length === 0 ? made : fc.oneof(fromRow(bodies), made);
  const text = fc
    .tuple(valid, fc.array(mutation(), { maxLength: 3 }))
    .map(([value, mutations]) => textOf(mutated(isObject(value) ? value : {}, mutations)));
  const bytes = fc.oneof(
    { weight: 12, arbitrary: text.map(plain) },
    { weight: 1, arbitrary: fc.tuple(text, fc.constantFrom(...TYPES)).map(typed) },
    {
      weight: 2,
      arbitrary: fc.tuple(text, fc.constantFrom(...SPOILERS)).map(([t, spoil]) => spoil(t)),
    },
  );
  return fc.oneof({ weight: 30, arbitrary: bytes }, { weight: 1, arbitrary: none });
}

function mutation(): fc.Arbitrary<Mutation> {
  return fc.record({
    place: fc.nat({ max: 200 }),
    how: fc.constantFrom('replace', 'replace', 'replace', 'drop', 'twice', 'wrap', 'rename', 'add'),
    value: fc.oneof(fc.constantFrom(...VALUES), fc.json({ maxDepth: 3 })),
    key: fc.constantFrom(...TEXTS),
  });
}

const JSON_TYPE: Headers = [['content-type', 'application/json']];

function plain(text: string): Sent {
  return { bytes: Buffer.from(text), headers: JSON_TYPE };
}

function typed([text, type]: [string, string]): Sent {
  return { bytes: Buffer.from(text), headers: [['content-type', type]] };
}

/** Ways for a good text to arrive as something else. */
const SPOILERS: readonly ((text: string) => Sent)[] = [
  (text) => ({ bytes: Buffer.from(`\ufeff${text}`), headers: JSON_TYPE }),
  (text) => ({ bytes: Buffer.from(text, 'utf16le'), headers: JSON_TYPE }),
  (text) => ({ bytes: Buffer.from(text.slice(0, text.length / 2)), headers: JSON_TYPE }),
  (text) => ({ bytes: Buffer.from(`${text}${text}`), headers: JSON_TYPE }),
  (text) => ({ bytes: Buffer.from(text.replace('"', '"\u00ff'), 'latin1'), headers: JSON_TYPE }),
  (text) => ({ bytes: Buffer.from(`/**/${text}`), headers: JSON_TYPE }),
  (text) => ({ bytes: gzipSync(text), headers: [...JSON_TYPE, ['content-encoding', 'gzip']] }),
  (text) => ({
    bytes: deflateSync(text),
    headers: [...JSON_TYPE, ['content-encoding', 'deflate']],
  }),
  (text) => ({ bytes: brotliCompressSync(text), headers: [['content-encoding', 'br']] }),
  (text) => ({ bytes: Buffer.from(text), headers: [['content-encoding', 'gzip, x']] }),
];
