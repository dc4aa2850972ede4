// Where the values of a sequence of requests come from: made for the run, read from an earlier answer, or as they
// stand. With it the sequence can be played again from nothing.

import { prefixOf } from '../conformance/senders.ts';
import type { Exchange } from '../conformance/verdict.ts';
import { isObject, type Json } from '../model/json.ts';
import { pointer } from '../model/pointer.ts';
import { printable } from './shown.ts';

/** A value of an answer that a later request sends. */
export interface Capture {
  /** A name that is its own, as variables may be named. */
  readonly name: string;
  readonly value: string | number;
  /** Which answer, from 0. */
  readonly from: number;
  readonly key: string;
  /** Which of the answer's keys of that name, from 1, as the text has them. */
  readonly nth: number;
  readonly pointer: string;
}

/** A part of a text: as it stands, the part of a fresh value that is the run's own, or from an answer. */
export type Piece = string | typeof RUN | Capture;
export const RUN = Symbol('run');

export interface Provenance {
  /** What is read from the answer with that index, in the answer's order. */
  capturesFrom(index: number): readonly Capture[];
  /** What the request with that index can know: the answers before it. */
  sentBy(index: number): Sent;
}

/** The parts of what one request sends. */
export interface Sent {
  /** The parts of a text that is sent. */
  pieces(text: string): Piece[];
  /** The parts of a body as JSON text. */
  json(body: Json): Piece[];
  /** The capture that is this very value. */
  whole(value: Json): Capture | undefined;
}

/** Values that could be anything are followed only under a key that says that they are ids. */
const IS_ID = /(^|[a-z_-])id$/i;
const LONG_ENOUGH = 6;
/** Shorter values are not looked for inside others. */
const TELLING = 8;

/** The provenance of what the exchanges send, in their order; `seed` is the one that the run was made with. */
export function provenanceOf(exchanges: readonly Exchange[], seed: number): Provenance {
  const known = firstSeen(exchanges);
  const answers = [...known.values()].filter((capture) => capture !== undefined);
  const telling = answers
    .filter(({ value }) => typeof value === 'string' && value.length >= TELLING)
    .sort((a, b) => String(b.value).length - String(a.value).length);
  const used = new Set<Capture>();
  const whole = (value: Json, index: number) => {
    const capture = known.get(`${typeof value} ${value}`);
    return capture !== undefined && capture.from < index ? capture : undefined;
  };
  const split = (text: string, index: number): Piece[] => {
    const same =
      whole(text, index) ?? (/^\d+$/.test(text) ? whole(Number(text), index) : undefined);
    if (same !== undefined) return [same];
    const part = telling.find(({ value, from }) => from < index && text.includes(String(value)));
    if (part === undefined) return freshSplit(text, seed);
    const at = text.indexOf(String(part.value));
    return [
      ...split(text.slice(0, at), index),
      part,
      ...split(text.slice(at + String(part.value).length), index),
    ];
  };
  const sentBy = (index: number): Sent => {
    const sent: Sent = {
      pieces: (text) => (text === '' ? [] : split(text, index)),
      json: (body) => jsonPieces(body, sent),
      whole: (value) => whole(value, index),
    };
    return sent;
  };
  for (const [index, { request }] of exchanges.entries()) {
    const found = sentBy(index);
    const texts = [...pathTexts(request.path), ...[...request.query.values()].flat()];
    const sent = [...texts.flatMap(found.pieces), ...bodyPieces(request, found)];
    for (const piece of sent) if (typeof piece === 'object') used.add(piece);
  }
  return {
    capturesFrom: (index) => answers.filter((item) => item.from === index && used.has(item)),
    sentBy,
  };
}

/** The decoded segments of a path; a segment that can't be decoded is as it stands. */
export function pathTexts(path: string): string[] {
  return path.split('/').map((segment) => {
    try {
      return decodeURIComponent(segment);
    } catch {
      return segment;
    }
  });
}

/** The body's parts; none where there is none. */
export function bodyPieces({ body, bodyFault }: Exchange['request'], from: Sent): Piece[] {
  if (body === undefined) return [];
  return bodyFault === 'malformed' ? from.pieces(String(body)) : from.json(body);
}

