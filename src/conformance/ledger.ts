// The ledger of a run: what it made and has not removed again. Every entry is written down as it happens, so
// that what a run leaves can be removed even when the run died.

import type { Binding } from '../contract/contract.ts';
import type { Json } from '../model/json.ts';
import type { Sender } from '../model/steps.ts';
import { canMake, type Made, madeBy, nameOf } from './created-records.ts';
import type { Filled } from './request.ts';
import type { Received } from './verdict.ts';

/** One line of a ledger, in the order in which things happened. */
export type LedgerLine =
  /** A create goes out. Without an answer to it, a record may be there that nobody knows the id of. */
  | { readonly asked: number; readonly operation: string }
  | { readonly answered: number; readonly made: readonly Made[] }
  | { readonly removed: string };

export class Ledger {
  readonly #made = new Map<string, Made>();
  readonly #removed = new Map<string, Made>();
  readonly #asked = new Map<number, string>();
  readonly #write: (line: LedgerLine) => void;
  readonly #ids = new Set<string>();
  #asks = 0;

  /** `write` keeps a line; nothing is kept unless given. */
  constructor(write: (line: LedgerLine) => void = () => undefined) {
    this.#write = write;
  }

  /** What is there still, as far as is known, in the order of its making. */
  get left(): readonly Made[] {
    return [...this.#made.values()];
  }

  /** Operations that may have made a record whose id never came. */
  get unknown(): readonly string[] {
    return [...this.#asked.values()];
  }

  /** Takes note that a request goes out; gives the number of the ask, where it is one. */
  ask(binding: Binding): number | undefined {
    if (!canMake(binding)) return undefined;
    this.#asks += 1;
    this.#note({ asked: this.#asks, operation: binding.operation.id });
    return this.#asks;
  }

  /** Takes note of what a request was answered with. */
  hear(
    ask: number | undefined,
    binding: Binding,
    filled: Filled,
    by: Sender | undefined,
    received: Received,
    prefix: string,
  ): void {
    if ('failure' in received) return;
    const isDone = received.status >= 200 && received.status < 300;
    if (ask !== undefined) {
      const isOurs = (id: string) => this.#ids.has(id);
      const made = isDone ? madeBy(binding, filled, received.body, by, { prefix, isOurs }) : [];
      if (made !== undefined) this.#note({ answered: ask, made: this.#fresh(made) });
    }
    if (isDone) this.#follow(binding, filled.path?.[binding.idParameter ?? ''], by);
  }

  /** Takes note that a record is gone. */
  remove(made: Made): void {
    this.#note({ removed: nameOf(made) });
  }

  /** Reads a line that an earlier run has written. */
  replay(line: LedgerLine): void {
    if ('removed' in line) {
      const made = this.#made.get(line.removed);
      if (made !== undefined) this.#removed.set(line.removed, made);
      this.#made.delete(line.removed);
    } else if ('asked' in line) {
      this.#asked.set(line.asked, line.operation);
      this.#asks = Math.max(this.#asks, line.asked);
    } else {
      this.#asked.delete(line.answered);
      for (const made of line.made) {
        this.#made.set(nameOf(made), made);
        this.#ids.add(String(made.id));
      }
    }
  }

  #note(line: LedgerLine): void {
    this.replay(line);
    this.#write(line);
  }

  /** Without what is known already: an answer that names an old record again made none. */
  #fresh(made: readonly Made[]): Made[] {
    return made.filter((item) => !this.#made.has(nameOf(item)));
  }

  /** A delete of ours takes its record off; an action on a removed one may have brought it back. */
  #follow(
    { verb, resource, by: field }: Binding,
    id: Json | undefined,
    by: Sender | undefined,
  ): void {
    if (typeof id !== 'string' && typeof id !== 'number') return;
    const name = nameOf({ resource: resource.name, id });
    const made = this.#made.get(name);
    const before = this.#removed.get(name);
    // What another sender was told says nothing about ours.
    if (verb === 'delete' && field === resource.key && made !== undefined && made.by === by) {
      this.remove(made);
    }
    if (verb === 'action' && before !== undefined && made === undefined) {
      this.#note({ answered: 0, made: [before] });
    }
  }
}
