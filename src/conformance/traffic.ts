// What every answer of an operation is held to, whoever asked: no server error, the documented success
// status, media type and schema. It listens to all traffic of a run and sends nothing itself.

import { type Contract, successStatuses } from '../contract/contract.ts';
import { type HttpResponse, mediaType } from '../model/http.ts';
import { isObject, type Json, type JsonObject } from '../model/json.ts';
import type { Schema, Validator } from '../schema/validate.ts';
import { type Answer, type Basis, basisOf, type Operation } from '../spec/spec.ts';
import { lighter } from './lighter.ts';
import type { Check, Exchange, Result } from './verdict.ts';
import type { WayParts } from './way.ts';

const SAYS = {
  'server-error': 'No request is answered with a server error.',
  status: 'A success has the status that the operation documents.',
  'content-type': 'An answer has a media type that the operation documents.',
  'response-schema': 'An answer fits its schema.',
} as const;

type Facet = keyof typeof SAYS;
const FACETS = Object.keys(SAYS) as Facet[];

/** Whether the result is one of what all answers are held to: every run has these, whatever it was asked to check. */
export function isTraffic({ rule }: Check): boolean {
  return FACETS.some((facet) => rule === `spec.${facet}`);
}

interface Failure {
  readonly reason: string;
  readonly exchange: Exchange;
  /** The requests that led there; absent until the check that sent it has ended. */
  path?: Path;
}

type Path = Pick<WayParts, 'exchanges' | 'setup'>;

interface Seen {
  count: number;
  failure?: Failure;
}

export class Traffic {
  readonly #contract: Contract;
  readonly #bases: readonly Basis[];
  readonly #seen = new Map<string, Seen>();
  readonly #validators = new Map<string, Validator | undefined>();

  constructor(contract: Contract, bases: readonly Basis[]) {
    this.#contract = contract;
    this.#bases = bases;
  }

  /** Takes note of one exchange. */
  hear(operationId: string, exchange: Exchange): void {
    const operation = this.#contract.binding(operationId)?.operation;
    const { received } = exchange;
    if (operation === undefined || 'failure' in received || received.status === 429) return;
    for (const facet of FACETS) {
      const reason = this.#judge(facet, operation, received);
      if (reason === null) continue;
      const key = `${operation.id} ${facet}`;
      const seen = this.#seen.get(key) ?? { count: 0 };
      this.#seen.set(key, seen);
      seen.count += 1;
      if (reason !== undefined) seen.failure ??= { reason, exchange: lighter(exchange) };
    }
  }

  /** Keeps the requests of the check that has just ended with what was first found wrong in it. */
  explain({ setup, exchanges, again }: WayParts): void {
    const known = [...setup, ...exchanges, ...again];
    const numbers = new Set(known.map(({ number = 0 }) => number));
    for (const { failure } of this.#seen.values()) {
      if (failure === undefined || failure.path !== undefined) continue;
      const { exchange } = failure;
      if (!numbers.has(exchange.number ?? 0)) continue;
      const isEarlier = ({ number = 0 }: Exchange) => number < (exchange.number ?? 0);
      failure.path = {
        setup: setup.map(lighter),
        exchanges: [...exchanges.filter(isEarlier).map(lighter), exchange],
      };
    }
  }

  /** Forgets server errors heard before: a hiccup that did not come again is none. */
  forgive(operationId: string): void {
    const seen = this.#seen.get(`${operationId} server-error`);
    if (seen !== undefined) delete seen.failure;
  }

