// Texts that fit a schema: formats, lengths and patterns.

import type { Json, JsonObject } from '../model/json.ts';

const FORMATS: Readonly<Record<string, string>> = {
  'date-time': '2026-01-15T10:00:00Z',
  date: '2026-01-15',
  time: '10:00:00Z',
  'iso-time': '10:00:00',
  duration: 'P1D',
  email: 'someone@example.test',
  'idn-email': 'someone@example.test',
  hostname: 'example.test',
  'idn-hostname': 'example.test',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
  uri: 'https://example.test/',
  url: 'https://example.test/',
  'uri-reference': '/x',
  iri: 'https://example.test/',
  'uri-template': '/x/{id}',
  'json-pointer': '/x',
  'relative-json-pointer': '0',
  uuid: '3f2b8a10-5c1d-4e7a-9b0e-2a6c4d8e1f35',
  regex: 'x',
  byte: 'eA==',
  binary: 'x',
};

/** Other texts that patterns are often made for. */
const OFTEN = [
  'USD',
  'US',
  'en',
  '+15555550100',
  '12345',
  '0.00',
  '#ffffff',
  '1.0.0',
  '2026-01',
  '10:00',
];

/** The value if it is a text that fits, else one that does. */
export function textLike(schema: JsonObject, value: Json | undefined): string {
  const { pattern, format } = schema;
  const least = Number(schema['minLength'] ?? 0);
  const most = Number(schema['maxLength'] ?? Number.POSITIVE_INFINITY);
  const test = typeof pattern === 'string' ? compiled(pattern) : undefined;
  const fits = (text: string) =>
    text.length >= least && text.length <= most && (test === undefined || test.test(text));
  const made =
    typeof format === 'string' && Object.hasOwn(FORMATS, format) ? FORMATS[format] : undefined;
  const sent = typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
  // A text that only its format is at odds with was given for something else.
  if (made !== undefined && fits(made)) return made;
  if (sent !== undefined && fits(sent)) return sent;
  if (test !== undefined) {
    const found = [...OFTEN, ...fromPattern(String(pattern))].find(fits);
    if (found !== undefined) return found;
  }
  const base = sent === undefined || sent === '' ? 'x' : sent;
  return base.slice(0, most).padEnd(Math.max(least, Math.min(1, most)), 'x');
}

function compiled(pattern: string): RegExp | undefined {
  try {
    return new RegExp(pattern, 'u');
  } catch {
    return undefined;
  }
}

/** Texts made from the pattern with each repetition as short as can be, and a little longer. */
function fromPattern(pattern: string): string[] {
  return [0, 1, 2, 3, 8].flatMap((more) => {
    try {
      return [new Maker(pattern, more).text()];
    } catch {
      return [];
    }
  });
}

const MOST_CHARACTERS = 10_000;

/** Reads the everyday part of regular expressions; throws for look-around, back-references and the like. */
class Maker {
  readonly #source: string;
  readonly #more: number;
  #at = 0;

  constructor(source: string, more: number) {
    this.#source = source;
    this.#more = more;
  }

  text(): string {
    const text = this.#alternatives();
    if (this.#at < this.#source.length) throw new Error('unbalanced');
    return text;
  }

  #alternatives(): string {
    const first = this.#sequence();
    while (this.#peek() === '|') {
      this.#at += 1;
      this.#sequence();
    }
    return first;
  }

  #sequence(): string {
    let text = '';
    while (this.#at < this.#source.length && this.#peek() !== '|' && this.#peek() !== ')') {
      const atom = this.#atom();
      text += atom.repeat(this.#times());
      if (text.length > MOST_CHARACTERS) throw new Error('too long');
    }
    return text;
  }

  #peek(): string {
    return this.#source[this.#at] ?? '';
  }

  #next(): string {
    const character = this.#peek();
    this.#at += 1;
    return character;
  }

  #atom(): string {
    const character = this.#next();
    if (character === '^' || character === '$') return '';
    if (character === '.') return 'x';
    if (character === '[') return this.#class();
    if (character === '\\') return this.#escape();
    if (character !== '(') return character;
    if (this.#peek() === '?') {
      if (!this.#source.startsWith('?:', this.#at)) throw new Error('look-around');
      this.#at += 2;
    }
    const inner = this.#alternatives();
    if (this.#next() !== ')') throw new Error('unbalanced');
    return inner;
  }

  #escape(): string {
    const character = this.#next();
    const known: Readonly<Record<string, string>> = {
      d: '1',
      w: 'a',
      s: ' ',
      D: 'x',
      W: '-',
      S: 'x',
      b: '',
      t: '\t',
      n: '\n',
    };
    if (/[1-9pukxc]/.test(character)) throw new Error('not made here');
    return known[character] ?? character;
  }

  #class(): string {
    const isNegated = this.#peek() === '^';
    if (isNegated) this.#at += 1;
    let first: string | undefined;
    let isStart = true;
    while (this.#at < this.#source.length && (this.#peek() !== ']' || isStart)) {
      isStart = false;
      const character = this.#next();
      const value = character === '\\' ? this.#escape() : character;
      first ??= value;
    }
    this.#at += 1;
    if (!isNegated) return first ?? '';
    return first === 'x' ? 'y' : 'x';
  }

  #times(): number {
    const counted = /^\{(\d+)(?:(,)(\d*))?\}/.exec(this.#source.slice(this.#at, this.#at + 24));
    let [least, most] = [1, 1];
    if (counted !== null) {
      this.#at += counted[0].length;
      least = Number(counted[1]);
      most = counted[2] === undefined ? least : counted[3] === '' ? least + 8 : Number(counted[3]);
    } else if ('*+?'.includes(this.#peek()) && this.#peek() !== '') {
      const mark = this.#next();
      [least, most] = [mark === '+' ? 1 : 0, mark === '?' ? 1 : 16];
    } else return 1;
    if (this.#peek() === '?') this.#at += 1;
    return Math.min(most, least + this.#more);
  }
}
