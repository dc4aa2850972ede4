// Writes an answer on the wire: error bodies, headers, and the odd but right ways to do so.

import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { isFields } from './body.ts';
import type { Switches } from './callers.ts';
import type { Answer, Fields, Json } from './model.ts';
import { Refusal } from './model.ts';

export interface Wire {
  status: number;
  body: Buffer | undefined;
  headers: { [name: string]: string };
}

let errorCount = 0;

function messageOf(refusal: Refusal, { odd }: Switches): string {
  errorCount += 1;
  if (odd('translated-messages')) return 'Die Anfrage konnte nicht ausgeführt werden – 請求失敗';
  return odd('varying-messages') ? `${refusal.message} (${errorCount})` : refusal.message;
}

const goName = (key: string): string =>
  key.replace(/(?:^|_)([a-z])/g, (_all, letter: string) => letter.toUpperCase());

function detailsOf(refusal: Refusal, { on, odd }: Switches): Json | undefined {
  const { details } = refusal;
  if (details === undefined || odd('no-details')) return undefined;
  if (on('details-are-a-list')) return Object.keys(details);
  const entries = Object.entries(details).map(([key, value]): [string, Json] => [
    odd('details-by-go-name') ? goName(key) : key,
    on('details-hold-strings') ? JSON.stringify(value) : value,
  ]);
  return Object.fromEntries(entries);
}

function codeOf(refusal: Refusal, { on }: Switches): string {
  if (on('errors-unknown-code')) return 'bad_request';
  return on('errors-same-code') ? 'internal_error' : refusal.code;
}

function errorBody(refusal: Refusal, switches: Switches): Json {
  const { on } = switches;
  const body: Fields = {};
  if (!on('errors-without-code')) body.code = codeOf(refusal, switches);
  if (!on('errors-without-message')) body.message = messageOf(refusal, switches);
  const shown = on('errors-status-differs') ? 500 : refusal.status;
  const status = on('errors-status-as-text') ? String(shown) : shown;
  if (!on('errors-without-status')) body.http_status_code = status;
  const details = detailsOf(refusal, switches);
  if (details !== undefined) body.details = details;
  if (switches.odd('error-extra-fields')) Object.assign(body, { trace_id: 'abc', errors: [] });
  return on('errors-wrapped') ? { success: false, error: body } : body;
}

export function errorWire(error: unknown, switches: Switches): Wire {
  const refusal =
    error instanceof Refusal ? error : new Refusal(500, 'internal_error', 'Something broke');
  const status = switches.on('errors-answer-200') ? 200 : refusal.status;
  if (switches.on('errors-empty')) return { status, body: undefined, headers: {} };
  if (switches.on('errors-as-html')) {
    const body = Buffer.from(`<html><body>${refusal.message}</body></html>`);
    return { status, body, headers: { 'content-type': 'text/html; charset=utf-8' } };
  }
  return jsonWire({ status, body: errorBody(refusal, switches) }, switches);
}

function dressed(value: Json, { odd }: Switches): Json {
  if (Array.isArray(value)) return value.map((each) => dressed(each, { odd, on: () => false }));
  if (!isFields(value)) return value;
  const entries = Object.entries(value).map(([key, each]): [string, Json] => {
    const free = key === 'metadata' || key === 'details';
    return [key, free ? each : dressed(each, { odd, on: () => false })];
  });
  if (odd('extra-fields')) entries.push(['x_version', 3], ['x_links', { self: null }]);
  return Object.fromEntries(odd('key-order-reversed') ? entries.reverse() : entries);
}

function textOf(body: Json, switches: Switches): string {
  const text = JSON.stringify(
    dressed(body, switches),
    null,
    switches.odd('pretty-json') ? 2 : undefined,
  );
  if (!switches.odd('escaped-json')) return text;
  return text.replace(
    /[<>&\u0080-\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

export function jsonWire(answer: Answer, switches: Switches): Wire {
  if (answer.body === undefined) return { status: answer.status, body: undefined, headers: {} };
  let type = 'application/json; charset=utf-8';
  if (switches.odd('no-charset')) type = 'application/json';
  if (switches.odd('upper-case-content-type')) type = 'APPLICATION/JSON';
  if (switches.on('json-as-text') && answer.status < 400) type = 'text/plain';
  const body = Buffer.from(textOf(answer.body, switches));
  return { status: answer.status, body, headers: { 'content-type': type } };
}

const MORE_HEADERS = {
  'x-request-id': '01J0000000000000000000000A',
  'access-control-allow-origin': '*',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  vary: 'Accept-Encoding, Origin',
  'cache-control': 'no-store',
};

function sendBody(response: ServerResponse, body: Buffer, switches: Switches): void {
  if (!switches.odd('chunked-answers')) {
    response.setHeader('content-length', body.length);
    response.end(body);
    return;
  }
  for (let at = 0; at < body.length; at += 40) response.write(body.subarray(at, at + 40));
  response.end();
}

export function send(
  response: ServerResponse,
  wire: Wire,
  switches: Switches,
  wants: { gzip: boolean; head: boolean },
): void {
  response.statusCode = wire.status;
  for (const [name, value] of Object.entries(wire.headers)) response.setHeader(name, value);
  if (switches.odd('extra-headers')) {
    for (const [name, value] of Object.entries(MORE_HEADERS)) response.setHeader(name, value);
  }
  if (switches.odd('connection-close')) response.setHeader('connection', 'close');
  if (wire.body === undefined || wants.head) {
    response.end();
    return;
  }
  const packed = switches.odd('gzip-answers') && wants.gzip;
  if (packed) response.setHeader('content-encoding', 'gzip');
  sendBody(response, packed ? gzipSync(wire.body) : wire.body, switches);
}
