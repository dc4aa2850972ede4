// Targets that break HTTP itself: each gives findings or exit code 3, within its time limit, and never a crash;
// of what they send no more is read than the cap allows.

import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { judgeStatus } from '../../src/conformance/judge.ts';
import { plan } from '../../src/conformance/plan.ts';
import { run } from '../../src/conformance/run.ts';
import type { Report } from '../../src/conformance/verdict.ts';
import type { Binding } from '../../src/contract/contract.ts';
import { loadContract } from '../../src/contract/load.ts';
import type { HttpRequest } from '../../src/model/http.ts';
import { UnreachableError } from '../../src/model/usage-error.ts';
import { kinds } from '../../src/rules/index.ts';
import { fetchSend, MOST_BYTES } from '../../src/target/fetch-send.ts';
import { baseUrl } from '../../src/target/preflight.ts';

const contract = loadContract(
  join(import.meta.dirname, '..', '..', 'contracts/flexprice.yaml'),
  kinds,
);
const checks = plan(contract, kinds, { only: '*roup*' });
const GET: HttpRequest = { method: 'GET', path: '/groups/x', query: new Map(), headers: {} };
const TIMEOUT = 300;
const LATE = 'no answer within 300 ms';

interface Target {
  readonly url: string;
  /** How many bytes went out to clients, as far as they took them. */
  sent(): number;
}

/** A server that answers each request, once its head and body are there, with what `answer` does to the socket. */
async function target(answer: (socket: Socket, path: string) => void): Promise<Target> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      const [, head = '', body = ''] = /^([\s\S]*?\r\n\r\n)([\s\S]*)$/.exec(text) ?? [];
      const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
      if (head === '' || body.length < length) return;
      text = '';
      answer(socket, head.split(' ')[1] ?? '');
    });
  }).listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const { port } = server.address() as { port: number };
  const sent = () => [...sockets].reduce((sum, { bytesWritten }) => sum + bytesWritten, 0);
  return { url: `http://127.0.0.1:${port}/v1`, sent };
}

function head(more: string, status = '200 OK'): string {
  return `HTTP/1.1 ${status}\r\ncontent-type: application/json\r\n${more}\r\n`;
}

/** The whole of what the command does with a target; an UnreachableError is exit code 3. */
async function judged(url: string, timeout = TIMEOUT): Promise<Report | UnreachableError> {
  try {
    const sendTo = (base: string) => fetchSend(base, { timeout, patience: 0 });
    const base = await baseUrl(contract, url, {}, sendTo);
    return await run({
      contract,
      checks,
      send: sendTo(base),
      target: base,
      headers: { 'x-api-key': 'one' },
      seed: 1,
      settle: 0,
      workers: 4,
    });
  } catch (error) {
    if (error instanceof UnreachableError) return error;
    throw error;
  }
}

/** Writes chunks as long as the other side takes them, and no faster. */
function pour(socket: Socket, chunk: string): void {
  const more = () => {
    while (!socket.destroyed && socket.write(chunk));
  };
  socket.on('drain', more);
  more();
}

const silent: [string, (socket: Socket) => void, RegExp][] = [
  ['says nothing', () => undefined, /no answer within 300 ms/],
  ['closes at once', (socket) => socket.destroy(), /other side closed|ECONNRESET/],
  ['ends without a word', (socket) => socket.end(), /other side closed|ECONNRESET/],
  ['speaks no HTTP', (socket) => socket.end('220 mail ready\r\n'), /Parse|Expected HTTP/],
  [
    'closes in the middle of a body',
    (socket) => socket.end(`${head('content-length: 100\r\n')}{"id": "x`),
    /other side closed|mismatch|aborted/,
  ],
  [
    'hangs in the middle of a body',
    (socket) => void socket.write(`${head('content-length: 100\r\n')}{"id": "x`),
    /no answer within 300 ms/,
  ],
  [
    'says too long a length',
    (socket) => void socket.write(`${head('content-length: 100\r\n')}{}`),
    /no answer within 300 ms/,
  ],
  [
    'breaks its chunks',
    (socket) => socket.end(`${head('transfer-encoding: chunked\r\n')}zz\r\n{}\r\n0\r\n\r\n`),
    /Invalid character in chunk size/,
  ],
  [
    'breaks its gzip',
    (socket) => {
      const body = gzipSync('{"items": []}').fill(7, 12);
      socket.write(head(`content-encoding: gzip\r\ncontent-length: ${body.length}\r\n`));
      socket.write(body);
    },
    /./,
  ],
  [
    'sends headers without end',
    (socket) => {
      socket.write(head('').slice(0, -2));
      pour(socket, `x: ${'y'.repeat(1000)}\r\n`);
    },
    /Headers Overflow/,
  ],
  [
    'sends 1xx without end',
    (socket) => pour(socket, 'HTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n'),
    /./,
  ],
  [
    'sends a body without end',
    (socket) => {
      socket.write(head('transfer-encoding: chunked\r\n'));
      pour(socket, `10000\r\n${'x'.repeat(65_536)}\r\n`);
    },
    /longer than 4194304 bytes/,
  ],
  [
    'sends 100 MB',
    (socket) => {
      socket.write(head('content-length: 104857600\r\n'));
      pour(socket, 'x'.repeat(65_536));
    },
    /longer than 4194304 bytes/,
  ],
  [
    'sends a little that unpacks to much',
    (socket) => {
      const body = gzipSync('x'.repeat(16 * 1024 * 1024));
      socket.write(head(`content-encoding: gzip\r\ncontent-length: ${body.length}\r\n`));
      socket.write(body);
    },
    /longer than 4194304 bytes/,
  ],
];

