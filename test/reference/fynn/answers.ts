// Writes an answer on the wire: error bodies, content types, and the odd but right ways.

import type { ServerResponse } from 'node:http';
import { Unauthorized } from './callers.ts';
import type { Answer, Fields, Json, Switches, Violation } from './model.ts';
import { isFields, Refusal } from './model.ts';

export interface Wire {
  status: number;
  type: string;
  text: string | undefined;
}

const GERMAN = 'Die Anfrage ist ungültig – bitte prüfen Sie Ihre Eingabe.';

function violationShown(violation: Violation, { on, odd }: Switches): Fields {
  const shown: Fields = {};
  const path = on('violations-path-wrong') ? 'id' : violation.path;
  if (!on('violations-without-path')) shown['propertyPath'] = path;
  const message = odd('german-messages') ? GERMAN : violation.message;
  if (!on('violations-without-message')) shown['message'] = message;
  if (!odd('violations-without-codes')) shown['code'] = violation.code;
  return shown;
}

function violationsShown(violations: Violation[], switches: Switches): Json {
  const { on, odd } = switches;
  const ordered = odd('violations-reversed') ? [...violations].reverse() : violations;
  const few = on('violations-first-only') ? ordered.slice(0, 1) : ordered;
  if (!on('violations-as-map')) return few.map((each) => violationShown(each, switches));
  return Object.fromEntries(few.map((each) => [each.path, each.message]));
}

function detailOf({ message, violations }: Refusal, { odd }: Switches): string {
  if (!odd('german-messages')) return message;
  return violations.map(({ path }) => `${path}: ${GERMAN}`).join('\n') || GERMAN;
}

function errorBody(refusal: Refusal, status: number, switches: Switches): Fields {
  const { on, odd } = switches;
  const body: Fields = { type: `/errors/${status}` };
  const title = odd('german-messages') ? 'Ein Fehler ist aufgetreten' : 'An error occurred';
  if (!on('errors-without-title')) body['title'] = title;
  if (!on('errors-without-status')) body['status'] = on('errors-status-differs') ? 500 : status;
  if (!on('errors-without-detail')) body['detail'] = detailOf(refusal, switches);
  if (refusal.violations.length > 0 && !on('violations-missing')) {
    body['violations'] = violationsShown(refusal.violations, switches);
  }
  if (odd('error-extra-fields')) Object.assign(body, { instance: '/x', trace: [] });
  return body;
}

function unauthorizedWire(error: Unauthorized, switches: Switches): Wire {
  const { on, odd } = switches;
  const body: Fields = {};
  if (!on('auth-body-without-code')) body['code'] = 401;
  const message = odd('german-messages') ? 'Kein Zugriff' : error.message;
  if (!on('auth-body-without-message')) body['message'] = message;
  return { status: 401, type: typed('application/json', switches), text: textOf(body, switches) };
}

function statusOf({ status, violations }: Refusal, { on, odd }: Switches): number {
  if (violations.length === 0) return status;
  if (on('validation-500')) return 500;
  if (on('validation-200')) return 200;
  return odd('validation-400') ? 400 : status;
}

export function errorWire(error: unknown, switches: Switches): Wire {
  const { on, odd } = switches;
  const known = error instanceof Unauthorized || error instanceof Refusal;
  const status = error instanceof Refusal ? statusOf(error, switches) : known ? 401 : 500;
  if (on('errors-empty')) return { status, type: 'text/plain', text: undefined };
  if (on('errors-as-html')) return { status, type: 'text/html', text: '<h1>Error</h1>' };
  if (error instanceof Unauthorized) return unauthorizedWire(error, switches);
  const refusal = error instanceof Refusal ? error : new Refusal(500, 'Something broke.');
  const type = odd('errors-as-json') ? 'application/json' : 'application/problem+json';
  const text = textOf(errorBody(refusal, status, switches), switches);
  return { status, type: typed(type, switches), text };
}

function typed(type: string, { odd }: Switches): string {
  if (odd('no-charset')) return type;
  return `${type}; charset=${odd('upper-case-charset') ? 'UTF-8' : 'utf-8'}`;
}

function dressed(value: Json, switches: Switches): Json {
  if (Array.isArray(value)) return value.map((each) => dressed(each, switches));
  if (!isFields(value)) return value;
  const { odd } = switches;
  const entries = Object.entries(value)
    .filter(([, each]) => each !== null || !odd('nulls-dropped'))
    .map(([key, each]): [string, Json] => [key, dressed(each, switches)]);
  return Object.fromEntries(odd('key-order') ? entries.reverse() : entries);
}

function textOf(body: Json, switches: Switches): string {
  const space = switches.odd('pretty-json') ? 2 : undefined;
  const text = JSON.stringify(dressed(body, switches), null, space);
  if (!switches.odd('escaped-json')) return text;
  return text.replace(
    /[\u0080-\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

const onlyHtml = (accept: string): boolean =>
  accept.split(',').every((each) => each.trim().split(';')[0]?.trim() === 'text/html');

export function jsonWire(answer: Answer, accept: string, switches: Switches): Wire {
  const { on, odd } = switches;
  if (answer.body === undefined) return { status: answer.status, type: '', text: undefined };
  let type = 'application/json';
  if (odd('html-typed-answers') && onlyHtml(accept)) type = 'text/html';
  if (on('answers-as-text')) type = 'text/plain';
  return {
    status: answer.status,
    type: typed(type, switches),
    text: textOf(answer.body, switches),
  };
}

const MORE_HEADERS = {
  'x-request-id': 'a8b2f0c4',
  'cache-control': 'no-cache, private',
  'x-content-type-options': 'nosniff',
  vary: 'Accept, Origin',
  link: '</docs.jsonopenapi>; rel="describedby"',
};

export function send(response: ServerResponse, wire: Wire, { odd }: Switches): void {
  response.statusCode = wire.status;
  if (odd('extra-headers')) {
    for (const [name, value] of Object.entries(MORE_HEADERS)) response.setHeader(name, value);
  }
  if (odd('connection-close')) response.setHeader('connection', 'close');
  if (wire.text === undefined) {
    response.end();
    return;
  }
  response.setHeader('content-type', wire.type);
  const bytes = Buffer.from(wire.text);
  if (!odd('chunked-answers')) {
    response.setHeader('content-length', bytes.length);
    response.end(bytes);
    return;
  }
  for (let at = 0; at < bytes.length; at += 40) response.write(bytes.subarray(at, at + 40));
  response.end();
}
