// Text -> an OpenAPI 3 document that the rest can rely on: read, with its other files, its schemas mended. What is
// not supported is said here, with its place.

import type { Finding } from '../model/finding.ts';
import { isObject, type Json, type JsonObject } from '../model/json.ts';
import { pointer } from '../model/pointer.ts';
import { UsageError } from '../model/usage-error.ts';
import { normalise } from './normalise.ts';
import { placesIn } from './places.ts';
import { parseDocument, type Texts } from './read.ts';
import { bundle, FILES, isWhole, type Mistake, type Path } from './references.ts';
import { unsupported } from './unsupported.ts';

export interface Document {
  readonly document: JsonObject;
  readonly notes: readonly Finding[];
}

/** The document in the text of `file`. Throws UsageError with everything that keeps it from being read. */
export function documentIn(text: string, file: string, texts: Texts): Document {
  const value = parseDocument(text, file);
  checkVersion(value, file);
  const { document, mistakes } = isWhole(text, value as JsonObject)
    ? { document: value as JsonObject, mistakes: [] }
    : bundle(value as JsonObject, texts.root, texts);
  const lines = new Lines(file, text, texts);
  if (mistakes.length > 0) throw new UsageError(mistakes.map((one) => lines.said(one)));
  const notes: Finding[] = [];
  const report = (path: Path, says: string) => notes.push(lines.note(path, says));
  const mended = normalise(document, report);
  unsupported(mended, report);
  return { document: mended, notes };
}

function checkVersion(value: Json, file: string): void {
  const { openapi, swagger } = (isObject(value) ? value : {}) as Record<string, Json>;
  if (swagger !== undefined) {
    throw new UsageError(
      `${file} is Swagger ${swagger}, not an OpenAPI 3 document: convert it first, for instance with` +
        ` "npx swagger2openapi --patch --outfile openapi.yaml ${file}"`,
    );
  }
  if (typeof openapi === 'string' && /^3\.[0-2](\.|$)/.test(openapi)) return;
  const found = openapi === undefined ? 'no "openapi: 3.x" at its top' : `"openapi: ${openapi}"`;
  throw new UsageError(`${file} is not an OpenAPI 3 document (${found})`);
}

/** Where things stand, in whichever of the files. */
class Lines {
  readonly #texts: Texts;
  readonly #places = new Map<string, ReturnType<typeof placesIn>>();

  constructor(file: string, text: string, texts: Texts) {
    this.#texts = texts;
    this.#places.set(texts.root, placesIn(text, file));
  }

  said({ location, path, says }: Mistake): string {
    const { file, line, column } = this.#place(location, path);
    return `${file}:${line}:${column} ${says}`;
  }

  note(path: Path, message: string): Finding {
    const isOther = path[0] === FILES;
    const location = isOther ? String(path[1]) : this.#texts.root;
    const own = isOther ? path.slice(2) : path;
    const place = this.#place(location, own);
    return { check: 'spec/played', severity: 'warning', message, place, pointer: pointer(...own) };
  }

  #place(location: string, path: Path) {
    const known =
      this.#places.get(location) ??
      placesIn(this.#texts.text(location), this.#texts.shown(location));
    this.#places.set(location, known);
    return known(path);
  }
}
