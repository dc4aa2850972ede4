// What varies from run to run, and so is passed in: the clock, new ids, who holds which secret. With the
// same seed and clock the same requests get the same bytes.

import { createHash, randomInt } from 'node:crypto';
import type { Tools } from '../contract/expression.ts';

export interface Env {
  /** Milliseconds since 1970, UTC. */
  now(): number;
  /** A whole number from 0 up to, and without, the limit. */
  random(limit: number): number;
  /** The tenant that holds the secret; undefined when nobody does. */
  tenant(secret: string): string | undefined;
}

export interface EnvOptions {
  /** Random unless given. */
  readonly seed?: number;
  /** The clock stands still at this time, in milliseconds; it runs when absent. */
  readonly clock?: number;
  /** Secret -> name of its tenant; any non-empty secret is a tenant of its own when absent. */
  readonly keys?: ReadonlyMap<string, string>;
}

export function makeEnv({ seed, clock, keys }: EnvOptions = {}): Env {
  return {
    now: () => clock ?? Date.now(),
    random: seed === undefined ? (limit) => randomInt(limit) : seeded(seed),
    tenant: keys === undefined ? anyTenant() : (secret) => keys.get(secret),
  };
}

/** A name for any secret that does not give the secret away. */
function anyTenant(): (secret: string) => string | undefined {
  const known = new Map<string, string>();
  return (secret) => {
    if (secret === '') return undefined;
    let tenant = known.get(secret);
    if (tenant === undefined) {
      tenant = `tenant_${createHash('sha256').update(secret).digest('hex').slice(0, 26)}`;
      if (known.size > 10_000) known.clear();
      known.set(secret, tenant);
    }
    return tenant;
  };
}

/** Numbers from a seed: mulberry32, small and good enough for ids. */
function seeded(seed: number): (limit: number) => number {
  let a = seed >>> 0;
  return (limit) => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = a;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((((t ^ (t >>> 14)) >>> 0) / 4_294_967_296) * limit) >>> 0;
  };
}

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** What expressions make new values with. */
export function toolsOf(env: Env): Tools {
  return {
    ulid: (prefix) => ulid(env, prefix),
    uuid: () => uuid(env),
    nanoid: (prefix) => nanoid(env, prefix),
  };
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** 21 letters and digits by chance, with a prefix. */
function nanoid(env: Env, prefix: string): string {
  return prefix + Array.from({ length: 21 }, () => LETTERS[env.random(LETTERS.length)]).join('');
}

/** A ULID (time, then chance) with a prefix. */
function ulid(env: Env, prefix: string): string {
  let time = '';
  for (let rest = env.now(), i = 0; i < 10; i++, rest = Math.floor(rest / 32)) {
    time = CROCKFORD[rest % 32] + time;
  }
  let chance = '';
  for (let i = 0; i < 4; i++) {
    let bits = env.random(1 << 20);
    for (let j = 0; j < 4; j++, bits >>= 5) chance += CROCKFORD[bits & 31];
  }
  return prefix + time + chance;
}

/** A version 4 UUID. */
function uuid(env: Env): string {
  const hex = Array.from({ length: 32 }, () => env.random(16).toString(16));
  hex[12] = '4';
  hex[16] = (8 + env.random(4)).toString(16);
  const text = hex.join('');
  return [0, 8, 12, 16, 20].map((from, i, all) => text.slice(from, all[i + 1])).join('-');
}