  /** One result for each operation and facet. */
  results(): Result[] {
    return this.#contract.bindings.flatMap(({ operation }) =>
      FACETS.filter((facet) => this.#applies(facet, operation)).map((facet) =>
        this.#result(operation, facet),
      ),
    );
  }

  /** An operation that documents no body can't break one. */
  #applies(facet: Facet, operation: Operation): boolean {
    if (facet === 'server-error') return this.#bases.includes(operation.basis);
    if (facet === 'status') return this.#isSuccessStated(operation);
    return operation.answers.some(
      ({ basis, contents, contentBasis }) =>
        contents.size > 0 && this.#bases.includes(basis) && this.#bases.includes(contentBasis),
    );
  }

  #result(operation: Operation, facet: Facet): Result {
    const check: Check = {
      id: `${operation.id}/${facet}`,
      rule: `spec.${facet}`,
      says: SAYS[facet],
      basis: facet === 'server-error' ? 'protocol' : 'documented',
      source: this.#contract.spec.file,
      operation: operation.id,
    };
    const seen = this.#seen.get(`${operation.id} ${facet}`);
    if (seen === undefined)
      return { ...check, verdict: 'notExercised', reason: 'no such answer was seen' };
    if (seen.failure === undefined) return { ...check, verdict: 'conforms' };
    const { reason, exchange, path = { setup: [], exchanges: [exchange] } } = seen.failure;
    const { exchanges: requests, setup } = path;
    return { ...check, verdict: 'violated', reason, requests, setup };
  }

  /** What is wrong; undefined when nothing is, null when the facet doesn't apply to this answer. */
  #judge(facet: Facet, operation: Operation, response: HttpResponse): string | undefined | null {
    const { status } = response;
    if (facet === 'server-error') return status >= 500 ? `answered ${status}` : undefined;
    const answer = this.#documented(operation, status);
    if (facet === 'status') {
      if (status >= 300 || !this.#isSuccessStated(operation)) return null;
      const expected = successStatuses(operation);
      return expected.includes(String(status))
        ? undefined
        : `answered ${status}, documented is ${expected}`;
    }
    if (answer === undefined || answer.contents.size === 0) return null;
    if (!this.#bases.includes(answer.contentBasis)) return null;
    const type = mediaType(response.headers['content-type']);
    if (facet === 'content-type') {
      if (answer.contents.has(type) || (type.endsWith('+json') && status >= 400)) return undefined;
      return `the media type is ${type || 'not given'}, documented is ${[...answer.contents.keys()].join(', ')}`;
    }
    return this.#fits(operation, answer, response.body);
  }

  /** Whether every success that the operation is known to have stands under the chosen bases. */
  #isSuccessStated({ answers }: Operation): boolean {
    return answers
      .filter(({ status }) => status.startsWith('2'))
      .every(({ basis }) => this.#bases.includes(basis));
  }

  #documented(operation: Operation, status: number): Answer | undefined {
    const answer = operation.answers.find((item) => item.status === String(status));
    return answer !== undefined && this.#bases.includes(answer.basis) ? answer : undefined;
  }

  #fits(operation: Operation, answer: Answer, body: Json | undefined): string | undefined {
    const key = `${operation.id} ${answer.status}`;
    if (!this.#validators.has(key)) {
      const schema = answer.contents.get('application/json');
      const judged = schema === undefined ? undefined : this.#stated(schema);
      const validator =
        judged === undefined ? undefined : this.#contract.spec.schemas.validator(judged);
      this.#validators.set(key, validator);
    }
    if (body === undefined) return 'the answer has no body';
    const fault = this.#validators.get(key)?.(body)[0];
    return fault === undefined ? undefined : `${fault.field || 'the body'} ${fault.says}`;
  }

  /** The schema without what does not stand under the chosen bases. */
  #stated(schema: Schema): Schema {
    if (!isObject(schema)) return schema;
    const stated: Record<string, Json> = {};
    for (const [key, value] of Object.entries(schema)) {
      if (key === 'properties') stated[key] = this.#statedProperties(value as JsonObject);
      else if (key === 'items' || key === 'additionalProperties')
        stated[key] = this.#stated(value as Schema) as Json;
      else if (key === 'allOf' || key === 'anyOf' || key === 'oneOf') {
        stated[key] = (value as Schema[]).map((item) => this.#stated(item) as Json);
      } else stated[key] = value;
    }
    const { required, properties } = schema;
    if (Array.isArray(required) && isObject(properties)) {
      const dropped = (name: Json) =>
        Object.hasOwn(properties, String(name)) &&
        !this.#bases.includes(basisOf(properties[String(name)]));
      stated['required'] = required.filter((name) => !dropped(name));
    }
    return stated;
  }

  #statedProperties(properties: JsonObject): JsonObject {
    return Object.fromEntries(
      Object.entries(properties)
        .filter(([, schema]) => this.#bases.includes(basisOf(schema)))
        .map(([name, schema]) => [name, this.#stated(schema as Schema) as Json]),
    );
  }
}
