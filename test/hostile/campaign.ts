// A campaign against one server: volleys of hostile requests, and after each the question what it did.

import fc from 'fast-check';
import type { Operation } from '../../src/spec/spec.ts';
import type { Framing } from './framing.ts';
import { type Answer, allAnswers, encode, type Message, shown } from './message.ts';
import type { Server } from './server.ts';
import { isAccepted, type Shot, wrongWith } from './shot.ts';
import { type Target, targets } from './target.ts';
import { exchange, Line, MOST_MS, type Move } from './wire.ts';
import { CANARY, everything, lists, SECRET, settle, walk } from './witness.ts';

/** Connections that are used side by side. */
const LINES = 6;

export class Campaign {
  readonly server: Server;
  readonly targets: readonly Target[];
  readonly statuses: Record<string, number> = {};
  /** Requests sent, questions after their effects not counted. */
  sent = 0;
  slowest = 0;
  /** Operations that no request was taken by yet, as far as they are called by their own path. */
  readonly unreached: Set<string>;
  /** Ids of records of the tenant that nobody else may see. */
  foreign: readonly string[] = [];
  readonly #lines: readonly Line[];
  #canary = '';
  #golden = '';
  #tenants = 0;

  private constructor(server: Server, found: readonly Target[], lines: readonly Line[]) {
    this.server = server;
    this.targets = found;
    this.#lines = lines;
    const all = found.flatMap((target) => target.operations.map((item) => nameOf(target, item)));
    this.unreached = new Set(all);
  }

  static async against(server: Server): Promise<Campaign> {
    const lines = Array.from({ length: LINES }, () => new Line(server.url));
    const [line = new Line(server.url)] = lines;
    const campaign = new Campaign(server, await targets(server.url, line), lines);
    campaign.#golden = await walk(campaign.targets, line, 'walk');
    await campaign.#settle();
    return campaign;
  }

  /** Forgets all tenants, as thousands of them would need their memory and files. */
  async renew(): Promise<void> {
    const reset = await fetch(`${this.server.url}/_tallystick/v1/reset`, { method: 'POST' });
    if (reset.status !== 204) throw new Error(`the reset was answered ${reset.status}`);
    await this.#settle();
  }

  async #settle(): Promise<void> {
    this.foreign = await settle(this.targets, this.#line);
    this.#canary = await everything(this.targets, this.#line, CANARY);
  }

