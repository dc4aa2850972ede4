// Takes away what a run made, for those who made it: what refers before what is referred to, parts before
// wholes, the newest first. It judges nothing, and touches nothing but what the ledger names.

import { type Binding, type Contract, full } from '../contract/contract.ts';
import type { Send } from '../model/http.ts';
import { isObject } from '../model/json.ts';
import type { Sender } from '../model/steps.ts';
import { type Made, nameOf, pathTo, removerOf } from './created-records.ts';
import type { Ledger } from './ledger.ts';
import { removalOrder } from './removal-order.ts';
import { requestOf } from './request.ts';
import { type Credentials, headersOf } from './senders.ts';
import type { CleanUp, Received } from './verdict.ts';

export interface CleanUpOptions {
  readonly contract: Contract;
  readonly ledger: Ledger;
  readonly send: Send;
  readonly credentials: Credentials;
  /** How many requests are under way at once; 1 unless given. */
  readonly workers?: number;
  /**
   * Whether the credentials are surely those of the run. If not, a record that is not found counts as gone only
   * where others of the same caller were removed: a wrong credential finds nothing either.
   */
  readonly sure?: boolean;
}

/** So many requests in a row without an answer, and the rest is left. */
const MOST_UNANSWERED = 3;

const NOT_FOUND = 'not found: is this the tenant of the run? If all is gone, delete the ledger';

/** What was removed and what was left. Never rejects: what fails is told. */
export async function cleanUp(options: CleanUpOptions): Promise<CleanUp> {
  const { contract, ledger } = options;
  const cleaner = new Cleaner(options);
  let before = -1;
  // What is refused may be free when others are gone.
  while (cleaner.done !== before && !cleaner.isLost) {
    before = cleaner.done;
    for (const resource of removalOrder(contract)) await cleaner.removeAll(resource);
  }
  cleaner.settle();
  return cleaner.report(ledger);
}

/** What would be removed, in order, and how many records have no operation for that. */
export function removable(contract: Contract, ledger: Ledger): readonly Made[] {
  return removalOrder(contract).flatMap((resource) =>
    removerOf(contract, resource) === undefined ? [] : newestFirst(ledger, resource),
  );
}

function newestFirst({ left }: Ledger, resource: string): Made[] {
  return left.filter((made) => made.resource === resource).reverse();
}

class Cleaner {
  done = 0;
  readonly #options: CleanUpOptions;
  readonly #refused = new Map<string, { readonly made: Made; readonly reason: string }>();
  /** Resources whose records this server can't remove. */
  readonly #fixed = new Set<string>();
  #requests = 0;
  #answers = 0;
  /** How many records of each caller were removed. */
  readonly #removed = new Map<Caller, number>();
  /** Records that were not found. */
  readonly #missing = new Map<string, Made>();
  #gone = 0;
  #unanswered = 0;

  constructor(options: CleanUpOptions) {
    this.#options = options;
  }

  /** Whether the target has stopped answering. */
  get isLost(): boolean {
    return this.#unanswered >= MOST_UNANSWERED;
  }

