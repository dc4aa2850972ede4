// Plays one probe against whatever answers, and judges it. Only a step with an expectation can be
// violated; set-up that fails makes the probe "not exercised".

import { type Binding, full } from '../contract/contract.ts';
import { compileExpression } from '../contract/expression.ts';
import { isObject, type Json, type JsonObject, valuesAt } from '../model/json.ts';
import {
  type Call,
  isMake,
  isWait,
  type Make,
  type Probe,
  type Sender,
  type Step,
} from '../model/steps.ts';
import { isSpent, namedIn, referredBy } from '../rules/relations.ts';
import { OWNERS } from '../rules/steps.ts';
import { givenFault } from './given.ts';
import { BUSY, claimFailure, type Judgement, judgeStatus, said } from './judge.ts';
import { longestPage, readPages } from './pages.ts';
import { type Filled, requestOf } from './request.ts';
import type { Session, Shared } from './session.ts';
import { keyOf } from './sharing.ts';
import type { Exchange, Received } from './verdict.ts';
import { isStatusWrong, Way, type WayParts } from './way.ts';

export interface Played extends WayParts {
  readonly verdict: 'conforms' | 'violated' | 'notExercised';
  readonly reason?: string;
  /** Whether a hiccup (a reset, a time-out, a 5xx, a list that lags) may have caused it. */
  readonly hiccup?: boolean;
  /** What the last status had to be; absent where the status was right. */
  readonly expected?: string;
}

/** A create about to be sent: its body as sent, the one record in it, and what that is a part of. */
interface Making {
  readonly binding: Binding;
  readonly filled: Filled;
  readonly record: JsonObject;
  readonly owners: JsonObject;
}

/** How many creates of a `times` step are under way at once. */
const AT_ONCE = 8;
const BETWEEN_POLLS = 100;

/** Ends a probe early; never leaves this file. */
class Ended {
  readonly verdict: 'violated' | 'notExercised';
  readonly reason: string;
  readonly hiccup: boolean;
  readonly expected: string | undefined;
  constructor(
    verdict: 'violated' | 'notExercised',
    reason: string,
    hiccup = false,
    expected?: string,
  ) {
    this.verdict = verdict;
    this.reason = reason;
    this.hiccup = hiccup;
    this.expected = expected;
  }
}

/** The probe's verdict, with every request it took. */
export async function play(session: Session, probe: Probe): Promise<Played> {
  const player = new Player(session);
  const first = session.requests + 1;
  try {
    for (const step of probe.steps) await player.play(step);
    return { verdict: 'conforms', ...player.way.partsFrom(first) };
  } catch (end) {
    if (!(end instanceof Ended)) throw end;
    const { verdict, reason, hiccup, expected } = end;
    const requests = player.way.partsFrom(first);
    const wanted = isStatusWrong(requests.exchanges.at(-1), expected) ? { expected } : {};
    return { verdict, reason, hiccup, ...wanted, ...requests };
  }
}

/** Plays steps one after another; what they find and send is known to the later ones. */
export class Player {
  readonly way = new Way();
  readonly #session: Session;
  readonly #captures: Record<string, Json>;
  readonly #sent: Record<string, Json>;
  /** How long time was let pass since the last request. */
  #paused = 0;

  constructor(
    session: Session,
    captures: Record<string, Json> = {},
    sent: Record<string, Json> = {},
  ) {
    this.#session = session;
    this.#captures = captures;
    this.#sent = sent;
  }

  /** What the work makes, with its requests kept apart, for all who share it. */
  #aside<Made>(work: (player: Player) => Promise<Made>): Shared<Made> {
    const player = new Player(this.#session, this.#captures, this.#sent);
    return { made: work(player), exchanges: player.way };
  }

