// The memory of the server: three tables and the ids of what is in them.

import { randomBytes, randomUUID } from 'node:crypto';
import type { Customer, Group, Row, Subscription, Switches } from './model.ts';

const LAG_MS = 300;
const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

export class Table<T extends Row> {
  readonly #rows = new Map<string, T>();
  readonly #late = new Set<string>();
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

  // What a list sees: the same as all(), unless lists lag behind.
  seen(): T[] {
    return this.all().filter((row) => !this.#late.has(row.id));
  }

  put(row: T): void {
    const isNew = !this.#rows.has(row.id);
    this.#rows.set(row.id, row);
    if (!this.#lag || !isNew) return;
    this.#late.add(row.id);
    setTimeout(() => this.#late.delete(row.id), LAG_MS).unref();
  }
}

export class Store {
  readonly groups: Table<Group>;
  readonly customers: Table<Customer>;
  readonly subscriptions: Table<Subscription>;
  readonly takenEmails = new Set<string>();
  readonly listedOnce = new Set<string>();
  pendingGroup: Group | undefined;
  readonly #switches: Switches;
  readonly #counts = new Map<string, number>();
  #lastGroupId = '';
  #lastTime = 0;

  constructor(on: Switches['on'], odd: Switches['odd']) {
    const lag = odd('lists-lag');
    this.#switches = { on, odd };
    this.groups = new Table<Group>(lag);
    this.customers = new Table<Customer>(lag);
    this.subscriptions = new Table<Subscription>(lag);
  }

  // The how-many-th of its kind this one is, from 1.
  count(kind: 'group' | 'customer' | 'subscription'): number {
    const count = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, count);
    return count;
  }

  now(): string {
    this.#lastTime = Math.max(Date.now(), this.#lastTime + 1);
    return new Date(this.#lastTime).toISOString().replace('Z', '+00:00');
  }

  id(): string {
    const { odd } = this.#switches;
    return odd('long-ids') ? `eu-1_${randomUUID()}.${randomUUID()}` : randomUUID();
  }

  groupId(count: number): string {
    const { on, odd } = this.#switches;
    if (on('ids-reused') && count % 2 === 0) return this.#lastGroupId;
    const plain = odd('uuid-group-ids') || odd('long-ids');
    this.#lastGroupId = plain ? this.id() : ulid();
    return this.#lastGroupId;
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
