// The operations of a document: parameters, bodies, answers and security, as data.

import type { OpenAPIV3_1 } from 'openapi-types';
import { isObject, type Json, type JsonObject } from '../model/json.ts';
import type { Schema } from '../schema/validate.ts';
import type { Directions } from './direction.ts';
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

/** How references are read: the value that one leads to, and a schema with all those in it replaced. */
export interface Readers extends Pick<Directions, 'request' | 'answer'> {
  followed(value: Json | undefined): Json;
  full(schema: Json): Schema;
}

/** All operations, in the order of the document. */
export function operationsOf(document: JsonObject, readers: Readers): Operation[] {
  const all = Object.entries(asObject(document['paths'])).flatMap(([path, stated]) => {
    const item = asObject(readers.followed(stated));
    return METHODS.filter((method) => isObject(item[method])).map((method) =>
      operationOf(document, path, method, item, readers),
    );
  });
  return withOwnIds(all);
}

function operationOf(
  document: JsonObject,
  path: string,
  method: string,
  pathItem: JsonObject,
  readers: Readers,
): Operation {
  const item = pathItem[method] as JsonObject;
  const objects = (value: Json | undefined) =>
    asList(value).map((one) => asObject(readers.followed(one)));
  const parameters = [...objects(pathItem['parameters']), ...objects(item['parameters'])]
    .filter((parameter) => typeof parameter['name'] === 'string')
    .map((parameter) => parameterOf(parameter, readers));
  const body =
    item['requestBody'] === undefined ? undefined : readers.followed(item['requestBody']);
  return {
    id: typeof item['operationId'] === 'string' ? item['operationId'] : `${method} ${path}`,
    method: method.toUpperCase(),
    path,
    basis: basisOf(item),
    parameters: inOrder(path, [
      ...new Map(parameters.map((p) => [`${p.in} ${p.name}`, p])).values(),
    ]),
    ...(isObject(body)
      ? {
          body: {
            required: body['required'] === true,
            contents: contentsOf(body['content'], readers, readers.request),
          },
        }
      : {}),
    answers: answersOf(item['responses'], readers),
    credentials: credentialsOf(document, item, readers),
  };
}

/** The parameters of the path in its order, those that the document forgot too; then the others. */
function inOrder(path: string, all: readonly Parameter[]): readonly Parameter[] {
  const names = [...path.matchAll(/\{([^}]*)\}/g)].map(([, name]) => name ?? '');
  const stated = all.filter((one) => one.in === 'path');
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

/** An id that an earlier operation has is none: the method and the path say which one is meant. */
function withOwnIds(operations: readonly Operation[]): Operation[] {
  const taken = new Set<string>();
  return operations.map((operation) => {
    const id = taken.has(operation.id)
      ? `${operation.method.toLowerCase()} ${operation.path}`
      : operation.id;
    taken.add(id);
    return { ...operation, id };
  });
}

function answersOf(responses: Json | undefined, readers: Readers): Answer[] {
  return Object.entries(asObject(responses)).map(([status, stated]) => {
    const answer = asObject(readers.followed(stated));
    return {
      status,
      basis: basisOf(answer),
      contents: contentsOf(answer['content'], readers, readers.answer),
      contentBasis: contentBasisOf(answer['content']),
    };
  });
}

function parameterOf(item: JsonObject, readers: Readers): Parameter {
  const where = item['in'] as Parameter['in'];
  const [media] = Object.values(asObject(item['content']));
  const schema = isObject(media) ? media['schema'] : item['schema'];
  return {
    name: String(item['name']),
    in: where,
    required: item['required'] === true,
    schema: readers.full(schema ?? true),
    basis: basisOf(item),
    ...styleOf(item, where),
  };
}

function contentsOf(
  content: Json | undefined,
  readers: Readers,
  directed: (schema: Schema) => Schema,
): Map<string, Schema> {
  return new Map(
    Object.entries(asObject(content)).map(([type, media]) => [
      type.toLowerCase(),
      directed(readers.full(asObject(readers.followed(media))['schema'] ?? true)),
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
    const scheme = asObject(readers.followed(schemes[name])) as unknown;
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
