// Writes an answer on the wire: error bodies, content types, and the odd but right ways.

import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { OTHER_STATUSES } from './benign.ts';
import type { Answer, Fields, Json, Switches } from './model.ts';
import { isFields, Refusal } from './model.ts';

export interface Wire {
  status: number;
  type: string | undefined;
  text: string | undefined;
}

function statusOf({ status, what }: Refusal, { on, odd }: Switches): number {
  for (const [variant, [about, other]] of Object.entries(OTHER_STATUSES)) {
    if (about === what && odd(variant)) return other;
  }
  if (what !== 'invalid-body' && what !== 'invalid-value') return status;
  if (on('invalid-400')) return 400;
  if (on('invalid-500')) return 500;
  return on('invalid-200') ? 200 : status;
}

function messageOf({ message }: Refusal, { odd }: Switches): Fields {
  if (odd('message-absent')) return {};
  if (odd('message-empty')) return { message: '' };
  if (odd('message-null')) return { message: null };
  if (odd('messages-translated')) return { message: 'Die Anfrage ist ungültig – bitte prüfen.' };
  if (odd('messages-vary')) return { message: `${message} (${Math.random()})` };
  return { message };
}

function errorBody(refusal: Refusal, switches: Switches): Json {
  const { on, odd } = switches;
  let code: Json = refusal.code;
  if (on('error-code-lower-case')) code = refusal.code.toLowerCase();
  if (on('error-code-as-number')) code = refusal.status;
  const message: Fields = on('error-message-as-object')
    ? { message: {} }
    : messageOf(refusal, switches);
  const body: Fields = { ...(on('error-without-code') ? {} : { code }), ...message };
  if (odd('error-more-keys')) Object.assign(body, { details: [], request_id: 'req_1' });
  if (on('error-nested')) return { error: body };
  if (on('error-as-list')) return [body];
  return on('error-as-string') ? `${refusal.code}: ${refusal.message}` : body;
}

export function errorWire(error: unknown, switches: Switches): Wire {
  const { on } = switches;
  const fallback = new Refusal(500, 'INTERNAL_SERVER_ERROR', 'Something went wrong.');
  const refusal = error instanceof Refusal ? error : fallback;
  const status = statusOf(refusal, switches);
  if (on('error-empty')) return { status, type: undefined, text: undefined };
  if (on('error-as-html')) return { status, type: 'text/html', text: '<h1>Error</h1>' };
  const type = on('error-typed-as-text') ? 'text/plain' : 'application/json';
  return {
    status,
    type: typed(type, switches),
    text: textOf(errorBody(refusal, switches), switches),
  };
}

function typed(type: string, { odd }: Switches): string {
  if (odd('upper-case-content-type')) return type.toUpperCase();
  return odd('charset') ? `${type}; charset=utf-8` : type;
}

// What callers put there is theirs, key by key.
const OWN = new Set(['metadata', 'filter']);

// Fields the documents allow to be null may as well be left out.
function dressed(value: Json, switches: Switches): Json {
  if (Array.isArray(value)) return value.map((each) => dressed(each, switches));
  if (!isFields(value)) return value;
  const { odd } = switches;
  const entries = Object.entries(value)
    .filter(([, each]) => each !== null || !odd('nulls-omitted'))
    .map(([key, each]): [string, Json] => [key, OWN.has(key) ? each : dressed(each, switches)]);
  if (odd('extra-fields')) entries.push(['x_internal', { shard: 7, tags: [null] }]);
  return Object.fromEntries(odd('key-order') ? entries.reverse() : entries);
}

const MOMENT = /"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d{3})Z"/g;

function dated(text: string, { odd }: Switches): string {
  if (odd('microsecond-times')) return text.replace(MOMENT, '"$1$2123Z"');
  if (odd('offset-times')) return text.replace(MOMENT, '"$1$2+00:00"');
  return odd('whole-second-times') ? text.replace(MOMENT, '"$1Z"') : text;
}

function textOf(body: Json, switches: Switches): string {
  const { odd } = switches;
  const text = dated(
    JSON.stringify(dressed(body, switches), null, odd('pretty-json') ? 2 : undefined),
    switches,
  );
  if (odd('trailing-newline')) return `${text}\n`;
  if (!odd('escaped-json')) return text;
  return text.replace(
    /[\u0080-\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function voidWire(answer: Answer, { on, odd }: Switches): Wire {
  const status = odd('void-204') && answer.status === 200 ? 204 : answer.status;
  if (on('void-typed-as-json')) return { status, type: 'application/json', text: '' };
  if (on('void-answers-500')) return { status: 500, type: undefined, text: undefined };
  if (on('void-answers-404')) return { status: 404, type: undefined, text: undefined };
  return { status: on('void-answers-302') ? 302 : status, type: undefined, text: undefined };
}

export function jsonWire(answer: Answer, switches: Switches): Wire {
  const { on } = switches;
  if (answer.body === undefined) return voidWire(answer, switches);
  const type = on('answers-typed-as-text') ? 'text/plain' : 'application/json';
  const body = on('answers-as-list') ? [answer.body] : answer.body;
  const cut = textOf(body, switches);
  const text = on('answers-cut-off') ? cut.slice(0, -1) : cut;
  return { status: answer.status, type: typed(type, switches), text };
}

const MORE: { [variant: string]: { [header: string]: string } } = {
  'rate-limit-headers': {
    'X-RateLimit-Limit': '40',
    'X-RateLimit-Remaining': '39',
    'X-RateLimit-Reset': '1',
  },
  'extra-headers': {
    'x-request-id': 'a8b2f0c4',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    vary: 'Accept, Origin',
    'set-cookie': 'lb=1; Path=/',
  },
  'connection-close': { connection: 'close' },
};

export function send(response: ServerResponse, wire: Wire, { odd }: Switches): void {
  response.statusCode = wire.status;
  for (const [variant, headers] of Object.entries(MORE)) {
    if (!odd(variant)) continue;
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  }
  if (wire.type !== undefined) response.setHeader('content-type', wire.type);
  const bytes = Buffer.from(wire.text ?? '');
  if (odd('etags')) {
    response.setHeader('etag', `"${createHash('sha1').update(bytes).digest('hex')}"`);
  }
  if (!odd('chunked-answers') || bytes.length === 0) {
    if (wire.status !== 204) response.setHeader('content-length', bytes.length);
    response.end(bytes);
    return;
  }
  for (let at = 0; at < bytes.length; at += 200) response.write(bytes.subarray(at, at + 200));
  response.end();
}
