// OpenAPI text -> Spec: the operations with their parameters, bodies, answers and security, references
// resolved. Knows nothing of contracts or of state.

import { readFileSync } from 'node:fs';
import type { OpenAPIV3_1 } from 'openapi-types';
import { isObject, type Json, type JsonObject } from '../model/json.ts';
import { UsageError } from '../model/usage-error.ts';
import { type Schema, Schemas } from '../schema/validate.ts';
import { preparedValue } from './prepared.ts';
import { resolve } from './resolve.ts';
import { parseYaml } from './yaml.ts';

/** How a fact is known; `documented` unless the document says `x-tallystick-basis`. */
export type Basis = 'documented' | 'observed' | 'assumed' | 'protocol';

export interface Parameter {
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
  /** The document as it was read, references and all. */
  readonly document: JsonObject;
  /** Server URLs as the document lists them. */
  readonly servers: readonly string[];
  /** The path of the first server URL, without a closing slash: `/v1` or ''. */
  readonly basePath: string;
  readonly operations: readonly Operation[];
  readonly schemas: Schemas;
  /** A named schema with its references replaced; undefined when the document has none of that name. */
  schema(name: string): JsonObject | undefined;
  schemaNames(): string[];
}

const METHODS = ['get', 'put', 'post', 'delete', 'patch', 'head', 'options', 'trace'] as const;

/** The spec in the file. Throws UsageError when it can't be read or isn't OpenAPI 3. */
export function loadSpec(file: string): Spec {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`can't read the spec ${file}: ${(error as Error).message}`);
  }
  return parseSpec(text, file);
}

/** The spec in the text; `file` is for messages. Throws UsageError with all syntax errors at once. */
export function parseSpec(text: string, file: string): Spec {
  const prepared = preparedValue(text);
  if (prepared !== undefined) return specOf(prepared as JsonObject, file, true);
  const { value, mistakes } = parseYaml(text);
  if (mistakes.length > 0) {
    throw new UsageError(
      mistakes.map(({ message, line, column }) => `${file}:${line}:${column} ${message}`),
    );
  }
  const document = value as JsonObject;
  const version = isObject(document) ? document['openapi'] : undefined;
  if (typeof version !== 'string' || !/^3\.\d/.test(version)) {
    throw new UsageError(`${file} is not an OpenAPI 3 document (no "openapi: 3.x" at its top)`);
  }
  return specOf(document, file, false);
}

function specOf(document: JsonObject, file: string, isPrepared: boolean): Spec {
  const full = (value: Json | undefined) => resolve(document, value ?? {}, file) as JsonObject;
  const named = new Map<string, JsonObject>();
  const typed = document as unknown as OpenAPIV3_1.Document;
  const names = Object.keys(typed.components?.schemas ?? {});
  const servers = (typed.servers ?? []).map((server) => server.url);
  return {
    file,
    isPrepared,
    document,
    title: typed.info?.title ?? file,
    servers,
    basePath: basePathOf(servers[0]),
    operations: operationsOf(document, full),
    schemas: new Schemas(document),
    schemaNames: () => names,
    schema(name) {
      if (!names.includes(name)) return undefined;
      const known = named.get(name) ?? full({ $ref: `#/components/schemas/${name}` });
      named.set(name, known);
      return known;
    },
  };
}

function basePathOf(server: string | undefined): string {
  if (server === undefined) return '';
  const path = server.replace(/^[a-z]+:\/\/[^/]*/i, '').replace(/[?#].*$/, '');
  return path.replace(/\/+$/, '');
}

function operationsOf(document: JsonObject, full: (value: Json) => JsonObject): Operation[] {
  const paths = (document['paths'] ?? {}) as JsonObject;
  return Object.entries(paths).flatMap(([path, item]) =>
    METHODS.filter((method) => isObject(item) && isObject(item[method])).map((method) => {
      const shared = ((item as JsonObject)['parameters'] ?? []) as Json[];
      const own = (item as JsonObject)[method] as JsonObject;
      return operationOf(document, path, method, full(own), shared.map(full));
    }),
  );
}

function operationOf(
  document: JsonObject,
  path: string,
  method: string,
  item: JsonObject,
  shared: readonly JsonObject[],
): Operation {
  const parameters = [...shared, ...((item['parameters'] ?? []) as JsonObject[])].map(parameterOf);
  const body = item['requestBody'] as JsonObject | undefined;
  return {
    id: typeof item['operationId'] === 'string' ? item['operationId'] : `${method} ${path}`,
    method: method.toUpperCase(),
    path,
    basis: basisOf(item),
    parameters: [...new Map(parameters.map((p) => [`${p.in} ${p.name}`, p])).values()],
    ...(body === undefined
      ? {}
      : { body: { required: body['required'] === true, contents: contentsOf(body['content']) } }),
    answers: Object.entries((item['responses'] ?? {}) as JsonObject).map(([status, answer]) => ({
      status,
      basis: basisOf(answer),
      contents: contentsOf((answer as JsonObject)['content']),
      contentBasis: contentBasisOf((answer as JsonObject)['content']),
    })),
    credentials: credentialsOf(document, item),
  };
}

function parameterOf(item: JsonObject): Parameter {
  return {
    name: String(item['name']),
    in: item['in'] as Parameter['in'],
    required: item['required'] === true,
    schema: (item['schema'] ?? true) as Schema,
    basis: basisOf(item),
  };
}

function contentsOf(content: Json | undefined): Map<string, Schema> {
  if (!isObject(content)) return new Map();
  return new Map(
    Object.entries(content).map(([type, media]) => [
      type.toLowerCase(),
      ((media as JsonObject)['schema'] ?? true) as Schema,
    ]),
  );
}

function contentBasisOf(content: Json | undefined): Basis {
  const [media] = Object.values(isObject(content) ? content : {});
  return basisOf(media);
}

function credentialsOf(document: JsonObject, item: JsonObject): Credential[] {
  const required = (item['security'] ?? document['security'] ?? []) as JsonObject[];
  if (required.some((alternative) => Object.keys(alternative).length === 0)) return [];
  const typed = document as unknown as OpenAPIV3_1.Document;
  const schemes = typed.components?.securitySchemes ?? {};
  return required.flatMap(Object.keys).flatMap((name): Credential[] => {
    const scheme = schemes[name] as OpenAPIV3_1.SecuritySchemeObject | undefined;
    if (scheme?.type === 'apiKey') {
      return [{ name: scheme.name, in: scheme.in as Credential['in'], prefix: '' }];
    }
    return scheme === undefined ? [] : [{ name: 'authorization', in: 'header', prefix: 'Bearer ' }];
  });
}

/** The basis an element states for itself. */
export function basisOf(element: Json | undefined): Basis {
  const stated = isObject(element) ? element['x-tallystick-basis'] : undefined;
  return (stated as Basis | undefined) ?? 'documented';
}