/** Each value with the answer that it was first seen in; undefined where a request said it first. */
function firstSeen(exchanges: readonly Exchange[]): Map<string, Capture | undefined> {
  const known = new Map<string, Capture | undefined>();
  const note = (value: Json, capture?: Capture) => {
    if (typeof value === 'object') return;
    const key = `${typeof value} ${value}`;
    if (!known.has(key)) known.set(key, capture);
  };
  exchanges.forEach(({ request, received, race }, from) => {
    for (const text of [...pathTexts(request.path), ...[...request.query.values()].flat()]) {
      note(text);
    }
    leaves(request.body, (value) => note(value));
    if ('failure' in received || race === true) return;
    const counts = new Map<string, number>();
    leaves(received.body, (value, keys) => {
      const key = keys.at(-1);
      if (typeof key !== 'string') return;
      const nth = (counts.get(key) ?? 0) + 1;
      counts.set(key, nth);
      if (!isFollowed(value, key)) return;
      const name = `${key.replaceAll('-', '_')}_${from + 1}${nth === 1 ? '' : `_${nth}`}`;
      note(value, { name, value, from, key, nth, pointer: pointer(...keys) });
    });
  });
  return known;
}

/** Whether the value can be found again in an answer, and is no word that many fields may hold. */
function isFollowed(value: Json, key: string): value is string | number {
  if (typeof value !== 'string' && typeof value !== 'number') return false;
  const text = String(value);
  if (!/^[A-Za-z_][\w-]*$/.test(key) || !isPlain(text)) return false;
  return IS_ID.test(key) || (text.length >= LONG_ENOUGH && /\d/.test(text));
}

/** Whether JSON and a line-wise tool read the text as it is. */
function isPlain(text: string): boolean {
  return text !== '' && JSON.stringify(text) === `"${text}"` && text.length < 4000;
}

/** Every value of the JSON with its keys, objects and lists too, in the order of its text. */
function leaves(
  value: Json | undefined,
  visit: (value: Json, keys: readonly (string | number)[]) => void,
  keys: readonly (string | number)[] = [],
): void {
  if (value === undefined) return;
  visit(value, keys);
  if (Array.isArray(value)) {
    for (const [i, item] of (value as readonly Json[]).entries()) leaves(item, visit, [...keys, i]);
  } else if (isObject(value)) {
    for (const [key, item] of Object.entries(value)) leaves(item, visit, [...keys, key]);
  }
}

/** The text with the run's own part of every fresh value in it told apart, in whatever case it stands. */
function freshSplit(text: string, seed: number): Piece[] {
  const parts = text.split(new RegExp(`(?<=ts-)${prefixOf(seed).slice(3)}(?![0-9a-z])`, 'i'));
  return parts
    .flatMap((part, i): Piece[] => (i === 0 ? [part] : [RUN, part]))
    .filter((piece) => piece !== '');
}

function jsonPieces(value: Json, from: Sent): Piece[] {
  if (Array.isArray(value)) {
    const items = (value as readonly Json[]).map((item) => jsonPieces(item ?? null, from));
    return ['[', ...separated(items), ']'];
  }
  if (isObject(value)) {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined);
    const members = entries.map(([key, item]) => [
      ...quoted(key, from),
      ':',
      ...jsonPieces(item, from),
    ]);
    return ['{', ...separated(members), '}'];
  }
  if (typeof value === 'string') return quoted(value, from);
  const same = typeof value === 'number' ? from.whole(value) : undefined;
  return [same ?? JSON.stringify(value)];
}

function quoted(text: string, from: Sent): Piece[] {
  const inner = from
    .pieces(text)
    .map((piece) =>
      typeof piece === 'string' ? printable(JSON.stringify(piece)).slice(1, -1) : piece,
    );
  return ['"', ...inner, '"'];
}

function separated(parts: readonly Piece[][]): Piece[] {
  return parts.flatMap((part, i) => (i === 0 ? part : [',', ...part]));
}
