// OpenAPI text -> Spec: the operations with their parameters, bodies, answers and security, references
// resolved. Knows nothing of contracts or of state.

import type { OpenAPIV3_1 } from 'openapi-types';
import type { Finding } from '../model/finding.ts';
import { isObject, type Json, type JsonObject } from '../model/json.ts';
import { atPointer, pointer } from '../model/pointer.ts';
import { UsageError } from '../model/usage-error.ts';
import { type Schema, Schemas, type Shared } from '../schema/validate.ts';
import { directions } from './direction.ts';
import { documentIn } from './document.ts';
import { operationsOf } from './operations.ts';
import { preparedValue, textHash } from './prepared.ts';
import { NotFetched, Texts } from './read.ts';
import { FILES } from './references.ts';
import { Resolver } from './resolve.ts';
import type { Written } from './styles.ts';

/** How a fact is known; `documented` unless the document says `x-tallystick-basis`. */
export type Basis = 'documented' | 'observed' | 'assumed' | 'protocol';

export interface Parameter extends Written {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header' | 'cookie';
  readonly required: boolean;
  readonly schema: Schema;
  readonly basis: Basis;
}

export interface Answer {
  /** `201`, `4XX` or `default`. */
  readonly status: string;
  readonly basis: Basis;
  /** Media type -> schema; empty when the answer has no body. */
  readonly contents: ReadonlyMap<string, Schema>;
  /** How its media types and schemas are known, where a document states the status and no more. */
  readonly contentBasis: Basis;
}

/** A credential the API takes: a header (or query key), with a prefix for `Bearer`. */
export interface Credential {
  readonly name: string;
  readonly in: 'header' | 'query' | 'cookie';
  /** `Bearer ` or '' . */
  readonly prefix: string;
}

export interface Operation {
  readonly id: string;
  /** Upper case. */
  readonly method: string;
  /** As in the document: `/groups/{id}`. */
  readonly path: string;
  readonly basis: Basis;
  readonly parameters: readonly Parameter[];
  readonly body?: { readonly required: boolean; readonly contents: ReadonlyMap<string, Schema> };
  readonly answers: readonly Answer[];
  /** Any one of these is enough; empty when the operation is open to everyone. */
  readonly credentials: readonly Credential[];
}

export interface Spec {
  readonly file: string;
  /** Whether it is a bundled one, just as it was when the package was built. */
  readonly isPrepared: boolean;
  readonly title: string;
  /** SHA-256 of its text. */
  readonly hash: string;
  /** What of the document is not played, or had to be mended to be read. */
  readonly notes: readonly Finding[];
  /** The document as it was read, references and all; the files that it refers to are in it. */
  readonly document: JsonObject;
  /** Server URLs as the document lists them. */
  readonly servers: readonly string[];
  /** The path of the first server URL, without a closing slash: `/v1` or ''. */
  readonly basePath: string;
  readonly operations: readonly Operation[];
  readonly schemas: Schemas;
  /** A schema by its name, or by a pointer that begins with `#/`; undefined when the document has none there. */
  schema(name: string): JsonObject | undefined;
  schemaNames(): string[];
}

export interface LoadOptions {
  /** Whether references to the net are followed; they are an error when not. */
  readonly allowRemote?: boolean;
}

/** The spec in the file. Throws UsageError when it can't be read or isn't OpenAPI 3. */
export function loadSpec(file: string): Spec {
  const texts = new Texts(file, false);
  try {
    return read(texts, file);
  } catch (error) {
    if (error instanceof NotFetched) throw new UsageError(`${error.url} is on the net`);
    throw error;
  }
}

/** The spec in a file or behind a URL, and whatever it refers to. Rejects with a UsageError as `loadSpec` throws. */
export async function fetchSpec(location: string, options: LoadOptions = {}): Promise<Spec> {
  const texts = new Texts(location, options.allowRemote === true);
  for (;;) {
    try {
      return read(texts, location);
    } catch (error) {
      if (!(error instanceof NotFetched)) throw error;
      await texts.fetch(error.url);
    }
  }
}

