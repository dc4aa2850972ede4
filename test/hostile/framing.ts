// Requests that are wrong in their framing: lengths, chunks, line ends, and senders that go away or dawdle.

import { encode } from './message.ts';
import { call, type Target } from './target.ts';
import type { Move } from './wire.ts';

export interface Framing {
  readonly name: string;
  readonly moves: readonly Move[];
  /** What the statuses of all answers, with a blank between them, must be like. */
  readonly answers: RegExp;
  /** How long the server may take; as long as any other when absent. */
  readonly ms?: number;
}

const CHUNKED = 'transfer-encoding: chunked\r\n';

/** The cases at each API, at an operation that reads and at one that writes. */
export function framings(all: readonly Target[], tenant: string): Framing[] {
  return all.flatMap((target) => {
    const read = headOf(target, 'GET', tenant);
    const write = headOf(target, 'POST', tenant);
    return [
      ...lengths(write),
      ...chunks(write),
      ...lines(read),
      ...rows(read, write),
      ...gone(write),
    ];
  });
}

/** Those that take seconds: senders so slow that they must be given up on. */
export function slow(all: readonly Target[], tenant: string): Framing[] {
  return all.flatMap((target) => {
    const write = headOf(target, 'POST', tenant);
    const drops = [...`${write}content-length: 2\r\nconnection: close\r\n\r\n{}`];
    return [
      { name: 'drip', moves: drops.flatMap((byte) => [byte, { ms: 8 }]), answers: /^4\d\d$/ },
      { name: 'a head that never ends', moves: [write], answers: /^408$/, ms: 20_000 },
      {
        name: 'a body that never comes',
        moves: [`${write}content-length: 9\r\n\r\n`],
        answers: /^(408)?$/,
        ms: 40_000,
      },
    ];
  });
}

/** Request line and headers of a call, but for the empty line that ends them. */
function headOf(target: Target, method: string, tenant: string): string {
  const fits = target.operations.filter((operation) => operation.method === method);
  const found = fits.find(({ path }) => !path.includes('{')) ?? fits[0];
  if (found === undefined) return `${method} ${target.base}/ HTTP/1.1\r\nhost: x\r\n`;
  const id = target.ids.get(found.path)?.[0] ?? 'none';
  return encode(call(target, found, tenant, { id }))
    .toString('latin1')
    .slice(0, -2);
}

function lengths(write: string): Framing[] {
  const length = (name: string, value: string, answers = /^400$/): Framing => ({
    name: `a length ${name}`,
    moves: [`${write}content-length: ${value}\r\n\r\n{}`, 'end'],
    answers,
  });
  return [
    length('too small', '1'),
    length('too big', '3'),
    length('below zero', '-1'),
    length('in words', 'two'),
    length('with a sign', '+2'),
    length('in hex', '0x2'),
    length('with a fraction', '2.0'),
    length('beyond measure', '9'.repeat(30)),
    length('of a terabyte', '1000000000000', /^(4\d\d ?)*$/),
    length('empty', ''),
    length('twice, the same', '2\r\ncontent-length: 2'),
    length('twice, another', '2\r\ncontent-length: 3'),
    length('as a list', '2, 2'),
    length('and chunks', `2\r\n${CHUNKED.trim()}`),
    length('and chunks, the other way', `2\r\ntransfer-encoding: xchunked`),
  ];
}

function chunks(write: string): Framing[] {
  const chunked = (name: string, body: string, answers = /^(4\d\d )?400$/): Framing => ({
    name: `chunks ${name}`,
    moves: [`${write}${CHUNKED}\r\n${body}`, 'end'],
    answers,
  });
  const coded = (name: string): Framing => ({
    name: `transfer coding ${name}`,
    moves: [`${write}transfer-encoding: ${name}\r\n\r\n2\r\n{}\r\n0\r\n\r\n`, 'end'],
    answers: /^4\d\d( 400)?$/,
  });
  return [
    chunked('of no size', 'ZZ\r\n{}\r\n0\r\n\r\n'),
    chunked('below zero', '-1\r\n{}\r\n0\r\n\r\n'),
    chunked('beyond measure', `${'f'.repeat(20)}\r\n{}\r\n`),
    chunked('too short', '1\r\n{}\r\n0\r\n\r\n'),
    chunked('without an end', '2\r\n{}\r\n'),
    chunked('without line ends', '2{}0'),
    chunked('with a long extension', `2;${'x'.repeat(20_000)}\r\n{}\r\n0\r\n\r\n`, /^4\d\d$/),
    coded('gzip, chunked'),
    coded('chunked, gzip'),
    coded('identity'),
    coded('chunked, chunked'),
    coded('\u000bchunked'),
  ];
}