  /** What was made once; its requests are part of how this came about, also where it failed. */
  async #take<Made>({ made, exchanges }: Shared<Made>): Promise<Made> {
    try {
      return await made;
    } finally {
      this.way.add(...exchanges);
    }
  }

  async #pause(ms: number): Promise<void> {
    this.#paused += ms;
    await this.#session.options.sleep(ms);
  }

  async play(step: Step): Promise<void> {
    if (isWait(step)) return this.#pause(step.wait);
    if (step.once === undefined) return this.#playOne(step);
    const { once } = this.#session;
    const key = keyOf(step);
    const name = step.as ?? '';
    const found =
      once.get(key) ??
      this.#aside(async (player) => {
        await player.#playOne(step);
        return { found: this.#captures[name], sent: this.#sent[name] };
      });
    once.set(key, found);
    const { found: captured, sent } = await this.#take(found);
    if (captured !== undefined) this.#captures[name] = captured;
    if (sent !== undefined) this.#sent[name] = sent;
  }

  async #playOne(step: Make | Call): Promise<void> {
    if (!isMake(step)) return this.#call(step);
    if (step.race !== undefined) return this.#race(step, step.race);
    if (step.times !== undefined) return this.#times(step, step.times);
    const { binding, filled, record, owners } = await this.#making(step);
    if (step.as !== undefined) this.#sent[step.as] = record;
    await this.#conclude(step, binding, filled);
    const made = this.#captures[step.as ?? ''];
    if (step.as !== undefined && isObject(made)) this.#captures[step.as] = { ...made, ...owners };
  }

  async #call(step: Call): Promise<void> {
    const { binding, filled } = await this.#calling(step);
    if (step.as !== undefined) this.#sent[step.as] = filled.body ?? null;
    await this.#conclude(step, binding, filled);
  }

  /** Sends the step (again, while a list may lag), judges the answer and captures it. */
  async #conclude(step: Make | Call, binding: Binding, filled: Filled): Promise<void> {
    const poll = isMake(step) ? undefined : step.until;
    const deadline = this.#session.options.settle / BETWEEN_POLLS;
    for (let tries = 0; ; tries++) {
      const before = this.way.length;
      const exchange = await this.#exchange(binding, filled, step.by);
      const { body, received } = await this.#answer(step, binding, filled, exchange);
      this.#judgeStatus(step, binding, received);
      const scope = this.#scope(body);
      if (poll !== undefined && !compileExpression(poll).holds(scope, this.#session.tools)) {
        if (tries < deadline) {
          this.way.dropFrom(before);
          await this.#pause(BETWEEN_POLLS);
          continue;
        }
        if (step.that === undefined || body['truncated'] === true)
          throw new Ended('notExercised', `${said(step)}: it never showed`, true);
      }
      this.#judgeClaim(step, scope, received, binding.verb === 'list' && step.by === undefined);
      if (step.as !== undefined) this.#captures[step.as] = body;
      return;
    }
  }

  /** What the step is about in the answer; a part that is not there is as missing as a record would be. */
  async #answer(
    step: Make | Call,
    binding: Binding,
    filled: Filled,
    { received }: Exchange,
  ): Promise<{ body: JsonObject; received: Received }> {
    const session = this.#session;
    const first = 'failure' in received ? undefined : received.body;
    if (!isMake(step) && step.part !== undefined && !('failure' in received)) {
      const part = this.#partOf(step.part, first);
      const isGone = part === undefined && received.status < 300;
      return { body: part ?? {}, received: isGone ? { ...received, status: 404 } : received };
    }
    const shaped = session.shape(binding.operation.id, first);
    if (isMake(step) || step.pages !== true || first === undefined)
      return { body: shaped, received };
    const body = await readPages(session, binding, filled, shaped, (more) =>
      this.#exchange(binding, more, step.by),
    );
    return { body, received };
  }

  #partOf(
    { of, path, id }: NonNullable<Call['part']>,
    body: Json | undefined,
  ): JsonObject | undefined {
    const resource = this.#session.contract.resource(of);
    const wanted = this.#fill(id, this.#scope({}));
    const found = valuesAt(body, path).find(
      (part) => isObject(part) && part[resource.key] === wanted,
    );
    return isObject(found) ? { ...full(resource, found), ...found } : undefined;
  }

  #judgeStatus(step: Make | Call, binding: Binding, received: Received): void {
    this.#end(judgeStatus(step, binding, received));
  }

  #judgeClaim(
    step: Make | Call,
    scope: Record<string, Json>,
    received: Received,
    lists: boolean,
  ): void {
    if (step.that === undefined || 'failure' in received || received.status >= 400) return;
    const failure = claimFailure(step.that, scope, this.#session.tools);
    if (failure !== undefined) throw new Ended('violated', `${said(step)}: ${failure}`, lists);
  }

  #end(judgement: Judgement | undefined): void {
    if (judgement === undefined) return;
    throw new Ended(judgement.verdict, judgement.reason, judgement.hiccup, judgement.expected);
  }

  /** One body sent many times at once: exactly one may win. */
  async #race(step: Make, racers: number): Promise<void> {
    const { binding, filled } = await this.#making(step);
    const answers = await Promise.all(
      Array.from({ length: racers }, () => this.#exchange(binding, filled, step.by, true)),
    );
    const busy = answers.find(
      ({ received }) => !('failure' in received) && received.status === BUSY,
    );
    if (busy !== undefined) this.#judgeStatus(step, binding, busy.received);
    const statuses = answers.map(({ received }) => ('failure' in received ? 0 : received.status));
    const won = statuses.filter((status) => status >= 200 && status < 300).length;
    if (won > 1) throw new Ended('violated', `${said(step)}: ${won} of ${racers} were accepted`);
    if (won === 0)
      throw new Ended('violated', `${said(step)}: none of ${racers} was accepted`, true);
    for (const { received } of answers) {
      if ('failure' in received || received.status >= 300) {
        this.#judgeStatus({ ...step, expect: 'refused' }, binding, received);
      }
    }
  }

  async #times(step: Make, times: number): Promise<void> {
    const made: JsonObject[] = [];
    const one = async () => {
      const { binding, filled } = await this.#making(step);
      const { received } = await this.#exchange(binding, filled, step.by);
      this.#judgeStatus(step, binding, received);
      made.push(
        this.#session.shape(
          binding.operation.id,
          'failure' in received ? undefined : received.body,
        ),
      );
    };
    for (let left = times; left > 0; left -= AT_ONCE) {
      await Promise.all(Array.from({ length: Math.min(AT_ONCE, left) }, one));
    }
    if (step.as !== undefined) this.#captures[step.as] = made;
  }

  async #calling(step: Call): Promise<{ binding: Binding; filled: Filled }> {
    const binding = this.#session.contract.binding(step.call);
    if (binding === undefined) throw new Error(`no binding for ${step.call}`);
    const fill = (json: Json) => this.#fill(json, this.#scope({}));
    const path = {
      ...(await this.#sharedPath(binding, step)),
      ...(step.path === undefined ? {} : (fill(step.path) as JsonObject)),
    };
    const filled = {
      path,
      ...(step.query === undefined ? {} : { query: fill(step.query) as JsonObject }),
      ...(step.with === undefined ? {} : { body: fill(step.with) }),
      ...(step.raw === undefined ? {} : { raw: step.raw }),
    };
    const whole = step.pages === true ? longestPage(this.#session, binding, filled) : filled;
    return { binding, filled: whole };
  }

  /** Records that the path names and the step does not: the ones that samples share. */
  async #sharedPath({ operation }: Binding, { path = {}, by }: Call): Promise<JsonObject> {
    const session = this.#session;
    const shared: Record<string, Json> = {};
    for (const { name } of operation.parameters.filter((item) => item.in === 'path')) {
      const to = referredBy(session.contract, `${operation.id}.${name}`);
      if (name in path || to === undefined) continue;
      const record = await this.#shared(to, by);
      if (record === undefined) throw new Ended('notExercised', `no ${to} could be made`);
      shared[name] = record[session.contract.resource(to).key] ?? null;
    }
    return shared;
  }

  /** The create operation and the sample with the step's own fields; what these name is made first. */
  async #making(step: Make): Promise<Making> {
    const session = this.#session;
    const { contract } = session;
    const binding =
      step.through === undefined
        ? contract.bindingFor('create', step.make)
        : contract.binding(step.through);
    if (binding === undefined) throw new Ended('notExercised', `no operation makes a ${step.make}`);
    if (session.broken.has(step.make)) {
      throw new Ended('notExercised', `the smallest ${step.make} is refused, so none can be made`);
    }
    const owners = await this.#ownersOf(step, binding);
    const { sample } = binding.resource;
    const needed = await this.#needed(step, sample);
    const own = step.with ?? {};
    const record: Record<string, Json> = {};
    for (const [field, value] of Object.entries({ ...sample, ...own })) {
      if (value === undefined) continue;
      const scope = field in own ? { ...needed, ...this.#scope({}) } : needed;
      record[field] = this.#fill(value, scope);
    }
    const path = Object.fromEntries(
      binding.owners.map(({ parameter, resource }) => [parameter, owners[resource.name] ?? null]),
    );
    const body = binding.each === undefined ? record : { [binding.each]: [record] };
    return {
      binding,
      filled: { body, path },
      record,
      owners: binding.owners.length === 0 ? {} : { [OWNERS]: owners },
    };
  }

  /** The records that the body's templates name and no step has captured, made for it or shared. */
  async #needed(step: Make, sample: JsonObject): Promise<Record<string, Json>> {
    const session = this.#session;
    const needed: Record<string, Json> = {};
    const left = Object.entries(sample).filter(([field]) => !(field in (step.with ?? {})));
    const asked = namedIn(session.contract, step.with).filter((name) => !(name in this.#captures));
    const names = new Set([...namedIn(session.contract, Object.fromEntries(left)), ...asked]);
    for (const name of names) {
      // What is refused uses nothing up.
      const isRefused = step.expect === 'refused' || step.given === 'missing';
      const isUsed = !isRefused && isSpent(session.contract, name);
      const isFresh = step.fresh?.includes(name) || isUsed;
      const record = isFresh
        ? await this.#prerequisite(name, step.by)
        : await this.#shared(name, step.by);
      if (record === undefined) {
        throw new Ended('notExercised', `a ${step.make} needs a ${name}, and none could be made`);
      }
      needed[name] = record;
    }
    return needed;
  }

  /** The ids of what the record is made a part of, by resource: the captured one's, or a shared one's. */
  async #ownersOf(step: Make, { owners }: Binding): Promise<JsonObject> {
    const innermost = owners.at(-1)?.resource;
    if (innermost === undefined) return {};
    const { name, key } = innermost;
    const owner =
      step.in === undefined ? await this.#shared(name, step.by) : this.#captures[step.in];
    if (!isObject(owner)) throw new Ended('notExercised', `no ${name} could be made`);
    return { ...(owner[OWNERS] as JsonObject | undefined), [name]: owner[key] ?? null };
  }

  /** The record that all share who need one of the resource; undefined when none could be made. */
  async #shared(name: string, by: Sender | undefined): Promise<JsonObject | undefined> {
    const given = this.#session.options.given?.get(name);
    if (given !== undefined && by !== 'other' && by !== 'elsewhere') return given;
    const make = () => this.#aside((player) => player.#prerequisite(name, by));
    return this.#take(this.#session.shared(name, by, make));
  }

  async #prerequisite(name: string, by: Sender | undefined): Promise<JsonObject | undefined> {
    const step: Make = { make: name, ...(by === 'other' || by === 'elsewhere' ? { by } : {}) };
    const { binding, filled, owners } = await this.#making(step);
    const { received } = await this.#exchange(binding, filled, step.by);
    if ('failure' in received || received.status >= 300) return undefined;
    return { ...this.#session.shape(binding.operation.id, received.body), ...owners };
  }

  async #exchange(
    binding: Binding,
    filled: Filled,
    by: Sender | undefined,
    race = false,
  ): Promise<Exchange> {
    const headers = this.#session.headersOf(by);
    if (headers === undefined) {
      throw new Ended('notExercised', 'needs the credentials of a second tenant (--other-header)');
    }
    const kept = givenFault(this.#session.options.given, binding, filled);
    if (kept !== undefined) throw new Ended('notExercised', kept);
    const request = requestOf(binding, filled, headers);
    const paused = this.#paused === 0 ? {} : { paused: this.#paused };
    this.#paused = 0;
    const heard = await this.#session.exchange(binding.operation.id, request, by, filled);
    const exchange = { ...heard, ...paused, ...(race ? { race: true as const } : {}) };
    this.way.add(exchange);
    return exchange;
  }

  /** The template's value; an answer that lacks what it names leaves nothing to go on with. */
  #fill(json: Json, scope: Record<string, Json>): Json {
    try {
      return this.#session.fill(json, scope);
    } catch (error) {
      const why = (error as Error).message.split('\n')[0];
      throw new Ended(
        'notExercised',
        `an answer before lacks what ${JSON.stringify(json)} needs: ${why}`,
      );
    }
  }

  /** What the steps so far have found, and under `sent` what they sent. */
  known(): Record<string, Json> {
    return this.#scope({});
  }

  #scope(answer: JsonObject): Record<string, Json> {
    return { ...this.#captures, sent: this.#sent, answer };
  }
}
