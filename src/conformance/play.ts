// Plays one probe against whatever answers, and judges it. Only a step with an expectation can be
// violated; set-up that fails makes the probe "not exercised".

import { full } from '../contract/contract.ts';
import { compileExpression } from '../contract/expression.ts';
import { isObject, type Json, type JsonObject, valuesAt } from '../model/json.ts';
import { type Call, isMake, isWait, type Make, type Probe, type Step } from '../model/steps.ts';
import { Client } from './client.ts';
import { Ended, notExercised, violated } from './ended.ts';
import { claimFailure, type Judgement, judgeRace, judgeStatus, said } from './judge.ts';
import { Known } from './known.ts';
import { readPages } from './pages.ts';
import { type Calling, Preparer } from './prepare.ts';
import type { Session, Shared } from './session.ts';
import { keyOf } from './sharing.ts';
import type { Exchange, Received } from './verdict.ts';
import { isStatusWrong, type Way, type WayParts } from './way.ts';

export interface Played extends WayParts {
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
    return { verdict: 'conforms', ...player.way.partsFrom(first) };
  } catch (ended) {
    if (!(ended instanceof Ended)) throw ended;
    const { verdict, reason, hiccup, expected } = ended.judgement;
    const requests = player.way.partsFrom(first);
    const wanted = isStatusWrong(requests.exchanges.at(-1), expected) ? { expected } : {};
    return { verdict, reason, hiccup, ...wanted, ...requests };
  }
}

/** Plays steps one after another; what they find and send is known to the later ones. */
export class Player {
  readonly #session: Session;
  readonly #known: Known;
  readonly #client: Client;
  readonly #preparer: Preparer;

  constructor(session: Session, known = new Known(session)) {
    this.#session = session;
    this.#known = known;
    this.#client = new Client(session);
    this.#preparer = new Preparer(session, known, this.#client);
  }

  /** The requests so far. */
  get way(): Way {
    return this.#client.way;
  }

  /** What the steps so far have found, and under `sent` what they sent. */
  known(): Record<string, Json> {
    return this.#known.scope();
  }

  async play(step: Step): Promise<void> {
    if (isWait(step)) return this.#client.pause(step.wait);
    if (step.once === undefined) return this.#playOne(step);
    const { once } = this.#session;
    const { found, sent } = this.#known;
    const key = keyOf(step);
    const name = step.as ?? '';
    const played = once.get(key) ?? this.#aside(step, name);
    once.set(key, played);
    const made = await this.#client.take(played);
    if (made.found !== undefined) found[name] = made.found;
    if (made.sent !== undefined) sent[name] = made.sent;
  }

  /** What the step finds and sends, with its requests kept apart, for all who share it. */
  #aside(
    step: Make | Call,
    name: string,
  ): Shared<{ found: Json | undefined; sent: Json | undefined }> {
    const player = new Player(this.#session, this.#known);
    const play = async () => {
      await player.#playOne(step);
      return { found: this.#known.found[name], sent: this.#known.sent[name] };
    };
    return { made: play(), exchanges: player.way };
  }

  async #playOne(step: Make | Call): Promise<void> {
    if (!isMake(step)) return this.#call(step);
    if (step.race !== undefined) return this.#race(step, step.race);
    if (step.times !== undefined) return this.#times(step, step.times);
    const { found, sent } = this.#known;
    const making = await this.#preparer.making(step);
    if (step.as !== undefined) sent[step.as] = making.record;
    await this.#conclude(step, making);
    const made = found[step.as ?? ''];
    if (step.as !== undefined && isObject(made)) found[step.as] = { ...made, ...making.owners };
  }

  async #call(step: Call): Promise<void> {
    const calling = await this.#preparer.calling(step);
    if (step.as !== undefined) this.#known.sent[step.as] = calling.filled.body ?? null;
    await this.#conclude(step, calling);
  }

  /** Sends the step (again, while a list may lag), judges the answer and captures it. */
  async #conclude(step: Make | Call, calling: Calling): Promise<void> {
    const { binding, filled } = calling;
    const poll = isMake(step) ? undefined : step.until;
    const deadline = this.#session.options.settle / BETWEEN_POLLS;
    for (let tries = 0; ; tries++) {
      const before = this.way.length;
      const exchange = await this.#client.exchange(binding, filled, step.by);
      const { body, received } = await this.#answer(step, calling, exchange);
      end(judgeStatus(step, binding, received));
      const scope = this.#known.scope(body);
      if (poll !== undefined && !compileExpression(poll).holds(scope, this.#session.tools)) {
        if (tries < deadline) {
          this.way.dropFrom(before);
          await this.#client.pause(BETWEEN_POLLS);
          continue;
        }
        if (step.that === undefined || body['truncated'] === true)
          throw notExercised(`${said(step)}: it never showed`, true);
      }
      this.#judgeClaim(step, scope, received, binding.verb === 'list' && step.by === undefined);
      if (step.as !== undefined) this.#known.found[step.as] = body;
      return;
    }
  }

  /** What the step is about in the answer; a part that is not there is as missing as a record would be. */
  async #answer(
    step: Make | Call,
    { binding, filled }: Calling,
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
    const wanted = this.#known.fill(id);
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
    if (step.as !== undefined) this.#known.found[step.as] = made;
  }
}

/** Ends the probe where an answer was judged to be wrong. */
function end(judgement: Judgement | undefined): void {
  if (judgement !== undefined) throw new Ended(judgement);
}
