// A request's body: read as one buffer, then parsed as JSON. Whatever is wrong with it becomes a word
// that `handle` puts into the API's own error shape; nothing here answers.

import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { type BodyFault, mediaType } from '../model/http.ts';
import { depth, isObject, type Json } from '../model/json.ts';
import { parseForm } from './form.ts';

export const MOST_BYTES = 1_048_576;
export const MOST_LEVELS = 64;

/** What is read away after a body turned out too large, so that the sender gets to see the answer. */
const MOST_WASTE_BYTES = 16 * MOST_BYTES;
const MOST_WASTE_MS = 2_000;

export interface Body {
  /** Absent when none was sent. */
  readonly body?: Json;
  readonly bodyFault?: BodyFault;
  /** The same as a form, where it is one and no JSON object. */
  readonly form?: Json;
  /** The same as it was sent, where its type is a text. */
  readonly text?: string;
}

const NO_BODY: Body = {};

/** Calls back with the body once it is complete; never, when the sender goes away before that. */
export function readBody(request: IncomingMessage, done: (body: Body) => void): void {
  const { headers } = request;
  const length = headers['content-length'];
  if (headers['transfer-encoding'] === undefined && (length === undefined || length === '0')) {
    done(NO_BODY);
    return;
  }
  // A sender that breaks off is nobody to answer to.
  request.on('error', () => undefined);
  const unreadable = headerFault(headers['content-encoding'], headers['content-type']);
  if (Number(length ?? 0) > MOST_BYTES) tooLarge(request, done);
  else {
    // What is compressed is read as nothing at all.
    const type = isEncoded(headers['content-encoding']) ? undefined : headers['content-type'];
    const complete = (bytes: Buffer) => done(withForm(unreadable ?? parse(bytes), bytes, type));
    collect(request, complete, done);
  }
}

function collect(
  request: IncomingMessage,
  complete: (bytes: Buffer) => void,
  fail: (body: Body) => void,
): void {
  const chunks: Buffer[] = [];
  let size = 0;
  const onData = (chunk: Buffer) => {
    size += chunk.length;
    chunks.push(chunk);
    if (size <= MOST_BYTES) return;
    request.off('data', onData);
    request.off('end', onEnd);
    tooLarge(request, fail);
  };
  const onEnd = () => {
    const [first] = chunks;
    complete(chunks.length === 1 && first !== undefined ? first : Buffer.concat(chunks, size));
  };
  request.on('data', onData);
  request.on('end', onEnd);
}

/** Lets the answer go out at once and reads on for a while: closing on a busy sender would lose it. */
function tooLarge(request: IncomingMessage, done: (body: Body) => void): void {
  let wasted = 0;
  const giveUp = () => request.socket.destroy();
  const timer = setTimeout(giveUp, MOST_WASTE_MS).unref();
  request.on('data', (chunk: Buffer) => {
    wasted += chunk.length;
    if (wasted > MOST_WASTE_BYTES) giveUp();
  });
  request.on('close', () => clearTimeout(timer));
  request.on('end', () => clearTimeout(timer));
  done({ bodyFault: 'too-large' });
}

/** A body that is no JSON object may be a form, and any may be a text; whether the operation takes one is not known here. */
function withForm(body: Body, bytes: Buffer, type: string | undefined): Body {
  if (type !== undefined && /^text\//i.test(type) && bytes.length > 0 && isUtf8(bytes)) {
    return { ...body, text: bytes.toString('utf8') };
  }
  if (isObject(body.body) || type === undefined) return body;
  const form = parseForm(bytes, type);
  return form === undefined ? body : { ...body, form };
}

/** The body that the bytes say. */
export function parse(bytes: Buffer): Body {
  if (bytes.length === 0) return NO_BODY;
  if (!isUtf8(bytes)) return { bodyFault: 'malformed' };
  const text = bytes.toString('utf8');
  let body: Json;
  try {
    body = JSON.parse(text) as Json;
  } catch {
    return { bodyFault: 'malformed' };
  }
  // Too few characters can't nest too deep: every level takes an opening and a closing one.
  const deep = bytes.length > 2 * MOST_LEVELS && depth(body, MOST_LEVELS + 1) > MOST_LEVELS;
  if (deep) return { bodyFault: 'too-deep' };
  // JSON.parse makes Infinity of 1e400, and JSON.stringify makes null of that.
  return MAY_OVERFLOW.test(text) && !allFinite(body) ? { bodyFault: 'not-finite' } : { body };
}

/** A number too large for a double has an exponent of three digits, or hundreds of digits of its own. */
const MAY_OVERFLOW = /\d[eE]\+?\d{3}|(?<!\d)\d{200}/;

function allFinite(value: Json): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  return typeof value !== 'object' || value === null || Object.values(value).every(allFinite);
}

/**
 * Why the body can't be read at all. What clients send when nobody told them the type (curl's form
 * type, the text type of `fetch`) is read as JSON, like none; so is HTML, under which Fynn documents JSON.
 */
function headerFault(encoding: string | undefined, type: string | undefined): Body | undefined {
  if (isEncoded(encoding)) return { bodyFault: 'unsupported' };
  if (type === undefined || type === 'application/json') return undefined;
  const media = mediaType(type);
  const known = [
    'application/json',
    'application/x-www-form-urlencoded',
    'text/plain',
    'text/html',
    '',
  ];
  if (!known.includes(media) && !media.endsWith('+json')) return { bodyFault: 'unsupported' };
  const charset = /charset\s*=\s*"?([^\s;"]+)/i.exec(type)?.[1]?.toLowerCase() ?? 'utf-8';
  return ['utf-8', 'utf8', 'us-ascii'].includes(charset) ? undefined : { bodyFault: 'unsupported' };
}

function isEncoded(encoding: string | undefined): boolean {
  return encoding !== undefined && encoding.toLowerCase() !== 'identity';
}
