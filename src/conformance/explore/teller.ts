// Tells what a server must answer to a sequence, step by step, as far as the rules that count decide it. The
// sequence is played on two models: one keeps every rule of the contract, one only those that count. Where they
// differ, a server is free.

import type { Binding, Contract } from '../../contract/contract.ts';
import { isObject, type Json, type JsonObject } from '../../model/json.ts';
import { type Call, isMake, type Make } from '../../model/steps.ts';
import { Player } from '../play.ts';
import { Session, type SessionOptions } from '../session.ts';
import type { Received } from '../verdict.ts';
import { type Member, type Move, namedBy, type Refused } from './cast.ts';
import { claimsOf } from './claims.ts';
import type { Counted } from './counted.ts';
import type { MakeModel, Model } from './model.ts';
import { refusalOf } from './refusals.ts';
import { idOf, type Known } from './words.ts';

/** A step with what it must be answered with; without an expectation or claims where nothing is decided. */
export interface Told {
  readonly move: Move;
  readonly step: Make | Call;
  /** What must hold of the answer, each by itself; the step has them joined. */
  readonly claims: readonly string[];
}

/** One reading of the contract, played. */
export interface Side {
  readonly contract: Contract;
  readonly model: Model;
  readonly session: Session;
  readonly player: Player;
}

/** What a side answered, and by which rule it refused. */
export interface Heard {
  readonly status: number;
  readonly rule: string | undefined;
  readonly body: Json | undefined;
}

/** The models' tenants; no server sees these. */
const HEADERS = { 'x-api-key': 'one', authorization: 'Bearer one' };
const OTHER_HEADERS = { 'x-api-key': 'two', authorization: 'Bearer two' };

export class Teller {
  readonly cast: Member[] = [];
  readonly refused: Refused[] = [];
  readonly counted: Counted;
  /** All rules first, then those that count. */
  readonly sides: readonly [Side, Side];

  constructor(counted: Counted, makeModel: MakeModel, seed: number) {
    this.counted = counted;
    const side = (contract: Contract) => sideOf(contract, makeModel(contract), seed);
    this.sides = [side(counted.whole), side(counted.strict)];
  }

  /** The step with what it must be answered with; undefined, and nothing done, where that is not decided. */
  async tell(move: Move): Promise<Told | undefined> {
    const binding = this.bindingOf(move);
    if (binding === undefined || !this.#isStated(binding)) return undefined;
    for (const { model } of this.sides) model.mark();
    const [whole, strict] = [await hear(this.sides[0], move), await hear(this.sides[1], move)];
    const told = whole && strict && this.#judge(move, binding, whole, strict);
    if (told === undefined) for (const { model } of this.sides) model.undo();
    return told;
  }

  bindingOf(move: Move): Binding | undefined {
    const { whole } = this.counted;
    return isMake(move) ? whole.bindingFor('create', move.make) : whole.binding(move.call);
  }

  /** What changes a record in a way that is only known from the service is left out. */
  #isStated({ verb, operation }: Binding): boolean {
    const isChange = verb === 'update' || verb === 'delete' || verb === 'action';
    return !isChange || this.counted.bases.includes(operation.basis);
  }

  known(): [Known, Known] {
    return [this.sides[0].player.known(), this.sides[1].player.known()];
  }

  #judge(move: Move, binding: Binding, whole: Heard, strict: Heard): Told | undefined {
    const isTaken = whole.status < 300;
    if (isTaken !== strict.status < 300) return undefined;
    const named = namedBy(move, this.cast);
    if (!isTaken) {
      const sent = this.#sentBy(move);
      const judge = refusalOf(this.counted, move, binding, named, sent, whole, strict);
      if (judge !== undefined && isMake(move)) this.#noteRefused(move, binding);
      return judge && { move, step: { ...move, ...judge }, claims: [] };
    }
    const isOdd = named.some((member) => member.live !== true || member.by !== move.by);
    const isRead = binding.verb === 'read' || binding.verb === 'list';
    // No rule forbids it: that is no promise.
    if (isOdd && !isRead) return undefined;
    const told = claimsOf(this, move, binding, named, [whole.body, strict.body]);
    if (told !== undefined) this.#note(move, binding, named);
    return told;
  }

  #sentBy({ as }: Move): Json | undefined {
    const [known] = this.known();
    return ((known['sent'] ?? {}) as JsonObject)[as];
  }

  /** Of a refused create nothing may be left, least of all what was made up for it. */
  #noteRefused({ as, by, ...move }: Move, { resource }: Binding): void {
    const body = { ...resource.sample, ...(isObject(move.with) ? move.with : {}) };
    const fresh = Object.entries(body).filter(([, value]) => /^=fresh\(\)/.test(String(value)));
    this.refused.push({ name: as, resource, by, sent: new Set(fresh.map(([field]) => field)) });
  }

  /** Takes note of who is there now, and what was sent. */
  #note(move: Move, binding: Binding, named: readonly Member[]): void {
    if (binding.verb === 'read') {
      const isOwn = !isMake(move) && move.part === undefined;
      const target = named.find(({ resource }) => resource === binding.resource);
      if (isOwn && target !== undefined) target.seen ??= move.as;
    }
    if (binding.verb === 'read' || binding.verb === 'list') return;
    const sent = this.#sentBy(move);
    const fields = Object.keys(isObject(sent) ? sent : {});
    if (isMake(move)) {
      const { resource } = binding;
      const sent = new Map(fields.map((field) => [field, move.as]));
      const owner = this.cast.find(({ name }) => name === move.in);
      const about = { name: move.as, resource, by: move.by, owner, sent };
      const names = new Set(named.map(({ name }) => name));
      this.cast.push({ ...about, names, live: true, seen: undefined });
    } else {
      const target = named.find(({ resource }) => resource === binding.resource);
      for (const field of fields) target?.sent.set(field, move.as);
      for (const other of named) if (other !== target) target?.names.add(other.name);
    }
    for (const member of this.cast) member.live = this.#isLive(member);
  }

  #isLive({ name, resource, owner }: Member): boolean | undefined {
    if (owner !== undefined && owner.live !== true) return undefined;
    const [whole, strict] = this.sides.map(({ model, player }) => {
      const id = idOf(player.known(), name, resource.key);
      const record = model.record(resource.name, String(id));
      return record !== undefined && resource.live(record);
    });
    return whole === strict ? whole : undefined;
  }
}

function sideOf(contract: Contract, model: Model, seed: number): Side {
  const options: SessionOptions = {
    contract,
    send: model.send,
    headers: HEADERS,
    otherHeaders: OTHER_HEADERS,
    seed,
    settle: 0,
    sleep: async () => {},
  };
  const session = new Session(options);
  return { contract, model, session, player: new Player(session) };
}

/** What the model answers; undefined where the step can't be sent. */
async function hear({ player }: Side, move: Move): Promise<Heard | undefined> {
  const before = player.trail.length;
  try {
    await player.play({ ...move, expect: 'any' });
  } catch {
    // It needs something that can't be made, or names a field that no answer had.
    return undefined;
  }
  const last = [...player.trail].slice(before).at(-1);
  const received: Received | undefined = last?.received;
  if (received === undefined || 'failure' in received) return undefined;
  const body = player.known()[move.as];
  return { status: received.status, rule: received.headers['x-tallystick-rule'], body };
}
