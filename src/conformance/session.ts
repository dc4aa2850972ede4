// What the probes of one run share: who sends, values that nobody else uses, records that samples need,
// and an ear on all traffic.

import { type Binding, type Contract, full } from '../contract/contract.ts';
import type { Scope, Tools } from '../contract/expression.ts';
import { compileTemplate, type Template } from '../contract/template.ts';
import type { HttpRequest, Send } from '../model/http.ts';
import { isObject, type Json, type JsonObject } from '../model/json.ts';
import type { Sender } from '../model/steps.ts';
import { entriesOf, keysTo, valueAt } from './envelope.ts';
import { BUSY } from './judge.ts';
import type { Ledger } from './ledger.ts';
import type { Filled } from './request.ts';
import { headersOf, prefixOf } from './senders.ts';
import type { Exchange, Received, Shard } from './verdict.ts';

export interface SessionOptions {
  readonly contract: Contract;
  readonly send: Send;
  /** Headers of the first caller, and of one in another tenant; without it, what needs it isn't exercised. */
  readonly headers: Readonly<Record<string, string>>;
  readonly otherHeaders?: Readonly<Record<string, string>>;
  readonly seed: number;
  readonly mark?: string;
  /** How long a list may lag, in milliseconds. */
  readonly settle: number;
  sleep(ms: number): Promise<void>;
  heard?(operation: string, exchange: Exchange): void;
  /** Takes note of what is made and removed. */
  readonly ledger?: Ledger;
  /** Records that are there already, by resource: used where one is needed, never changed. */
  readonly given?: ReadonlyMap<string, JsonObject>;
  /** Nothing more is sent once it is aborted. */
  readonly signal?: AbortSignal;
  /** Which part of the run this is; absent for all of it. */
  readonly shard?: Pick<Shard, 'index' | 'of'>;
}

/** Nothing more may be sent: the run is being stopped. */
export class Stopped extends Error {}

/** A request of a step with its answer, not judged yet. */
export interface Asked {
  readonly binding: Binding;
  readonly filled: Filled;
  /** What was sent: the record that was to be made, or the whole body; null when there was none. */
  readonly sent: Json;
  /** What the record is made a part of, beside its own fields. */
  readonly owners: JsonObject;
  readonly exchange: Exchange;
}

/** What is made once in a run, and the requests that made it, those of what it needs among them. */
export interface Shared<Made> {
  readonly made: Promise<Made>;
  readonly exchanges: Iterable<Exchange>;
}

export class Session {
  readonly options: SessionOptions;
  /** Resources whose smallest body was refused: nothing that needs one can be judged. */
  readonly broken = new Set<string>();
  requests = 0;
  /** How many requests in a row got no answer at all, or one that only says that the target is busy. */
  unanswered = 0;
  #values = 0;
  readonly #shared = new Map<string, Shared<JsonObject | undefined>>();
  readonly #templates = new Map<string, Template>();
  readonly #underWay = new Set<Promise<Exchange>>();
  /** What every value of this run begins with. */
  readonly prefix: string;

  constructor(options: SessionOptions) {
    this.options = options;
    this.prefix = prefixOf(options.seed, options.mark);
  }

  get contract(): Contract {
    return this.options.contract;
  }

  /** The requests that are sent once, by what makes two of them one. */
  readonly once = new Map<string, Shared<Asked>>();

  /** Has those requests sent anew for whoever needs them next, and all that were about what they made. */
  forget(keys: Iterable<string>): void {
    for (const key of keys) {
      // The key of a request holds those of what it names.
      for (const known of [...this.once.keys()]) if (known.includes(key)) this.once.delete(known);
    }
  }

  readonly tools: Tools = { fresh: () => this.fresh() };

  /** A value with the run's prefix that no other call got. */
  fresh(): string {
    // Shards of one run count in turn, so that no two ever have the same value.
    const { index = 1, of = 1 } = this.options.shard ?? {};
    const number = this.#values * of + index;
    this.#values += 1;
    return `${this.prefix}-${number.toString(36)}`;
  }

  /** The template's value with the captures at hand. */
  fill(json: Json, scope: Scope): Json {
    const key = JSON.stringify(json);
    const template = this.#templates.get(key) ?? compileTemplate(json);
    this.#templates.set(key, template);
    return template(scope, this.tools);
  }

  /** Sends, counts and listens; a failure to answer is a value here. */
  exchange(
    operation: string,
    request: HttpRequest,
    by?: Sender,
    filled: Filled = {},
  ): Promise<Exchange> {
    if (this.options.signal?.aborted === true) throw new Stopped();
    const exchange = this.#exchange(operation, request, by, filled);
    this.#underWay.add(exchange);
    return exchange.finally(() => this.#underWay.delete(exchange));
  }

  /** Comes back when no request is under way: a check that ended early may have left some. */
  async idle(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.allSettled(this.#underWay);
  }

  async #exchange(
    operation: string,
    request: HttpRequest,
    by: Sender | undefined,
    filled: Filled,
  ): Promise<Exchange> {
    this.requests += 1;
    const number = this.requests;
    const binding = this.contract.binding(operation);
    const { ledger } = this.options;
    const ask = binding && ledger?.ask(binding);
    let received: Received;
    try {
      received = await this.options.send(request);
      this.unanswered = received.status === BUSY ? this.unanswered + 1 : 0;
    } catch (error) {
      this.unanswered += 1;
      received = { failure: (error as Error).message };
    }
    if (binding) ledger?.hear(ask, binding, filled, by, received, this.prefix);
    const sender = by === undefined ? {} : { by };
    const route = binding === undefined ? {} : { route: binding.operation.path };
    const exchange = { request, received, operation, ...route, number, ...sender };
    this.options.heard?.(operation, exchange);
    return exchange;
  }

  /** The headers of a sender; undefined when the run has no second tenant. */
  headersOf(sender: Sender | undefined): Readonly<Record<string, string>> | undefined {
    const { headers, otherHeaders } = this.options;
    const others = otherHeaders === undefined ? {} : { otherHeaders };
    return headersOf(this.contract, { headers, ...others, prefix: this.prefix }, sender);
  }

  /** A record that samples name, made once for each sender. */
  shared(name: string, sender: Sender | undefined, make: () => Shared<JsonObject | undefined>) {
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
    const items = entriesOf(this.contract, binding, body) ?? [];
    const filled = items.map((item: Json) => {
      const record = isObject(item) ? item : {};
      return { ...full(binding.resource, record), ...record };
    });
    return { ...plain, items: filled };
  }
}

/**
 * The last of the records that an answer says were made (one was sent, and a new one comes last), or the one that it
 * is wrapped around; undefined where the answer is the record.
 */
function createdIn({ answer }: Binding, body: Json | undefined): JsonObject | undefined {
  if (answer === undefined) return undefined;
  const around = keysTo(answer.text, '=self');
  if (around !== undefined && around.length > 0) {
    const record = valueAt(isObject(body) ? body : {}, around);
    return isObject(record) ? record : {};
  }
  const keys = keysTo(answer.text, '=created');
  if (keys === undefined) return undefined;
  const made = keys.length === 0 ? body : valueAt(isObject(body) ? body : {}, keys);
  const last = Array.isArray(made) ? made.at(-1) : undefined;
  return isObject(last) ? last : {};
}
