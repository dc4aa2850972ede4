// The operations of a document: parameters, bodies, answers and security, as data.

import type { OpenAPIV3_1 } from 'openapi-types';
import { isObject, type Json, type JsonObject } from '../model/json.ts';
import type { Schema } from '../schema/validate.ts';
import type { Directions } from './direction.ts';
import type { Resolver } from './resolve.ts';
import {
  type Answer,
  type Basis,
  basisOf,
  type Credential,
  type Operation,
  type Parameter,
} from './spec.ts';
import { styleOf } from './styles.ts';

export const METHODS = [
  'get',
  'put',
  'post',
  'delete',
  'patch',
  'head',
  'options',
  'trace',
  'query',
] as const;

/** What resolves references: in what is sent, in what is answered, and as they are written. */
export interface Readers extends Pick<Directions, 'request' | 'answer'> {
  readonly written: Resolver;
}

/** All operations, in the order of the document; what each says is read when it is first asked for. */
export function operationsOf(document: JsonObject, readers: Readers): Operation[] {
  const taken = new Set<string>();
  return Object.entries(asObject(document['paths'])).flatMap(([path, stated]) => {
    const item = asObject(readers.written.followed(stated));
    return METHODS.filter((method) => isObject(item[method])).map((method) => {
      const id = idOf(asObject(item[method]), `${method} ${path}`, taken);
      const read = { document, pathItem: item, item: asObject(item[method]), readers };
      return new ReadOperation(id, method, path, read);
    });
  });
}

/** An id that an earlier operation has is none: the method and the path say which one is meant. */
function idOf({ operationId }: JsonObject, standard: string, taken: Set<string>): string {
  const id = typeof operationId === 'string' && !taken.has(operationId) ? operationId : standard;
  taken.add(id);
  return id;
}

/** An operation; what it says in detail is read when it is first asked for. */
class ReadOperation implements Operation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly basis: Basis;
  readonly body?: NonNullable<Operation['body']>;
  readonly #read: ReadWith;
  #parameters: readonly Parameter[] | undefined;
  #answers: readonly Answer[] | undefined;
  #credentials: readonly Credential[] | undefined;

  constructor(id: string, method: string, path: string, read: ReadWith) {
    this.id = id;
    this.method = method.toUpperCase();
    this.path = path;
    this.basis = basisOf(read.item);
    this.#read = read;
    const { requestBody } = read.item;
    const body = requestBody === undefined ? undefined : read.readers.written.followed(requestBody);
    if (isObject(body)) this.body = new ReadBody(body, read.readers);
  }

  get parameters(): readonly Parameter[] {
    const { pathItem, item, readers } = this.#read;
    this.#parameters ??= parametersOf(this.path, pathItem, item, readers);
    return this.#parameters;
  }

  get answers(): readonly Answer[] {
    this.#answers ??= answersOf(this.#read.item['responses'], this.#read.readers);
    return this.#answers;
  }

  get credentials(): readonly Credential[] {
    const { document, item, readers } = this.#read;
    this.#credentials ??= credentialsOf(document, item, readers);
    return this.#credentials;
  }
}

/** Where an operation stands, and what reads it. */
interface ReadWith {
  readonly document: JsonObject;
  readonly pathItem: JsonObject;
  readonly item: JsonObject;
  readonly readers: Readers;
}

class ReadBody {
  readonly required: boolean;
  readonly #content: Json | undefined;
  readonly #resolver: Resolver;
  #contents: ReadonlyMap<string, Schema> | undefined;

  constructor({ required, content }: JsonObject, { request }: Readers) {
    this.required = required === true;
    this.#content = content;
    this.#resolver = request;
  }

  get contents(): ReadonlyMap<string, Schema> {
    this.#contents ??= contentsOf(this.#content, this.#resolver);
    return this.#contents;
  }
}

class ReadAnswer implements Answer {
  readonly status: string;
  readonly basis: Basis;
  readonly #content: Json | undefined;
  readonly #resolver: Resolver;
  #contents: ReadonlyMap<string, Schema> | undefined;

