// The memory of the server: its tables, a clock that never repeats itself, and ids.

import { randomBytes, randomUUID } from 'node:crypto';
import type { BenignId, Customer, FaultId, Group, Kind, Meter, Plan, Price, Row } from './model.ts';

const LAG_MS = 300;
const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

// Rows are never changed, only replaced, so an older view of a table stays what it was.
export class Table<T extends Row> {
  readonly #rows = new Map<string, T>();
  readonly #view = new Map<string, T>();
  readonly #lag: boolean;

  constructor(lag: boolean) {
    this.#lag = lag;
  }

  get(id: string): T | undefined {
    return this.#rows.get(id);
  }

  all(): T[] {
    return [...this.#rows.values()];
  }

  // What a search sees: the same as all(), unless searches lag.
  seen(): T[] {
    return this.#lag ? [...this.#view.values()] : this.all();
  }

  put(row: T): void {
    this.#rows.set(row.id, row);
    if (this.#lag) setTimeout(() => this.#view.set(row.id, row), LAG_MS).unref();
  }

  drop(id: string): void {
    this.#rows.delete(id);
    this.#view.delete(id);
  }
}

export class Store {
  readonly groups: Table<Group>;
  readonly plans: Table<Plan>;
  readonly prices: Table<Price>;
  readonly meters: Table<Meter>;
  readonly customers: Table<Customer>;
  readonly takenKeys = new Set<string>();
  readonly expandedOnce = new Set<string>();
  readonly hiddenPlans = new Set<string>();
  readonly #made = new Map<Kind, { count: number; last: string }>();
  readonly #on: (fault: FaultId) => boolean;
  readonly #odd: (variant: BenignId) => boolean;
  #last = 0;
  #counter = 70_000_000;

  constructor(on: (fault: FaultId) => boolean, odd: (variant: BenignId) => boolean) {
    const lag = odd('search-lags');
    this.#on = on;
    this.#odd = odd;
    this.groups = new Table<Group>(lag);
    this.plans = new Table<Plan>(lag);
    this.prices = new Table<Price>(lag);
    this.meters = new Table<Meter>(lag);
    this.customers = new Table<Customer>(lag);
  }

  now(): number {
    this.#last = Math.max(Date.now() * 1000, this.#last + 1);
    return this.#last;
  }

  // How many things of a kind were made before this one, and the id for the new one.
  next(kind: Kind): { id: string; count: number } {
    const made = this.#made.get(kind) ?? { count: 0, last: '' };
    const again = made.count % 2 === 1 && this.#reuses(kind);
    const id = again ? made.last : this.#newId(kind);
    this.#made.set(kind, { count: made.count + 1, last: id });
    return { id, count: made.count };
  }

  #reuses(kind: Kind): boolean {
    if (kind === 'group') return this.#on('group-ids-reused');
    return kind === 'plan' && this.#on('plan-ids-reused');
  }

  #newId(kind: Kind): string {
    this.#counter += 1;
    if (this.#odd('uuid-ids')) return randomUUID();
    if (this.#odd('numeric-ids')) return String(this.#counter);
    if (this.#odd('long-ids')) return `${kind}.eu-1_${randomUUID()}.${randomUUID()}-v1`;
    if (this.#odd('seed-style-ids')) {
      return `${kind === 'group' ? 'grp' : kind}_${randomBytes(10).toString('hex')}`;
    }
    return `${kind === 'customer' ? 'cust' : kind}_${ulid()}`;
  }
}

function ulid(): string {
  let time = Date.now();
  let head = '';
  for (let i = 0; i < 10; i += 1) {
    head = CROCKFORD.charAt(time % 32) + head;
    time = Math.floor(time / 32);
  }
  return head + [...randomBytes(16)].map((byte) => CROCKFORD.charAt(byte % 32)).join('');
}
