// Plays one probe against whatever answers, and judges it. Only a step with an expectation can be
// violated; set-up that fails makes the probe "not exercised".

import { isDeepStrictEqual } from 'node:util';
import { type Binding, full } from '../contract/contract.ts';
import { compileExpression, type Tools } from '../contract/expression.ts';
import { isObject, type Json, type JsonObject, valuesAt } from '../model/json.ts';
import { type Call, isMake, isWait, type Make, type Probe, type Step } from '../model/steps.ts';
import { Client } from './client.ts';
import { claimFailure, type Judgement, judgeRace, judgeStatus, said } from './judge.ts';
import { readPages } from './pages.ts';
import { Preparer } from './prepare.ts';
import { Ended, notExercised, violated } from './probe-ended.ts';
import type { Filled } from './request.ts';
import type { Asked, Session, Shared } from './session.ts';
import { keyOf } from './sharing.ts';
import { isStatusWrong, type Trail, type TrailParts } from './trail.ts';
import { Variables } from './variables.ts';
import type { Exchange, Received } from './verdict.ts';

export interface Played extends TrailParts {
  readonly verdict: 'conforms' | 'violated' | 'notExercised';
  readonly reason?: string;
  /** Whether a hiccup (a reset, a time-out, a 5xx, a list that lags) may have caused it. */
  readonly hiccup?: boolean;
  /** What the last status had to be; absent where the status was right. */
  readonly expected?: string;
}

/** How many creates of a `times` step are under way at once. */
const AT_ONCE = 8;
const BETWEEN_POLLS = 100;

/** The probe's verdict, with every request it took. */
export async function play(session: Session, probe: Probe): Promise<Played> {
  const player = new Player(session);
  const first = session.requests + 1;
  try {
    for (const step of probe.steps) await player.play(step);
    return { verdict: 'conforms', ...player.trail.partsFrom(first) };
  } catch (ended) {
    if (!(ended instanceof Ended)) throw ended;
    const { verdict, reason, hiccup, expected } = ended.judgement;
    // What a server got wrong may be other than others need it.
    if (verdict === 'violated' || hiccup) session.forget(player.shared);
    const requests = player.trail.partsFrom(first);
    const wanted = isStatusWrong(requests.exchanges.at(-1), expected) ? { expected } : {};
    return { verdict, reason, hiccup, ...wanted, ...requests };
  }
}

/** Plays steps one after another; what they find and send is known to the later ones. */
export class Player {
  /** The requests that it has in common with other probes. */
  readonly shared = new Set<string>();
  readonly #session: Session;
  readonly #variables: Variables;
  readonly #client: Client;
  readonly #preparer: Preparer;
  /** The request that was asked last, not counting those that probes share. */
  #last: (Asked & { readonly step: Make | Call }) | undefined;

  constructor(session: Session, variables = new Variables(session)) {
    this.#session = session;
    this.#variables = variables;
    this.#client = new Client(session);
    this.#preparer = new Preparer(session, variables, this.#client);
  }

  /** The requests so far. */
  get trail(): Trail {
    return this.#client.trail;
  }

  /** What the steps so far have found, and under `sent` what they sent. */
  known(): Record<string, Json> {
    return this.#variables.scope();
  }

  async play(step: Step): Promise<void> {
    if (isWait(step)) {
      this.#last = undefined;
      return this.#client.pause(step.wait);
    }
    if (isMake(step) && step.race !== undefined) return this.#race(step, step.race);
    if (isMake(step) && step.times !== undefined) return this.#times(step, step.times);
    const before = this.trail.length;
    const asked = await (step.once === undefined ? this.#ask(step) : this.#askOnce(step));
    if (step.as !== undefined) this.#variables.sent[step.as] = asked.sent;
    await this.#conclude(step, asked, before);
  }

  /** The answer that all share who have the same step. */
  #askOnce(step: Make | Call): Promise<Asked> {
    const { once } = this.#session;
    const key = keyOf(step);
    const shared = once.get(key) ?? this.#aside(step);
    once.set(key, shared);
    this.shared.add(key);
    return this.#client.take(shared);
  }