  async removeAll(resource: string): Promise<void> {
    const { contract, ledger, workers = 1 } = this.#options;
    const binding = removerOf(contract, resource);
    if (binding === undefined) return;
    const waiting = newestFirst(ledger, resource).filter(
      (made) => !this.#missing.has(nameOf(made)),
    );
    const worker = async () => {
      for (let made = waiting.shift(); made !== undefined; made = waiting.shift()) {
        if (this.isLost || this.#fixed.has(resource)) return;
        await this.#remove(binding, made);
      }
    };
    await Promise.all(Array.from({ length: workers }, worker));
  }

  async #remove(binding: Binding, made: Made): Promise<void> {
    let reason = 'nobody to remove it: give the second tenant (--other-header)';
    const senders = sendersFor(made);
    for (const [i, sender] of senders.entries()) {
      const received = await this.#ask(binding, made, sender);
      if (received === undefined) continue;
      if ('failure' in received) {
        reason = received.failure;
        continue;
      }
      const { status } = received;
      if (status === 405 || status === 501) {
        this.#fixed.add(made.resource);
        return;
      }
      if (status < 300) return this.#noteRemoved(made);
      if (status === 404 || status === 410) {
        // What the one can't see, the other may.
        if (i + 1 < senders.length) continue;
        this.#missing.set(nameOf(made), made);
        return;
      }
      reason = `${binding.operation.id} answered ${status}`;
      if (status < 500 && (await this.#isOver(made, sender))) return this.#noteGone(made);
    }
    this.#refused.set(nameOf(made), { made, reason });
  }

  /** Takes what was not found for gone, where that can be told. */
  settle(): void {
    for (const made of this.#missing.values()) {
      const isSeen = this.#options.sure === true || this.#removed.has(callerOf(made));
      if (isSeen) this.#noteGone(made);
      else this.#refused.set(nameOf(made), { made, reason: NOT_FOUND });
    }
  }

  /** Whether a record whose removal was refused does not count as present any more. */
  async #isOver(made: Made, sender: Sender | undefined): Promise<boolean> {
    const { contract } = this.#options;
    const resource = contract.resource(made.resource);
    const reader = contract.bindings.find(
      ({ verb, resource: { name }, by }) =>
        verb === 'read' && name === made.resource && by === resource.key,
    );
    const received = reader && (await this.#ask(reader, made, sender));
    if (received === undefined || 'failure' in received || received.status >= 300) return false;
    const { body } = received;
    return isObject(body) && !resource.live({ ...full(resource, body), ...body });
  }

  #noteRemoved(made: Made): void {
    const caller = callerOf(made);
    this.#removed.set(caller, (this.#removed.get(caller) ?? 0) + 1);
    this.#done(made);
  }

  #noteGone(made: Made): void {
    this.#gone += 1;
    this.#done(made);
  }

  #done(made: Made): void {
    this.done += 1;
    this.#refused.delete(nameOf(made));
    this.#options.ledger.remove(made);
  }

  /** What the record's operation was answered with; undefined when it can't be sent. */
  async #ask(
    binding: Binding,
    made: Made,
    sender: Sender | undefined,
  ): Promise<Received | undefined> {
    const { contract, send, credentials } = this.#options;
    const headers = headersOf(contract, credentials, sender);
    const path = pathTo(binding, made);
    if (headers === undefined || path === undefined) return undefined;
    const body = binding.verb === 'read' || binding.body === undefined ? {} : { body: {} };
    this.#requests += 1;
    try {
      const received = await send(requestOf(binding, { path, ...body }, headers));
      this.#unanswered = 0;
      this.#answers += 1;
      return received;
    } catch (error) {
      this.#unanswered += 1;
      return { failure: (error as Error).message };
    }
  }

  report({ left, unknown }: Ledger): CleanUp {
    const { contract, credentials } = this.#options;
    const noDelete: Record<string, number> = {};
    const refused: CleanUp['refused'][number][] = [];
    for (const made of left) {
      const { resource, id } = made;
      if (removerOf(contract, resource) === undefined || this.#fixed.has(resource)) {
        noDelete[resource] = (noDelete[resource] ?? 0) + 1;
        continue;
      }
      const reason = this.#refused.get(nameOf(made))?.reason ?? 'the target does not answer';
      refused.push({ resource, id, reason });
    }
    return {
      requests: this.#requests,
      answers: this.#answers,
      removed: [...this.#removed.values()].reduce((sum, count) => sum + count, 0),
      gone: this.#gone,
      noDelete,
      refused,
      unknown: unknown.length,
      prefix: credentials.prefix,
    };
  }
}

/** Whose credential a record was made with. */
type Caller = 'own' | 'other';

function callerOf({ by }: Made): Caller {
  return by === 'other' ? 'other' : 'own';
}

/** Who is asked to remove it: its maker, and the first caller for what was made without a credential of its own. */
function sendersFor({ by }: Made): readonly (Sender | undefined)[] {
  return by === 'nobody' || by === 'stranger' ? [by, undefined] : [by];
}
