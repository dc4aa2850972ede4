// Forms off the wire: url-encoded (WHATWG URL, 5) and multipart (RFC 7578), as one object of texts.

import { isUtf8 } from 'node:buffer';
import { mediaType } from '../model/http.ts';
import type { Json } from '../model/json.ts';
import { nested } from '../spec/brackets.ts';
import { parseQuery } from './request.ts';

/** The parts of one body that are read; more are no form of ours. */
const MOST_PARTS = 1_000;

/** The fields of a form; undefined where the type says that it is none, or it can't be read as one. */
export function parseForm(bytes: Buffer, type: string): Json | undefined {
  const media = mediaType(type);
  if (media === 'application/x-www-form-urlencoded') {
    if (!isUtf8(bytes) || bytes.length === 0) return undefined;
    return nested(pairsOf(parseQuery(bytes.toString('utf8'))));
  }
  if (media !== 'multipart/form-data') return undefined;
  const [, quoted, bare] = /boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(type) ?? [];
  const boundary = quoted ?? bare;
  return boundary === undefined ? undefined : multipart(bytes, boundary);
}

function* pairsOf(query: ReadonlyMap<string, readonly string[]>): Generator<[string, string]> {
  for (const [name, values] of query) for (const value of values) yield [name, value];
}

interface Part {
  readonly name: string;
  readonly text: string;
  readonly json: Json | undefined;
}

function multipart(bytes: Buffer, boundary: string): Json | undefined {
  const parts = partsOf(bytes, boundary);
  if (parts === undefined) return undefined;
  const fields = nested(
    parts.filter(({ json }) => json === undefined).map(({ name, text }) => [name, text]),
  );
  const values = parts.flatMap(({ name, json }): [string, Json][] =>
    json === undefined ? [] : [[name, json]],
  );
  return { ...fields, ...Object.fromEntries(values) };
}

function partsOf(bytes: Buffer, boundary: string): Part[] | undefined {
  const mark = Buffer.from(`--${boundary}`);
  const parts: Part[] = [];
  let at = bytes.indexOf(mark);
  while (at >= 0) {
    const start = at + mark.length;
    if (bytes.toString('latin1', start, start + 2) === '--') return parts;
    const end = bytes.indexOf(mark, start);
    if (end < 0 || parts.length >= MOST_PARTS) return undefined;
    const part = partOf(bytes.subarray(start, end));
    if (part === undefined) return undefined;
    parts.push(part);
    at = end;
  }
  return undefined;
}

/** A part is headers, an empty line, and content that ends before the line break of the next boundary. */
function partOf(bytes: Buffer): Part | undefined {
  const gap = bytes.indexOf('\r\n\r\n');
  if (gap < 0) return undefined;
  const head = bytes.toString('utf8', 0, gap);
  const content = bytes.subarray(gap + 4, Math.max(gap + 4, bytes.length - 2));
  const [, quoted, bare] =
    /^content-disposition:.*?;\s*name=(?:"((?:[^"\\]|\\.)*)"|([^\s;]+))/im.exec(head) ?? [];
  const name = (quoted ?? bare)?.replace(/\\(.)/g, '$1').replace(/%22/g, '"');
  if (name === undefined) return undefined;
  const text = content.toString(isUtf8(content) ? 'utf8' : 'base64');
  return { name, text, json: jsonIn(head, text) };
}

function jsonIn(head: string, text: string): Json | undefined {
  if (!/^content-type:\s*application\/(?:[\w.-]+\+)?json/im.test(head)) return undefined;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
