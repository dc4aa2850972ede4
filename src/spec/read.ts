// Where the text of an OpenAPI document comes from: a file, the files beside it, and, where that is allowed,
// the net. Bounds what is read, whoever wrote it.

import { readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import { depth, type Json } from '../model/json.ts';
import { UsageError } from '../model/usage-error.ts';
import { type Reader, Unread } from './references.ts';
import { parseYaml } from './yaml.ts';

/** All texts of one document together, in bytes. */
const MOST_BYTES = 50 * 1024 * 1024;
/** What YAML takes in memory goes by its entries, hundreds of bytes for each. */
const MOST_YAML_ENTRIES = 1_000_000;
const MOST_LEVELS = 200;
const MOST_FILES = 1_000;
const FETCH_MS = 30_000;

/** Thrown by a reader that meets a URL whose text nobody has fetched yet. */
export class NotFetched extends Unread {
  readonly url: string;

  constructor(url: string) {
    super(`${url} is not fetched`);
    this.url = url;
  }
}

export function isUrl(location: string): boolean {
  return /^https?:\/\//i.test(location);
}

/** The text of the file or, once fetched, of the URL. Throws UsageError when it can't be read. */
export class Texts implements Reader {
  readonly #root: string;
  readonly #allowRemote: boolean;
  readonly #texts = new Map<string, string>();
  #bytes = 0;

  constructor(root: string, allowRemote: boolean) {
    this.#root = isUrl(root) ? new URL(root).href : resolve(root);
    this.#allowRemote = allowRemote;
  }

  /** The root's own location, as `locate` gives it. */
  get root(): string {
    return this.#root;
  }

  text(location: string): string {
    const known = this.#texts.get(location);
    if (known !== undefined) return known;
    if (isUrl(location)) throw new NotFetched(location);
    const { size } = statSync(location);
    this.#count(size);
    const text = readFileSync(location, 'utf8');
    this.#texts.set(location, text);
    return text;
  }

  read(location: string): Json {
    if (this.#texts.size >= MOST_FILES) throw new Error(`more than ${MOST_FILES} files`);
    return parseDocument(this.text(location), this.shown(location));
  }

  locate(base: string, reference: string): string {
    if (isUrl(base) || isUrl(reference))
      return this.#remote(new URL(reference, isUrl(base) ? base : undefined));
    if (/^[a-z][a-z\d+.-]+:/i.test(reference)) {
      throw new Error('is neither a file beside the document nor an http(s) URL');
    }
    const file = resolve(dirname(base), decodeURIComponent(reference));
    const folder = realpathSync(dirname(this.#root));
    const real = realFile(file);
    if (isUrl(this.#root) || !real.startsWith(folder.endsWith(sep) ? folder : folder + sep)) {
      throw new Error(`leads out of the folder of the document, ${folder}`);
    }
    return file;
  }

  /** The location as messages name it: below the folder of the root. */
  shown(location: string): string {
    if (isUrl(location)) return location;
    const shown = relative(process.cwd(), location);
    return shown === '' || shown.startsWith('..') ? location : shown;
  }

  #remote(url: URL): string {
    const within = isUrl(this.#root) && url.href.startsWith(new URL('.', this.#root).href);
    if (!this.#allowRemote && !within) {
      throw new Error('leads to the net: --allow-remote follows it');
    }
    return url.href;
  }

  /** Gets the text behind a URL. Throws UsageError when there is none. */
  async fetch(url: string): Promise<void> {
    let text: string;
    try {
      const answer = await fetch(url, {
        signal: AbortSignal.timeout(FETCH_MS),
        headers: { accept: 'application/json, application/yaml, text/yaml, */*' },
      });
      if (!answer.ok) throw new Error(`it answered ${answer.status}`);
      text = await this.#limited(answer);
    } catch (error) {
      const { message, cause } = error as Error;
      const why = cause instanceof Error ? `${message}: ${cause.message}` : message;
      throw new UsageError(`can't read the spec ${url}: ${why}`);
    }
    this.#texts.set(url, text);
  }

  async #limited(answer: Response): Promise<string> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of answer.body ?? []) {
      this.#count(chunk.byteLength);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString('utf8');
  }

  #count(bytes: number): void {
    this.#bytes += bytes;
    if (this.#bytes <= MOST_BYTES) return;
    const megabytes = MOST_BYTES / 1024 / 1024;
    throw new Error(`it is larger than ${megabytes} MB, with the files that it refers to`);
  }
}

function realFile(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    throw new Error(`there is no file ${file}`);
  }
}

/** What the text says, JSON or YAML. Throws UsageError with every mistake in it and its place. */
export function parseDocument(text: string, file: string): Json {
  if (/^\s*[{[]/.test(text)) {
    const value = asJson(text);
    if (value !== undefined && depth(value, MOST_LEVELS + 1) > MOST_LEVELS) {
      throw new UsageError(`${file}:1:1 nests deeper than ${MOST_LEVELS} levels`);
    }
    if (value !== undefined) return value;
  }
  if (entries(text) > MOST_YAML_ENTRIES) {
    throw new UsageError(
      `${file}: has more than ${MOST_YAML_ENTRIES} lines and commas, which is too much for YAML: convert it to JSON`,
    );
  }
  const { value, mistakes } = parseYaml(text);
  if (mistakes.length === 0) return value as Json;
  throw new UsageError(
    mistakes.map(({ message, line, column }) => `${file}:${line}:${column} ${message}`),
  );
}

function asJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

function entries(text: string): number {
  let count = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x0a || code === 0x2c) count += 1;
  }
  return count;
}
