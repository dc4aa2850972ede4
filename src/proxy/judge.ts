// Follows each request through the proxy and judges it when all of its answer has gone by.

import type { IncomingMessage } from 'node:http';
import type { Broken } from '../conformance/traffic.ts';
import type { Exchange, Result } from '../conformance/verdict.ts';
import type { Contract } from '../contract/contract.ts';
import type { HttpRequest, HttpResponse } from '../model/http.ts';
import { isObject } from '../model/json.ts';
import { problem } from '../model/problem.ts';
import { parseQuery, splitTarget } from '../server/request.ts';
import type { Basis } from '../spec/spec.ts';
import { type Copy, readCopy } from './body.ts';
import { type Caller, callerOf, plainHeaders } from './headers.ts';
import { RequestJudge } from './judge-request.ts';
import { type Match, type Matcher, matcherOf } from './match.ts';
import { Watch } from './watch.ts';
import { Writes } from './writes.ts';

export interface JudgeOptions {
  readonly contract: Contract;
  readonly bases: readonly Basis[];
  readonly settle: number;
  /** Sent with every request, whatever the client says. */
  readonly headers: Readonly<Record<string, string>>;
  /** Hears of credentials, so that they can be kept out of what is said. */
  readonly secret: (secrets: Readonly<Record<string, string>>) => void;
}

export class Judge {
  readonly #options: JudgeOptions;
  readonly #match: Matcher;
  readonly #requests: RequestJudge;
  readonly #writes = new Writes();
  readonly #watch: Watch;
  readonly #secrets = new Set<string>();
  #first: string | undefined;
  #clock = 0;
  #number = 0;

  constructor(options: JudgeOptions) {
    const { contract, bases } = options;
    this.#options = options;
    this.#match = matcherOf(contract.spec);
    this.#requests = new RequestJudge(contract.spec, bases);
    this.#watch = new Watch({ ...options, writes: this.#writes });
  }

  /** A request has come. */
  begin(request: IncomingMessage): Visit {
    const { contract, headers } = this.#options;
    const [path, search] = splitTarget(request.url ?? '/');
    const sent: HttpRequest = {
      method: request.method ?? 'GET',
      path,
      query: parseQuery(search),
      headers: { ...plainHeaders(request.rawHeaders), ...headers },
    };
    const match = this.#match(sent.method, path);
    const caller = callerOf(contract, sent);
    this.#first ??= caller.name;
    if (!this.#secrets.has(caller.name)) {
      this.#secrets.add(caller.name);
      this.#options.secret(caller.secrets);
    }
    const began = this.#clock++;
    const binding = match && contract.binding(match.operation.id);
    const isRead = binding?.verb === 'read' || binding?.verb === 'list';
    if (!isRead && !['GET', 'HEAD', 'OPTIONS'].includes(sent.method)) this.#writes.begin(began);
    return { sent, match, caller, began, number: ++this.#number };
  }

  /** The request has been answered in full, or never will be; says when. */
  end({ began }: Visit): number {
    const ended = this.#clock++;
    this.#writes.end(began, ended);
    return ended;
  }

  /** Why the request must not be sent on; undefined where it may. A fault counts as a finding. */
  async refusal(visit: Visit, copy: Copy): Promise<Refusal | undefined> {
    const { sent, match } = visit;
    const { method, path } = sent;
    if (match === undefined) {
      if (method === 'OPTIONS' || method === 'HEAD') return undefined;
      const says = `the document has no operation for ${method} ${path}`;
      return { response: problem(404, 'No such operation', says), broken: [] };
    }
    const { operation } = match;
    const { body, isRead } = await readCopy(copy, sent.headers);
    const request = { ...sent, ...(body === undefined ? {} : { body }) };
    const fault = this.#requests.fault(operation, request, match.params, isRead);
    if (fault === undefined) return undefined;
    const failure = 'not sent on';
    const exchange = this.#exchange(visit, match, request, { failure });
    const broken = this.#watch.request(operation, exchange, fault);
    return { response: problem(422, 'The request breaks the document', fault), broken };
  }

  /** What the request and its answer break. */
  async judge(
    visit: Visit,
    { status, headers }: Omit<HttpResponse, 'body'>,
    copies: { readonly sent: Copy; readonly answered: Copy },
  ): Promise<Broken[]> {
    const { match, began, caller, sent } = visit;
    const ended = this.end(visit);
    if (match === undefined) return [];
    const { operation, params } = match;
    const asked = await readCopy(copies.sent, sent.headers);
    const answered = await readCopy(copies.answered, headers);
    const request = { ...sent, ...(asked.body === undefined ? {} : { body: asked.body }) };
    const received = {
      status,
      headers,
      ...(answered.body === undefined ? {} : { body: answered.body }),
    };
    const exchange = this.#exchange(visit, match, request, received);
    const broken = this.#watch.answer(operation, exchange, answered.isRead);
    if (status >= 200 && status < 300) {
      const fault = this.#requests.fault(operation, request, params, asked.isRead);
      broken.push(...this.#watch.request(operation, exchange, fault));
    }
    const binding = this.#options.contract.binding(operation.id);
    if (binding === undefined) return broken;
    const heard = {
      exchange,
      binding,
      caller: caller.name,
      began,
      ended,
      time: Date.now(),
      status,
      params,
      input: isObject(asked.body) ? asked.body : {},
      answer: answered.body,
    };
    return [...broken, ...this.#watch.rules(heard)];
  }

  get requests(): number {
    return this.#number;
  }

  results(): Result[] {
    return this.#watch.results();
  }

  #exchange(
    { caller, number }: Visit,
    { operation, path }: Match,
    request: HttpRequest,
    received: Exchange['received'],
  ): Exchange {
    return {
      request: { ...request, path, headers: caller.headers },
      received,
      operation: operation.id,
      route: operation.path,
      ...(caller.name === this.#first ? {} : { by: 'other' as const }),
      number,
    };
  }
}

/** One request on its way. */
export interface Visit {
  readonly sent: HttpRequest;
  /** Undefined for what the document does not have. */
  readonly match: Match | undefined;
  readonly caller: Caller;
  readonly began: number;
  readonly number: number;
}

export interface Refusal {
  readonly response: HttpResponse;
  readonly broken: readonly Broken[];
}