function lines(read: string): Framing[] {
  const [line = '', ...rest] = read.split('\r\n');
  const [method = '', path = ''] = line.split(' ');
  const tail = rest.join('\r\n');
  const head = (name: string, bytes: string, answers = /^400$/): Framing => ({
    name: `a head with ${name}`,
    moves: [bytes, 'end'],
    answers,
  });
  const answered = { moves: [`${read}connection: close\r\n\r\n`], answers: /^200$/ };
  return [
    { name: 'nothing wrong', ...answered },
    head('a request line only', `${line}\r\n`),
    head('half a request line', method),
    head('nothing', ''.padEnd(1, '\n'), /^(400)?$/),
    head('no HTTP at all', '\x16\x03\x01\x02\x00 hello\r\n\r\n'),
    head('no version', `${method} ${path}\r\n\r\n`, /^4\d\d$/),
    head('version 9.9', `${method} ${path} HTTP/9.9\r\n${tail}\r\n`),
    head('version 2.0', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
    head('no host', `${line}\r\nx: y\r\n\r\n`),
    head('a line feed in a header', `${read}a\nb: c\r\n\r\n`),
    head('a folded header', `${read}a: b\r\n c\r\n\r\n`, /^(400|200)?$/),
    head('a blank before a colon', `${read}a : b\r\n\r\n`),
    head('a NUL', `${read}a: \0\r\n\r\n`),
    head('no colon', `${read}abc\r\n\r\n`),
    head('line feeds only', `${read}\r\n`.replaceAll('\r\n', '\n'), /^(400|200)?$/),
    head('CONNECT', `CONNECT x:443 HTTP/1.1\r\nhost: x\r\n\r\n`, /^(4\d\d)?$/),
    head('100,000 bytes', `${read}a: ${'x'.repeat(100_000)}\r\n\r\n`, /^431$/),
    head('100,000 bytes of path', `${method} /${'x'.repeat(100_000)} HTTP/1.1\r\n\r\n`, /^431$/),
    {
      name: 'version 1.0',
      moves: [`${read.replace('HTTP/1.1', 'HTTP/1.0')}\r\n`],
      answers: /^200$/,
    },
  ];
}

/** Several requests in one go, which must be answered one by one. */
function rows(read: string, write: string): Framing[] {
  const last = `${read}connection: close\r\n\r\n`;
  const next = `${read}\r\n`;
  const refused = `${write}content-length: 1\r\n\r\n{`;
  return [
    { name: 'ten at once', moves: [next.repeat(9) + last], answers: /^200( 200){9}$/ },
    { name: 'good after bad', moves: [refused + refused + last], answers: /^4\d\d 4\d\d 200$/ },
    {
      name: 'a request in a body',
      moves: [`${read}content-length: ${next.length}\r\n\r\n${next}${last}`],
      answers: /^200 200$/,
    },
    {
      name: 'nonsense after good',
      moves: [`${next}\0\0\0\r\n\r\n`, 'end'],
      answers: /^(200|400|200 400)$/,
    },
    { name: 'blank lines between', moves: [`${next}\r\n\r\n${last}`], answers: /^200 200$/ },
    { name: 'something after a close', moves: [last + next], answers: /^200( 400)?$/ },
    {
      name: 'a continue',
      moves: [
        `${write}expect: 100-continue\r\nconnection: close\r\ncontent-length: 1\r\n\r\n`,
        { ms: 50 },
        '{',
      ],
      answers: /^4\d\d$/,
    },
    {
      name: 'a body after a wrong expectation',
      moves: [`${write}expect: x\r\nconnection: close\r\ncontent-length: 1\r\n\r\n{`],
      answers: /^417$/,
    },
  ];
}

function gone(write: string): Framing[] {
  const cut = (name: string, bytes: string): Framing => ({
    name: `gone ${name}`,
    moves: [bytes, 'cut'],
    answers: /^$/,
  });
  const body = '{"name":"cut","a":1}';
  return [
    cut('at once', ''),
    cut('within the head', write.slice(0, 40)),
    cut('before the body', `${write}content-length: 20\r\n\r\n`),
    ...[1, 7, 19].map((at) =>
      cut(`after ${at} bytes`, `${write}content-length: 20\r\n\r\n${body.slice(0, at)}`),
    ),
    cut('within a chunk', `${write}${CHUNKED}\r\n14\r\n${body.slice(0, 9)}`),
    cut('after a chunk', `${write}${CHUNKED}\r\n14\r\n${body}\r\n`),
  ];
}
