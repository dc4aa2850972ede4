// What every answer of an operation is held to, whoever asked: no server error, the documented success
// status, media type and schema. It listens to all traffic of a run and sends nothing itself.

import { successStatuses } from '../contract/contract.ts';
import { type HttpResponse, mediaType } from '../model/http.ts';
import type { Validator } from '../schema/validate.ts';
import { bodyKind } from '../spec/contents.ts';
import type { Answer, Basis, Operation, Spec } from '../spec/spec.ts';
import { stated } from './schema-under-bases.ts';
import type { TrailParts } from './trail.ts';
import { trimmed } from './trim-exchange.ts';
import type { Check, Exchange, Result } from './verdict.ts';

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

/** Whose answers are heard: a contract, or whatever else knows operations by their ids. */
export interface Answering {
  readonly spec: Pick<Spec, 'file' | 'schemas'>;
  readonly bindings: readonly { readonly operation: Operation }[];
  binding(operationId: string): { readonly operation: Operation } | undefined;
}

/** What an answer breaks: the id of the check, and why. */
export interface Broken {
  readonly id: string;
  readonly reason: string;
}

type Path = Pick<TrailParts, 'exchanges' | 'setup'>;

interface Seen {
  count: number;
  failure?: Failure;
}

export class Traffic {
  readonly #contract: Answering;
  readonly #bases: readonly Basis[];
  readonly #seen = new Map<string, Seen>();
  readonly #validators = new Map<string, Validator>();

  constructor(contract: Answering, bases: readonly Basis[]) {
    this.#contract = contract;
    this.#bases = bases;
  }

  /** Takes note of one exchange, and says what its answer breaks; a body that was not read is judged by no schema. */
  hear(operationId: string, exchange: Exchange, isRead = true): Broken[] {
    const operation = this.#contract.binding(operationId)?.operation;
    const { received } = exchange;
    if (operation === undefined || 'failure' in received || received.status === 429) return [];
    return FACETS.flatMap((facet) => {
      if (facet === 'response-schema' && !isRead) return [];
      const reason = this.#judge(facet, operation, received);
      if (reason === null) return [];
      const key = `${operation.id} ${facet}`;
      const seen = this.#seen.get(key) ?? { count: 0 };
      this.#seen.set(key, seen);
      seen.count += 1;
      if (reason === undefined) return [];
      seen.failure ??= { reason, exchange: trimmed(exchange) };
      return [{ id: `${operation.id}/${facet}`, reason }];
    });
  }

  /** Keeps the requests of the check that has just ended with what was first found wrong in it. */
  explain({ setup, exchanges, again }: TrailParts): void {
    const known = [...setup, ...exchanges, ...again];
    const numbers = new Set(known.map(({ number = 0 }) => number));
    for (const { failure } of this.#seen.values()) {
      if (failure === undefined || failure.path !== undefined) continue;
      const { exchange } = failure;
      if (!numbers.has(exchange.number ?? 0)) continue;
      const isEarlier = ({ number = 0 }: Exchange) => number < (exchange.number ?? 0);
      failure.path = {
        setup: setup.map(trimmed),
        exchanges: [...exchanges.filter(isEarlier).map(trimmed), exchange],
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
      const others = operation.answers.some((item) => item.status === 'default');
      return expected.length === 0 || others || entryOf(operation, status) !== undefined
        ? undefined
        : `answered ${status}, documented is ${expected}`;
    }
    if (answer === undefined || answer.contents.size === 0) return null;
    if (!this.#bases.includes(answer.contentBasis)) return null;
    const type = mediaType(response.headers['content-type']);
    if (facet === 'content-type') {
      if (contentOf(answer, type) !== undefined) return undefined;
      if (type.endsWith('+json') && status >= 400) return undefined;
      return `the media type is ${type || 'not given'}, documented is ${[...answer.contents.keys()].join(', ')}`;
    }
    return this.#fits(operation, answer, response);
  }

  /** Whether every success that the operation is known to have stands under the chosen bases. */
  #isSuccessStated({ answers }: Operation): boolean {
    return answers
      .filter(({ status }) => status.startsWith('2'))
      .every(({ basis }) => this.#bases.includes(basis));
  }

  /** What is documented of a status: its own entry, its hundred's, or the one for all others. */
  #documented(operation: Operation, status: number): Answer | undefined {
    const answer = entryOf(operation, status);
    return answer !== undefined && this.#bases.includes(answer.basis) ? answer : undefined;
  }

  #fits(operation: Operation, answer: Answer, { body, headers }: HttpResponse): string | undefined {
    const type = mediaType(headers['content-type']);
    // A type that is not documented is another finding; its body is held to what there should have been.
    const media = contentOf(answer, type) ?? 'application/json';
    const schema = answer.contents.get(media);
    if (body === undefined) return 'the answer has no body';
    const isJson = bodyKind(type) === 'json' || media === 'application/json';
    if (schema === undefined || !isJson) return undefined;
    const key = `${operation.id} ${answer.status} ${media}`;
    if (!this.#validators.has(key)) {
      const judged = stated(schema, this.#bases);
      this.#validators.set(key, this.#contract.spec.schemas.validator(judged));
    }
    const fault = this.#validators.get(key)?.(body)[0];
    return fault === undefined ? undefined : `${fault.field || 'the body'} ${fault.says}`;
  }
}

function entryOf({ answers }: Operation, status: number): Answer | undefined {
  const range = `${Math.floor(status / 100)}XX`;
  // Beside a stated success, the one for all others is about what went wrong.
  const isSuccess = status < 300 && answers.some((item) => item.status.startsWith('2'));
  return [String(status), range, ...(isSuccess ? [] : ['default'])]
    .map((known) => answers.find((item) => item.status.toUpperCase() === known.toUpperCase()))
    .find((item) => item !== undefined);
}

/** The documented type that covers the media type: itself, `text/*`, or any; undefined when none does. */
function contentOf({ contents }: Answer, type: string): string | undefined {
  const [family = ''] = type.split('/');
  return [...contents.keys()].find((known) =>
    [type, `${family}/*`, '*/*'].includes(mediaType(known)),
  );
}
