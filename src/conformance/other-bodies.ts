// Bodies of operations that take no JSON: the record as a form, or the one field of it that is sent as a text.

import type { HttpRequest } from '../model/http.ts';
import { isObject, type Json } from '../model/json.ts';
import { nested } from '../spec/brackets.ts';
import { bodyKind } from '../spec/contents.ts';
import type { Operation } from '../spec/spec.ts';

export interface OtherBody extends Pick<HttpRequest, 'body' | 'bodyFault' | 'form' | 'text'> {
  readonly type: string;
}

/** The body as the operation takes it; undefined where it takes JSON, or nothing is sent. */
export function unlikeJson(
  { body: declared }: Operation,
  body: Json | undefined,
  field: string | undefined,
): OtherBody | undefined {
  const types = [...(declared?.contents.keys() ?? [])];
  const typeOf = (kind: string) => types.find((type) => bodyKind(type) === kind);
  if (!isObject(body) || typeOf('json') !== undefined) return undefined;
  const [form, parts, plain] = [typeOf('form'), typeOf('multipart'), typeOf('text')];
  const pairs = pairsOf(body, '');
  // What goes out is no JSON, and is not to be read as such.
  if (form !== undefined) {
    const text = String(new URLSearchParams(pairs));
    return { type: form, body: text, bodyFault: 'malformed', form: nested(pairs) };
  }
  if (parts !== undefined) {
    const type = `multipart/form-data; boundary=${BOUNDARY}`;
    return { type, body: multipart(pairs), bodyFault: 'malformed', form: nested(pairs) };
  }
  if (plain === undefined || field === undefined) return undefined;
  const text = String(body[field] ?? '');
  return { type: plain.replace('*', 'plain'), body: text, bodyFault: 'malformed', text };
}

const BOUNDARY = 'tallystick-part';

function multipart(pairs: readonly (readonly [string, string])[]): string {
  const head = (name: string) =>
    `--${BOUNDARY}\r\ncontent-disposition: form-data; name="${name.replace(/["\r\n]/g, ' ')}"\r\n\r\n`;
  const parts = pairs.map(([name, value]) => `${head(name)}${value}\r\n`);
  return `${parts.join('')}--${BOUNDARY}--\r\n`;
}

/** Whether the operation's bodies are JSON: nothing else has a null, or can be malformed as JSON can. */
export function takesJson({ body }: Operation): boolean {
  return [...(body?.contents.keys() ?? [])].some((type) => bodyKind(type) === 'json');
}

/** `address[city]=x`, `tags[]=y`; null is the empty text. */
function pairsOf(value: Json, name: string): [string, string][] {
  if (Array.isArray(value)) return value.flatMap((one: Json) => pairsOf(one, `${name}[]`));
  if (!isObject(value)) return [[name, value === null ? '' : String(value)]];
  return Object.entries(value).flatMap(([key, child]) =>
    pairsOf(child, name === '' ? key : `${name}[${key}]`),
  );
}
