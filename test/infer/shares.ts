// How many of a document's GET operations are answered with what their own schemas say: by the mock that is guessed
// from the document, once records are made by its creates, and by Prism, asked the same.

import {
  createInstance,
  getHttpOperationsFromSpec,
  resetJSONSchemaGenerator,
} from '@stoplight/prism-http';
import { guessContract } from '../../src/infer/load.ts';
import { isOfText } from '../../src/infer/texts.ts';
import { makeEnv } from '../../src/mock/env.ts';
import { hooksOf, playable } from '../../src/mock/playable.ts';
import type { HttpRequest, HttpResponse } from '../../src/model/http.ts';
import { isObject, type Json } from '../../src/model/json.ts';
import { prismAnswer } from '../../src/prism/engine.ts';
import { kinds } from '../../src/rules/index.ts';
import { completed } from '../../src/schema/complete.ts';
import { bodyKind, recordContent } from '../../src/spec/contents.ts';
import type { Operation, Parameter } from '../../src/spec/spec.ts';
import { parseSpec, type Spec } from '../../src/spec/spec.ts';
import { seedOf } from '../../src/stores/fixture.ts';
import { type InProcess, inProcess } from '../../src/testing/in-process.ts';
import { CONFIG, SILENT } from './verdicts.ts';

/** A GET whose answer is not what the document says, and why. */
export interface Wrong {
  readonly operation: string;
  readonly why: string;
}

export interface Share {
  /** All GET operations of the document. */
  readonly asked: number;
  /** Those that the mock answered with 2xx. */
  readonly taken: number;
  readonly ours: readonly Wrong[];
  readonly prism: readonly Wrong[];
  /** The same, where it makes up its answers. */
  readonly dynamic: readonly Wrong[];
}

/** Every GET of the document, asked of both, or of the mock alone. */
export async function shareOf(document: object, isOurs = false): Promise<Share> {
  const spec = parseSpec(JSON.stringify(document), 'document.json');
  const asked = spec.operations.filter(({ method }) => method === 'GET');
  const mock = new Mock(spec);
  await mock.fill();
  const prism = isOurs ? undefined : await prismFor(document);
  const none: Wrong[] = [];
  const share = { asked: asked.length, taken: 0, ours: [...none], prism: [...none], dynamic: none };
  for (const operation of asked) {
    const request = mock.request(operation);
    const answer = await mock.answer(operation, request);
    if (answer.status < 300) share.taken += 1;
    share.ours.push(...wrong(spec, operation, answer));
    for (const way of ['prism', 'dynamic'] as const) {
      if (prism === undefined) break;
      const other = await prism(operation, request, way === 'dynamic');
      share[way].push(
        ...('failed' in other
          ? [{ operation: operation.id, why: other.failed }]
          : wrong(spec, operation, other)),
      );
    }
  }
  return share;
}

/** What is wrong with an answer, by the document: its status is not there, or its body does not fit. */
function wrong(spec: Spec, operation: Operation, { status, body }: HttpResponse): Wrong[] {
  const said = (why: string): Wrong[] => [{ operation: operation.id, why }];
  const stated = [String(status), `${String(status)[0]}XX`, 'default'];
  const answer = stated
    .map((one) => operation.answers.find((known) => known.status.toUpperCase() === one))
    .find((one) => one !== undefined);
  if (answer === undefined) return said(`${status} is not stated`);
  const contents = [...answer.contents];
  const content =
    contents.find(([type]) => bodyKind(type) === 'json') ??
    contents.find(([type]) => bodyKind(type) === 'text');
  if (content === undefined) return [];
  const [fault] = spec.schemas.validator(content[1])(body ?? null);
  return fault === undefined ? [] : said(`${status}: ${`${fault.field} ${fault.says}`.trim()}`);
}

const CALLER = { authorization: 'Bearer me' };

/** The guessed mock, with what its creates make of the smallest bodies. */
class Mock {
  readonly #spec: Spec;
  readonly #guessed;
  readonly #mock: InProcess;
  readonly #api;
  /** By resource: a record that is there. */
  readonly #known = new Map<string, Json>();