  /** Sends the shots side by side as one new tenant. Throws with the request that did what none may. */
  async volley(shots: readonly Shot[]): Promise<void> {
    const tenant = `fuzz-${this.#tenants++}`;
    const before = await this.#versions();
    const seen = await lists(this.targets, this.#line, tenant);
    const accepted = await this.#fire(shots, tenant);
    const after = await this.#versions();
    for (const { api } of this.targets) {
      const grown = (after[api] ?? 0) - (before[api] ?? 0);
      const taken = accepted.filter((status, i) => status > 0 && shots[i]?.target.api === api);
      const made = taken.filter((status) => status === 201).length;
      if (grown >= made && grown <= taken.length) continue;
      throw new Error(`${api}: ${taken.length} writes were accepted and ${grown} made`);
    }
    if (accepted.some((status) => status > 0)) return;
    if ((await lists(this.targets, this.#line, tenant)) !== seen)
      throw new Error('every request was refused, and yet the lists have changed');
  }

  /** The statuses of the accepted writes, 0 for all else. */
  async #fire(shots: readonly Shot[], tenant: string): Promise<number[]> {
    const accepted = shots.map(() => 0);
    const one = async (line: Line, start: number) => {
      for (let i = start; i < shots.length; i += LINES) {
        const shot = shots[i] as Shot;
        const message = shot.message(tenant);
        const began = performance.now();
        const answer = await line.ask(message).catch((error) => fail(shot.name, message, error));
        this.#note(answer, performance.now() - began);
        const wrong = wrongWith(shot, message, answer, SECRET);
        if (wrong !== undefined) fail(shot.name, message, wrong);
        if (shot.isDirect && answer.status < 300)
          this.unreached.delete(nameOf(shot.target, shot.operation));
        if (isAccepted(message, answer)) accepted[i] = answer.status;
      }
    };
    const results = await Promise.allSettled(this.#lines.map(one));
    const failed = results.find(({ status }) => status === 'rejected');
    if (failed?.status === 'rejected') throw failed.reason;
    return accepted;
  }

  /** Plays a case of broken framing, which must be answered as it says and change nothing. */
  async play({ name, moves, answers, ms = MOST_MS }: Framing): Promise<void> {
    const before = JSON.stringify(await this.#versions());
    try {
      const heard = allAnswers(await exchange(this.server.url, moves, ms), []);
      for (const answer of heard) this.#note(answer, 0);
      if (heard.length === 0) this.#count('none');
      const statuses = heard.map(({ status }) => status).join(' ');
      if (!answers.test(statuses)) throw new Error(`answered "${statuses}", not ${answers}`);
      const after = JSON.stringify(await this.#versions());
      if (after !== before) throw new Error('something was stored');
    } catch (error) {
      throw new Error(`${name}: ${(error as Error).message}\n${shown(bytesOf(moves))}`);
    }
  }

  /** Volleys of any requests until so many were sent; `shots` makes one. */
  async fuzz(shots: fc.Arbitrary<Shot>, count: number, seed: number): Promise<void> {
    const volleys = fc.array(shots, { minLength: 1, maxLength: 16, size: 'max' });
    const until = this.sent + count;
    for (let round = 0; this.sent < until; round++) {
      const result = await fc.check(
        fc.asyncProperty(volleys, (volley) => this.volley(volley)),
        { seed: seed + round, numRuns: 25, interruptAfterTimeLimit: 600_000 },
      );
      if (!result.failed) continue;
      const requests = (result.counterexample?.[0] ?? []).map(
        (shot) => `${shot.operation.id}: ${shown(encode(shot.message('fuzz')))}`,
      );
      throw new Error(
        `after ${result.numShrinks} shrinks: ${(result.errorInstance as Error)?.message}\nall of the volley:\n${requests.join('\n')}`,
      );
    }
  }

  /** Whether all is as it was before: the other tenant's records, and how new tenants are answered. */
  async aftermath(): Promise<void> {
    await this.server.health();
    if ((await everything(this.targets, this.#line, CANARY)) !== this.#canary)
      throw new Error('the records of another tenant have changed');
    const golden = await walk(this.targets, this.#line, `walk-${this.sent}`);
    if (golden === this.#golden) return;
    const [was, is] = [this.#golden.split('\n'), golden.split('\n')];
    const at = is.findIndex((line, i) => line !== was[i]);
    throw new Error(`the server answers otherwise than a fresh one:\n- ${was[at]}\n+ ${is[at]}`);
  }

  /** Everything that some tenants see, to be held against another start of the server. */
  async memory(): Promise<string> {
    const names = Array.from(
      { length: Math.min(40, this.#tenants) },
      (_, i) => `fuzz-${this.#tenants - 1 - i}`,
    );
    const all: string[] = [];
    for (const name of [CANARY, ...names]) all.push(await lists(this.targets, this.#line, name));
    return all.join('\n');
  }

  /** Throws unless another start of the server shows what this one did. */
  async remembers(server: Server, before: string): Promise<void> {
    const again = new Campaign(server, this.targets, [new Line(server.url)]);
    again.#tenants = this.#tenants;
    const after = await again.memory();
    again.close();
    if (after !== before) throw new Error('another start of the server shows other records');
  }

  close(): void {
    for (const line of this.#lines) line.close();
  }

  get #line(): Line {
    return this.#lines[0] as Line;
  }

  async #versions(): Promise<Record<string, number>> {
    const { apis } = await this.server.health();
    return Object.fromEntries(Object.entries(apis).map(([api, { version }]) => [api, version]));
  }

  #note({ status }: Answer, ms: number): void {
    this.slowest = Math.max(this.slowest, ms);
    this.#count(String(status));
  }

  #count(status: string): void {
    this.sent += 1;
    this.statuses[status] = (this.statuses[status] ?? 0) + 1;
  }
}

function nameOf({ api }: Target, { id }: Operation): string {
  return `${api} ${id}`;
}

function bytesOf(moves: readonly Move[]): Buffer {
  const sent = moves.filter((move) => move !== 'end' && move !== 'cut');
  return Buffer.concat(
    sent.map((move) =>
      typeof move === 'object' && 'ms' in move ? Buffer.alloc(0) : Buffer.from(move),
    ),
  );
}

function fail(name: string, message: Message, because: unknown): never {
  const says = because instanceof Error ? because.message : because;
  throw new Error(`${name}: ${says}\n${shown(encode(message))}`);
}