function read(texts: Texts, file: string): Spec {
  let text: string;
  try {
    text = texts.text(texts.root);
  } catch (error) {
    if (error instanceof NotFetched) throw error;
    throw new UsageError(`can't read the spec ${file}: ${(error as Error).message}`);
  }
  return specIn(text, file, texts);
}

/** The spec in the text; `file` is for messages. Throws UsageError with all syntax errors at once. */
export function parseSpec(text: string, file: string): Spec {
  return specIn(text, file, new Texts(file, false));
}

function specIn(text: string, file: string, texts: Texts): Spec {
  const hash = textHash(text);
  const prepared = preparedValue(hash);
  if (prepared !== undefined) {
    return specOf(prepared as JsonObject, { file, isPrepared: true, hash, notes: [] });
  }
  const { document, notes } = documentIn(text, file, texts);
  return specOf(document, { file, isPrepared: false, hash, notes });
}

type About = Pick<Spec, 'file' | 'isPrepared' | 'hash' | 'notes'>;

function specOf(document: JsonObject, about: About): Spec {
  const { file } = about;
  const resolver = new Resolver(document, file);
  const typed = document as unknown as OpenAPIV3_1.Document;
  const names = Object.keys(typed.components?.schemas ?? {});
  const servers = serversOf(document);
  const { request, answer, components } = directions(document, resolver);
  return {
    ...about,
    document,
    title: typed.info?.title ?? file,
    servers,
    basePath: basePathOf(servers[0]),
    operations: operationsOf(document, { written: resolver, request, answer }),
    schemas: new Schemas(sharedIn(document, components)),
    schemaNames: () => names,
    schema(name) {
      const ref = name.startsWith('#/') ? name : `#/components/schemas/${name}`;
      const isKnown = name === ref ? atPointer(document, ref) !== undefined : names.includes(name);
      const schema = isKnown ? resolver.resolved({ $ref: escaped(ref, name) }) : undefined;
      return isObject(schema) ? schema : undefined;
    },
  };
}

/** What references that stay may lead to: the document, and its components as they are for one direction. */
function sharedIn(document: JsonObject, directed: JsonObject): Shared {
  const { components, paths, [FILES]: files } = document;
  const present = Object.entries({ components, paths, [FILES]: files }).filter(
    ([, value]) => value !== undefined,
  );
  return {
    at: (ref) => (atPointer(directed, ref) ?? atPointer(document, ref)) as Json | undefined,
    all: () => ({ ...Object.fromEntries(present), ...directed }) as JsonObject,
  };
}

/** A name may hold what a pointer can't. */
function escaped(ref: string, name: string): string {
  return ref === name ? ref : `#${pointer('components', 'schemas', name)}`;
}

function serversOf(document: JsonObject): string[] {
  const servers = Array.isArray(document['servers']) ? document['servers'] : [];
  return servers.filter(isObject).map((server) => {
    const variables = isObject(server['variables']) ? server['variables'] : {};
    return String(server['url'] ?? '').replace(/\{([^}]+)\}/g, (whole, name: string) => {
      const variable = Object.hasOwn(variables, name) ? variables[name] : undefined;
      return isObject(variable) ? String(variable['default'] ?? whole) : whole;
    });
  });
}

function basePathOf(server: string | undefined): string {
  if (server === undefined) return '';
  const path = server.replace(/^[a-z][a-z\d+.-]*:\/\/[^/]*/i, '').replace(/[?#].*$/, '');
  const bare = path.replace(/\/+$/, '');
  return bare === '' || bare.startsWith('/') ? bare : `/${bare.replace(/^\.\//, '')}`;
}

/** The basis an element states for itself. */
export function basisOf(element: Json | undefined): Basis {
  const stated = isObject(element) ? element['x-tallystick-basis'] : undefined;
  return (stated as Basis | undefined) ?? 'documented';
}
