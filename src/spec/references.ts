// `$ref`s that lead out of a document: the other files become parts of one document in memory, under a key of
// our own, so that whoever reads on knows references within one document only, circular ones too.

import { isObject, type Json, type JsonObject } from '../model/json.ts';
import { atPointer, pointer } from '../model/pointer.ts';
import { changeChildren } from './children.ts';

/** The key under which the other files stand, by their location. */
export const FILES = 'x-tallystick-files';

const IN_FILES = `#${pointer(FILES)}/`;

export type Path = readonly (string | number)[];

/** Something wrong with a reference, and where it stands. */
export interface Mistake {
  readonly location: string;
  readonly path: Path;
  readonly says: string;
}

export interface Bundle {
  readonly document: JsonObject;
  readonly mistakes: readonly Mistake[];
}

/** Thrown by a reader for what it can only read later: the whole is to be begun again then. */
export class Unread extends Error {}

export interface Reader {
  /** The location that a reference in the base leads to; throws an Error that says why it is not followed. */
  locate(base: string, reference: string): string;
  /** What stands there; throws an Error when it can't be read. */
  read(location: string): Json;
}

/** The document with every file that it refers to, and every reference that leads nowhere. */
export function bundle(root: JsonObject, location: string, reader: Reader): Bundle {
  const bundler = new Bundler(location, reader);
  const document = bundler.all(root);
  return { document, mistakes: [...bundler.mistakes, ...bundler.dangling(document)] };
}

/**
 * Whether the text, JSON, refers to nothing but what is in the document that it says, so that there is nothing to bundle.
 * Found in the text, which takes a fraction of a walk through the value; false where that can't tell.
 */
export function isWhole(text: string, document: JsonObject): boolean {
  if (!/^\s*\{/.test(text) || text.includes('\\u')) return false;
  const references = new Set<string>();
  for (const [, ref = ''] of text.matchAll(/"\$ref"\s*:\s*"([^"]*)"/g)) references.add(ref);
  for (const ref of references) {
    if (!/^#\/[^%\\]*$/.test(ref) || atPointer(document, ref) === undefined) return false;
  }
  return true;
}

interface Found {
  readonly location: string;
  readonly path: Path;
  readonly written: string;
  readonly to: string;
}

class Bundler {
  readonly #root: string;
  readonly #reader: Reader;
  readonly #files = new Map<string, Json>();
  readonly #waiting: string[] = [];
  readonly #found: Found[] = [];
  readonly mistakes: Mistake[] = [];

  constructor(root: string, reader: Reader) {
    this.#root = root;
    this.#reader = reader;
  }

  all(root: JsonObject): JsonObject {
    const document = this.#rewritten(root, this.#root, []) as JsonObject;
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      this.#files.set(next, this.#rewritten(this.#files.get(next) ?? null, next, []));
    }
    if (this.#files.size === 0) return document;
    return { ...document, [FILES]: Object.fromEntries(this.#files) };
  }

  /** The references that name nothing. */
  dangling(document: JsonObject): Mistake[] {
    const known = new Map<string, boolean>();
    return this.#found.flatMap(({ location, path, written, to }) => {
      const exists = known.get(to) ?? atPointer(document, to) !== undefined;
      known.set(to, exists);
      return exists ? [] : [{ location, path, says: `$ref "${written}" names nothing` }];
    });
  }

  /** The value, to which the path leads, with references as they are in the whole, where they stand. */
  #rewritten(value: Json, base: string, path: (string | number)[]): Json {
    if (!isObject(value) && !Array.isArray(value)) return value;
    const named = isNames(path.at(-1));
    changeChildren(value, (key, child) => {
      if (typeof key === 'string' && HOLDS_VALUES.has(key) && !named) return child;
      path.push(key);
      const own = this.#rewritten(child, base, path);
      path.pop();
      return own;
    });
    const written = refOf(value);
    // What an alias of YAML puts in two places is met twice.
    if (written === undefined || written.startsWith(IN_FILES)) return value;
    const to = this.#reference(written, base, path);
    return to === written ? value : { ...(value as JsonObject), $ref: to };
  }

  #reference(written: string, base: string, path: Path): string {
    try {
      const to = this.#target(written, base);
      this.#found.push({ location: base, path: [...path], written, to });
      return to;
    } catch (error) {
      if (error instanceof Unread) throw error;
      const says = `$ref "${written}": ${(error as Error).message}`;
      this.mistakes.push({ location: base, path: [...path], says });
      return written;
    }
  }

  #target(written: string, base: string): string {
    const mark = written.indexOf('#');
    const file = mark < 0 ? written : written.slice(0, mark);
    const inside = decoded(mark < 0 ? '' : written.slice(mark + 1));
    if (inside !== '' && !inside.startsWith('/')) {
      throw new Error('names an anchor, which is not followed: use a JSON Pointer');
    }
    const location = file === '' ? base : this.#reader.locate(base, file);
    if (location === this.#root) return `#${inside}`;
    if (!this.#files.has(location)) {
      this.#files.set(location, this.#reader.read(location));
      this.#waiting.push(location);
    }
    return `#${pointer(FILES, location)}${inside}`;
  }
}

/** What holds values of an API, in which `$ref` would be a field like any other. */
export const HOLDS_VALUES = new Set(['example', 'default', 'enum', 'const']);

/** Whether the keys of what stands there are names that someone gave. */
export function isNames(key: string | number | undefined): boolean {
  return (
    key === 'properties' || key === 'patternProperties' || key === 'schemas' || key === '$defs'
  );
}

function decoded(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Whether the value refers to something, and to what. */
export function refOf(value: unknown): string | undefined {
  const ref = isObject(value) ? value['$ref'] : undefined;
  return typeof ref === 'string' ? ref : undefined;
}