  constructor(status: string, answer: JsonObject, { answer: resolver }: Readers) {
    this.status = status;
    this.basis = basisOf(answer);
    this.#content = answer['content'];
    this.#resolver = resolver;
  }

  get contentBasis(): Basis {
    return contentBasisOf(this.#content);
  }

  get contents(): ReadonlyMap<string, Schema> {
    this.#contents ??= contentsOf(this.#content, this.#resolver);
    return this.#contents;
  }
}

function parametersOf(
  path: string,
  pathItem: JsonObject,
  item: JsonObject,
  readers: Readers,
): readonly Parameter[] {
  const stated = [...asList(pathItem['parameters']), ...asList(item['parameters'])]
    .map((one) => asObject(readers.written.followed(one)))
    .filter((parameter) => typeof parameter['name'] === 'string')
    .map((parameter) => parameterOf(parameter, readers));
  return inOrder(path, [...new Map(stated.map((p) => [`${p.in} ${p.name}`, p])).values()]);
}

/** The parameters of the path in its order, those that the document forgot too; then the others. */
function inOrder(path: string, all: readonly Parameter[]): readonly Parameter[] {
  const stated = all.filter((one) => one.in === 'path');
  if (stated.length === 0 && !path.includes('{')) return all;
  const names = [...path.matchAll(/\{([^}]*)\}/g)].map(([, name]) => name ?? '');
  if (stated.map(({ name }) => name).join('/') === names.join('/')) return all;
  const inPath = names.map(
    (name): Parameter =>
      stated.find((one) => one.name === name) ?? {
        name,
        in: 'path',
        required: true,
        schema: { type: 'string' },
        basis: 'documented',
        style: 'simple',
        explode: false,
      },
  );
  return [...inPath, ...all.filter((one) => one.in !== 'path')];
}

function answersOf(responses: Json | undefined, readers: Readers): Answer[] {
  return Object.entries(asObject(responses)).map(
    ([status, stated]) =>
      new ReadAnswer(status, asObject(readers.written.followed(stated)), readers),
  );
}

function parameterOf(item: JsonObject, readers: Readers): Parameter {
  const where = item['in'] as Parameter['in'];
  const [media] = Object.values(asObject(item['content']));
  const schema = isObject(media) ? media['schema'] : item['schema'];
  return {
    name: String(item['name']),
    in: where,
    required: item['required'] === true,
    schema: readers.written.resolved(schema ?? true) as Schema,
    basis: basisOf(item),
    ...styleOf(item, where),
  };
}

function contentsOf(content: Json | undefined, resolver: Resolver): Map<string, Schema> {
  return new Map(
    Object.entries(asObject(content)).map(([type, media]) => [
      type.toLowerCase(),
      resolver.resolved(asObject(resolver.followed(media))['schema'] ?? true) as Schema,
    ]),
  );
}

function contentBasisOf(content: Json | undefined): Basis {
  const [media] = Object.values(asObject(content));
  return basisOf(media);
}

function credentialsOf(document: JsonObject, item: JsonObject, readers: Readers): Credential[] {
  const required = asList(item['security'] ?? document['security']).filter(isObject);
  if (required.some((alternative) => Object.keys(alternative).length === 0)) return [];
  const schemes = asObject(asObject(document['components'])['securitySchemes']);
  return required.flatMap(Object.keys).flatMap((name): Credential[] => {
    if (schemes[name] === undefined) return [];
    const scheme = asObject(readers.written.followed(schemes[name])) as unknown;
    return credentialOf(scheme as OpenAPIV3_1.SecuritySchemeObject);
  });
}

function credentialOf(scheme: OpenAPIV3_1.SecuritySchemeObject): Credential[] {
  if (scheme.type === 'apiKey') {
    return [{ name: scheme.name, in: scheme.in as Credential['in'], prefix: '' }];
  }
  const prefix = scheme.type === 'http' && /^basic$/i.test(scheme.scheme) ? 'Basic ' : 'Bearer ';
  return [{ name: 'authorization', in: 'header', prefix }];
}

function asObject(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

function asList(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}