  /** The step's request, and those of what it needs, kept apart from the others of the probe. */
  #aside(step: Make | Call): Shared<Asked> {
    const player = new Player(this.#session, this.#variables);
    return { made: player.#ask(step), exchanges: player.trail };
  }

  async #ask(step: Make | Call): Promise<Asked> {
    const { binding, filled, record, owners } = isMake(step)
      ? await this.#preparer.making(step)
      : { record: undefined, owners: {}, ...(await this.#preparer.calling(step)) };
    const exchange =
      this.#justRead(step, binding, filled) ??
      (await this.#client.exchange(binding, filled, step.by));
    this.#last = { step, binding, filled, sent: record ?? filled.body ?? null, owners, exchange };
    return this.#last;
  }

  /** The answer to the step before, where that read the same: another part of it is looked at. */
  #justRead(step: Make | Call, binding: Binding, filled: Filled): Exchange | undefined {
    const last = this.#last;
    if (isMake(step) || step.part === undefined || last === undefined) return undefined;
    const isSame =
      last.binding === binding &&
      last.step.by === step.by &&
      isDeepStrictEqual(last.filled, filled) &&
      this.trail.last === last.exchange;
    return isSame ? last.exchange : undefined;
  }

  /** Judges the answer and captures it; a list that may lag is asked again, its requests being those from `before` on. */
  async #conclude(step: Make | Call, asked: Asked, before: number): Promise<void> {
    const { binding, filled, owners } = asked;
    const poll = isMake(step) ? undefined : step.until;
    const { tools, options } = this.#session;
    const deadline = options.settle / BETWEEN_POLLS;
    for (let { exchange } = asked, tries = 0; ; tries++) {
      const { body, received } = await this.#answer(step, asked, exchange);
      end(judgeStatus(step, binding, received));
      const scope = this.#variables.scope(body);
      const holds = poll === undefined || compileExpression(poll).holds(scope, tools);
      if (holds || tries >= deadline) {
        if (!holds && !isJudgeable(step, scope, tools)) {
          throw notExercised(`${said(step)}: it never showed`, true);
        }
        this.#judgeClaim(step, scope, received, binding.verb === 'list' && step.by === undefined);
        if (step.as !== undefined) this.#variables.found[step.as] = { ...body, ...owners };
        return;
      }
      this.trail.dropFrom(before);
      await this.#client.pause(BETWEEN_POLLS);
      exchange = await this.#client.exchange(binding, filled, step.by);
    }
  }

  /** What the step is about in the answer; a part that is not there is as missing as a record would be. */
  async #answer(
    step: Make | Call,
    { binding, filled }: Asked,
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
      this.#client.exchange(binding, more, step.by),
    );
    return { body, received };
  }

  #partOf(
    { of, path, id }: NonNullable<Call['part']>,
    body: Json | undefined,
  ): JsonObject | undefined {
    const resource = this.#session.contract.resource(of);
    const wanted = this.#variables.fill(id);
    const found = valuesAt(body, path).find(
      (part) => isObject(part) && part[resource.key] === wanted,
    );
    return isObject(found) ? { ...full(resource, found), ...found } : undefined;
  }

  #judgeClaim(
    step: Make | Call,
    scope: Record<string, Json>,
    received: Received,
    lists: boolean,
  ): void {
    if (step.that === undefined || 'failure' in received || received.status >= 400) return;
    const failure = claimFailure(step.that, scope, this.#session.tools);
    if (failure !== undefined) throw violated(`${said(step)}: ${failure}`, lists);
  }

  /** One body sent many times at once: exactly one may win. */
  async #race(step: Make, racers: number): Promise<void> {
    const { binding, filled } = await this.#preparer.making(step);
    const answers = await Promise.all(
      Array.from({ length: racers }, () => this.#client.exchange(binding, filled, step.by, true)),
    );
    end(
      judgeRace(
        step,
        binding,
        answers.map(({ received }) => received),
      ),
    );
  }

  async #times(step: Make, times: number): Promise<void> {
    const made: JsonObject[] = [];
    const one = async () => {
      const { binding, filled } = await this.#preparer.making(step);
      const { received } = await this.#client.exchange(binding, filled, step.by);
      end(judgeStatus(step, binding, received));
      const body = 'failure' in received ? undefined : received.body;
      made.push(this.#session.shape(binding.operation.id, body));
    };
    for (let left = times; left > 0; left -= AT_ONCE) {
      await Promise.all(Array.from({ length: Math.min(AT_ONCE, left) }, one));
    }
    if (step.as !== undefined) this.#variables.found[step.as] = made;
  }
}

/** Whether a claim can be held against a list that never came to what was waited for. */
function isJudgeable(step: Make | Call, scope: Record<string, Json>, tools: Tools): boolean {
  if (isMake(step) || step.that === undefined) return false;
  const { answer } = scope;
  if (isObject(answer) && answer['truncated'] === true) return false;
  return step.seen === undefined || compileExpression(step.seen).holds(scope, tools);
}

/** Ends the probe where an answer was judged to be wrong. */
function end(judgement: Judgement | undefined): void {
  if (judgement !== undefined) throw new Ended(judgement);
}
