// What the probes of one run share: who sends, values that nobody else uses, records that samples need,
// and an ear on all traffic.

import { type Binding, type Contract, full } from '../contract/contract.ts';
import type { Scope, Tools } from '../contract/expression.ts';
import { compileTemplate, type Template } from '../contract/template.ts';
import type { HttpRequest, Send } from '../model/http.ts';
import { isObject, type Json, type JsonObject } from '../model/json.ts';
import type { Sender } from '../model/steps.ts';
import { envelopeOf, keysTo, valueAt } from './envelope.ts';
import type { Exchange, Received } from './verdict.ts';

export interface SessionOptions {
  readonly contract: Contract;
  readonly send: Send;
  /** Headers of the first caller, and of one in another tenant; without it, what needs it isn't exercised. */
  readonly headers: Readonly<Record<string, string>>;
  readonly otherHeaders?: Readonly<Record<string, string>>;
  readonly seed: number;
  /** How long a list may lag, in milliseconds. */
  readonly settle: number;
  sleep(ms: number): Promise<void>;
  heard?(operation: string, exchange: Exchange): void;
}

export class Session {
  readonly options: SessionOptions;
  /** Resources whose smallest body was refused: nothing that needs one can be judged. */
  readonly broken = new Set<string>();
  requests = 0;
  /** How many requests in a row got no answer at all. */
  unanswered = 0;
  #values = 0;
  readonly #shared = new Map<string, Promise<JsonObject | undefined>>();
  readonly #templates = new Map<string, Template>();
  readonly #prefix: string;

  constructor(options: SessionOptions) {
    this.options = options;
    this.#prefix = `ts-${options.seed.toString(36)}`;
  }

  get contract(): Contract {
    return this.options.contract;
  }

  /** What steps that are played once found and sent, or how they ended. */
  readonly once = new Map<string, Promise<{ found: Json | undefined; sent: Json | undefined }>>();

  readonly tools: Tools = { fresh: () => this.fresh() };

  /** A value with the run's prefix that no other call got. */
  fresh(): string {
    this.#values += 1;
    return `${this.#prefix}-${this.#values.toString(36)}`;
  }

  /** The template's value with the captures at hand. */
  fill(json: Json, scope: Scope): Json {
    const key = JSON.stringify(json);
    const template = this.#templates.get(key) ?? compileTemplate(json);
    this.#templates.set(key, template);
    return template(scope, this.tools);
  }

  /** Sends, counts and listens; a failure to answer is a value here. */
  async exchange(operation: string, request: HttpRequest): Promise<Exchange> {
    this.requests += 1;
    let received: Received;
    try {
      received = await this.options.send(request);
      this.unanswered = 0;
    } catch (error) {
      this.unanswered += 1;
      received = { failure: (error as Error).message };
    }
    const exchange = { request, received };
    this.options.heard?.(operation, exchange);
    return exchange;
  }

  /** The headers of a sender; undefined when the run has no second tenant. */
  headersOf(sender: Sender | undefined): Readonly<Record<string, string>> | undefined {
    const { headers, otherHeaders } = this.options;
    if (sender === undefined) return headers;
    if (sender === 'other') return otherHeaders;
    if (sender === 'elsewhere') return this.#elsewhere();
    const secret = new Set(this.#credentialNames());
    const kept = Object.entries(headers).filter(([name]) => !secret.has(name.toLowerCase()));
    if (sender === 'nobody') return Object.fromEntries(kept);
    const forged = Object.entries(headers).map(([name, value]) =>
      secret.has(name.toLowerCase()) ? [name, forge(value)] : [name, value],
    );
    return Object.fromEntries(forged);
  }

  /** The first caller's headers with another environment; undefined where the API has none. */
  #elsewhere(): Readonly<Record<string, string>> | undefined {
    const name = this.contract.callers.environment?.header.toLowerCase();
    if (name === undefined) return undefined;
    return {
      ...this.options.headers,
      [name]: `${this.options.headers[name] ?? 'env'}-${this.#prefix}`,
    };
  }

  #credentialNames(): string[] {
    const credentials = this.contract.spec.operations.flatMap((operation) => operation.credentials);
    return [...credentials.map(({ name }) => name.toLowerCase()), 'authorization', 'cookie'];
  }

  /** A record that samples name, made once for each sender. */
  shared(name: string, sender: Sender | undefined, make: () => Promise<JsonObject | undefined>) {
    const key = `${sender ?? ''} ${name}`;
    const known = this.#shared.get(key) ?? make();
    this.#shared.set(key, known);
    return known;
  }

  /** The body as probes see it: every declared field, null when absent; a list's entries under `items`. */
  shape(operation: string, body: Json | undefined): JsonObject {
    const binding = this.contract.binding(operation);
    const plain = isObject(body) ? body : {};
    if (binding === undefined) return plain;
    if (binding.verb !== 'list') {
      const record = createdIn(binding, body) ?? plain;
      return { ...plain, ...full(binding.resource, record), ...record };
    }
    const items = plain[envelopeOf(this.contract, binding).items];
    const filled = (Array.isArray(items) ? items : []).map((item: Json) => {
      const record = isObject(item) ? item : {};
      return { ...full(binding.resource, record), ...record };
    });
    return { ...plain, items: filled };
  }
}

/**
 * The last of the records that an answer says were made (one was sent, and a new one comes last); undefined where
 * the answer is the record.
 */
function createdIn({ answer }: Binding, body: Json | undefined): JsonObject | undefined {
  const keys = answer === undefined ? undefined : keysTo(answer.text, '=created');
  if (keys === undefined) return undefined;
  const made = keys.length === 0 ? body : valueAt(isObject(body) ? body : {}, keys);
  const last = Array.isArray(made) ? made.at(-1) : undefined;
  return isObject(last) ? last : {};
}

/** A credential of the same form that nobody holds. */
function forge(value: string): string {
  const scheme = /^(Bearer|Basic)\s+/i.exec(value)?.[0] ?? '';
  return `${scheme}tallystick-stranger-0000000000`;
}