  constructor(spec: Spec) {
    this.#spec = spec;
    this.#guessed = guessContract(spec, kinds);
    const { contract, inferred } = this.#guessed;
    this.#api = playable(contract, hooksOf(contract, kinds));
    const clock = Date.parse('2026-03-01T00:00:00Z');
    const fixture = seedOf(inferred.rows, this.#api, makeEnv({ seed: 2 }));
    this.#mock = inProcess(this.#api, { seed: 1, clock, fixture });
  }

  /** One record of each resource: the first that its examples give, else one that its create makes. */
  async fill(): Promise<void> {
    const { contract, inferred } = this.#guessed;
    for (const [name, [row]] of inferred.rows) if (row !== undefined) this.#known.set(name, row);
    for (const { verb, operation, resource } of contract.bindings) {
      if (verb !== 'create') continue;
      const request = this.request(operation);
      const { status } = await this.#mock.send(request);
      if (status >= 300) continue;
      const scope = [...this.#mock.state.scopes()][0] ?? '';
      const row = [...this.#mock.state.table(scope, resource.name).rows.values()].at(-1);
      if (row !== undefined) this.#known.set(resource.name, row.data);
    }
  }

  /** A request with the smallest body and the ids of the records that are there. */
  request(operation: Operation): HttpRequest {
    const body = recordContent(operation.body?.contents);
    const sent = body === undefined ? undefined : completed(this.#spec.schemas, body, {});
    const required = operation.parameters.filter((one) => one.required && one.in === 'query');
    return {
      method: operation.method,
      path: operation.path.replace(/\{([^}]+)\}/g, (_, name: string) =>
        encodeURIComponent(this.#named(operation, name)),
      ),
      query: new Map(required.map((one) => [one.name, [usual(one)]])),
      headers: CALLER,
      ...(sent === undefined ? {} : { body: sent }),
      ...(isOfText(operation) ? { text: 'x', bodyFault: 'malformed' as const } : {}),
    };
  }

  #named(operation: Operation, name: string): string {
    const binding = this.#guessed.contract.binding(operation.id);
    const owner = binding?.owners.find(({ parameter }) => parameter === name)?.resource;
    const resource = name === binding?.idParameter ? binding.resource : owner;
    const row = resource === undefined ? undefined : this.#known.get(resource.name);
    const field = name === binding?.idParameter ? binding.by : (owner?.key ?? '');
    const known = isObject(row) ? row[field] : undefined;
    const parameter = operation.parameters.find((one) => one.in === 'path' && one.name === name);
    return String(known ?? (parameter === undefined ? 'x' : usual(parameter)));
  }

  /** Its answer; of an operation that nothing is guessed of, that of the engine behind it. */
  async answer(operation: Operation, request: HttpRequest): Promise<HttpResponse> {
    const found = this.#api.find(request.method, request.path);
    const isUnbound = !Array.isArray(found) && 'unbound' in found;
    return isUnbound ? prismAnswer(this.#spec, operation, request) : this.#mock.send(request);
  }
}

function usual({ schema }: Parameter): string {
  const [type] = isObject(schema) ? [schema['type']].flat() : [];
  if (type === 'integer' || type === 'number') return '1';
  return isObject(schema) && schema['format'] === 'uuid'
    ? '3f2b8a10-5c1d-4e7a-9b0e-2a6c4d8e1f35'
    : 'x';
}

interface Output {
  readonly statusCode: number;
  readonly body?: Json;
}

/** Prism with the whole document, as its own command serves it: examples and fixed values. */
async function prismFor(document: object) {
  const { servers: _, ...rest } = structuredClone(document) as { servers?: unknown };
  const resources = await getHttpOperationsFromSpec(rest);
  resetJSONSchemaGenerator();
  const instance = createInstance(CONFIG, { logger: SILENT as never });
  return async (
    operation: Operation,
    { path, query, headers }: HttpRequest,
    dynamic: boolean,
  ): Promise<HttpResponse | { readonly failed: string }> => {
    const own = resources.filter(
      (one) => one.path === operation.path && one.method === operation.method.toLowerCase(),
    );
    const url = { path, query: Object.fromEntries([...query].map(([name, [one]]) => [name, one])) };
    const config = dynamic ? { ...CONFIG, mock: { dynamic: true, seed: 1 } } : CONFIG;
    const input = { method: 'get', url, headers };
    const result = await instance.request(input as never, own, config as never)();
    if (result._tag === 'Left')
      return { failed: `no answer: ${result.left.message.split(/\p{Cc}| \(#/u)[0]}` };
    const { statusCode, body } = result.right.output as Output;
    return { status: statusCode, headers: {}, ...(body === undefined ? {} : { body }) };
  };
}
