// The memory of the server: five tables, its clock, and the ids it gives.

import { randomBytes, randomUUID } from 'node:crypto';
import type { Collection, Plain, Product, Switches, Thing } from './model.ts';

const LAG_MS = 300;
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

export class Table<T extends Thing> {
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
    this.#rows.set(row.id, row);
    if (!this.#lag) return;
    this.#late.add(row.id);
    setTimeout(() => this.#late.delete(row.id), LAG_MS).unref();
  }
}

export class Store {
  readonly collections: Table<Collection>;
  readonly products: Table<Product>;
  readonly meters: Table<Plain>;
  readonly credits: Table<Plain>;
  readonly addons: Table<Plain>;
  // Products a broken server still takes for members of a collection.
  readonly stuck = new Set<string>();
  readonly #switches: Switches;
  readonly #counts = new Map<string, number>();
  readonly #last = new Map<string, string>();
  #lastTime = 0;

  constructor(on: Switches['on'], odd: Switches['odd']) {
    const lag = odd('lists-lag');
    this.#switches = { on, odd };
    this.collections = new Table<Collection>(lag);
    this.products = new Table<Product>(lag);
    this.meters = new Table<Plain>(lag);
    this.credits = new Table<Plain>(lag);
    this.addons = new Table<Plain>(lag);
  }

  // The how-many-th of its kind this one is, from 1.
  count(kind: string): number {
    const count = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, count);
    return count;
  }

  // Every moment comes once.
  now(): string {
    this.#lastTime = Math.max(Date.now(), this.#lastTime + 1);
    return new Date(this.#lastTime).toISOString();
  }

  #reused(kind: string, fresh: string): string {
    const old = this.#last.get(kind);
    const count = this.count(`id-${kind}`);
    if (old !== undefined && count % 2 === 0 && this.#switches.on(`${kind}-ids-reused`)) return old;
    this.#last.set(kind, fresh);
    return fresh;
  }

  #odd(): string | undefined {
    const { odd } = this.#switches;
    if (odd('uuid-ids')) return randomUUID();
    if (odd('long-ids')) return `eu-1_${randomUUID()}.${randomUUID()}`;
    if (odd('numeric-ids')) return String(BigInt(`0x${randomBytes(7).toString('hex')}`));
    return undefined;
  }

  id(kind: string, prefix: string): string {
    const text = [...randomBytes(21)].map((byte) => LETTERS.charAt(byte % 62)).join('');
    return this.#reused(kind, this.#odd() ?? `${prefix}_${text}`);
  }

  // Groups and items have UUIDs, whatever the other ids look like.
  uuid(kind: string): string {
    const { on } = this.#switches;
    if (on(`${kind}-ids-not-uuids`)) return `${kind}_${randomBytes(6).toString('hex')}`;
    return this.#reused(kind, randomUUID());
  }

  // What a tenant has from the start: its business and its primary brand.
  own(prefix: string, tenant: string): string {
    const hex = Buffer.from(`${prefix}/${tenant}`).toString('base64url').replace(/[-_]/g, 'x');
    return `${prefix}_${hex.padEnd(21, '0').slice(-21)}`;
  }
}