test.each(silent)('a target that %s does not answer', async (_, answer, words) => {
  const { url, sent } = await target(answer);
  const timeout = words.test(LATE) ? TIMEOUT : 30_000;
  const told = await fetchSend(url, { timeout })(GET).catch((error: Error) => error);
  expect(told).toBeInstanceOf(Error);
  expect((told as Error).message).toMatch(words);
  // The cap, and what the buffers of both ends hold.
  expect(sent()).toBeLessThan(MOST_BYTES + 16 * 1024 * 1024);
  const outcome = await judged(url);
  expect(outcome).toBeInstanceOf(UnreachableError);
});

const JSON_HEAD = (length: number) => head(`content-length: ${length}\r\n`);

const talking: [string, (socket: Socket, path: string) => void][] = [
  [
    'answers HTML',
    (socket) =>
      void socket.write(
        'HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 5\r\n\r\n<p>hi',
      ),
  ],
  [
    'redirects in circles',
    (socket, path) =>
      void socket.write(`HTTP/1.1 302 Found\r\nlocation: ${path}\r\ncontent-length: 0\r\n\r\n`),
  ],
  ['says too short a length', (socket) => socket.end(`${JSON_HEAD(2)}{"items": []}`)],
  [
    'sends what is no UTF-8',
    (socket) => {
      const body = Buffer.from('{"id": "\xff\xfe", "items": []}', 'latin1');
      socket.write(JSON_HEAD(body.length));
      socket.write(body);
    },
  ],
  [
    'nests without end',
    (socket) => {
      const body = `{"id": "x", "metadata": ${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}}`;
      socket.write(`${JSON_HEAD(body.length)}${body}`);
    },
  ],
  [
    'answers with a status beyond all',
    (socket) => void socket.write(head('content-length: 0\r\n', '799 Odd')),
  ],
  ['answers nothing', (socket) => void socket.write('HTTP/1.1 204 No Content\r\n\r\n')],
  ['answers null', (socket) => void socket.write(`${JSON_HEAD(4)}null`)],
  ['answers a number', (socket) => void socket.write(`${JSON_HEAD(1)}7`)],
  ['is always broken', (socket) => void socket.write(head('content-length: 0\r\n', '500 Oops'))],
];

test.each(talking)('a target that %s is told of, and never conforms', async (_, answer) => {
  const { url } = await target(answer);
  const outcome = await judged(url, 30_000);
  expect(outcome).not.toBeInstanceOf(UnreachableError);
  const { results, ended } = outcome as Report;
  expect(ended).toBeUndefined();
  expect(results.filter(({ verdict }) => verdict === 'violated').length).toBeGreaterThan(5);
});

test('a target that is always busy does not answer, and its refusals are none', async () => {
  const busy = head('content-length: 0\r\nretry-after: 0\r\n', '429 Slow Down');
  const { url } = await target((socket) => void socket.write(busy));
  const outcome = (await judged(url)) as UnreachableError;
  expect(outcome).toBeInstanceOf(UnreachableError);
  expect(outcome.message).toContain('busy (429)');
  const binding = contract.bindingFor('read', 'group') as Binding;
  const answer = { status: 429, headers: {} };
  for (const expected of ['ok', 'refused', 'missing', 'any'] as const) {
    const judgement = judgeStatus({ call: 'getGroup', expect: expected }, binding, answer);
    expect(judgement?.verdict).toBe('notExercised');
  }
});

test('what is kept of long answers is short', async () => {
  const body = JSON.stringify({ id: 'x', name: 'y'.repeat(300_000) });
  const { url } = await target((socket) => void socket.write(`${JSON_HEAD(body.length)}${body}`));
  const report = (await judged(url, 30_000)) as Report;
  const kept = report.results.flatMap(({ requests = [] }) => requests);
  expect(kept.length).toBeGreaterThan(20);
  expect(JSON.stringify(kept).length).toBeLessThan(2_000_000);
});

test('a redirect to another server is never followed', async () => {
  let asked = 0;
  const other = await target((socket) => {
    asked += 1;
    socket.write(`${JSON_HEAD(2)}{}`);
  });
  const { url } = await target((socket) => {
    socket.write(`HTTP/1.1 307 Go\r\nlocation: ${other.url}\r\ncontent-length: 0\r\n\r\n`);
  });
  await judged(url);
  expect(asked).toBe(0);
});
