// Random sequences of operations, played against the server and compared with the model; each disagreement is
// shrunk to the shortest sequence that shows it.

import type { Step } from '../../model/steps.ts';
import type { Basis } from '../../spec/spec.ts';
import { type Played, play } from '../play.ts';
import { type Session, Stopped } from '../session.ts';
import { trimmed } from '../trim-exchange.ts';
import type { Check, Result } from '../verdict.ts';
import type { Move } from './cast.ts';
import { Chance } from './chance.ts';
import { compose } from './compose.ts';
import { type Counted, countedBy } from './counted.ts';
import type { MakeModel } from './model.ts';
import { shrink } from './shrink.ts';
import { Teller, type Told } from './teller.ts';

export interface Explore {
  readonly bases: readonly Basis[];
  /** How many sequences. */
  readonly sequences: number;
  readonly seed: number;
  readonly makeModel: MakeModel;
  /** Told of each shrunk disagreement and the steps that show it. */
  readonly found?: (result: Result, steps: readonly Step[]) => void;
  /** Asked before each sequence; no more are played when it says so. */
  readonly stopped?: () => boolean;
}

/** The family that all disagreements belong to. */
export const EXPLORE = 'explore';

/** So many requests in a row without an answer are no hiccup. */
const MOST_UNANSWERED = 6;

/**
 * One result for each disagreement, or one that all is well. Everything goes through the session; `explain` is
 * told what was played.
 */
export async function explore(
  session: Session,
  options: Explore,
  explain: (played: Played) => void = () => {},
): Promise<Result[]> {
  const explorer = new Explorer(session, options, explain);
  try {
    for (let i = 0; i < options.sequences; i++) {
      if (options.stopped?.() === true || session.unanswered >= MOST_UNANSWERED) break;
      await explorer.playSequence(i);
    }
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
  }
  return explorer.results();
}

class Explorer {
  readonly #session: Session;
  readonly #options: Explore;
  readonly #explain: (played: Played) => void;
  readonly #counted: Counted;
  readonly #found = new Map<string, Result>();
  #conforming = 0;
  #unfinished = '';

  constructor(session: Session, options: Explore, explain: (played: Played) => void) {
    this.#session = session;
    this.#options = options;
    this.#explain = explain;
    this.#counted = countedBy(session.contract, options.bases);
  }

  results(): Result[] {
    const found = [...this.#found.values()];
    if (found.length > 0) return found;
    const verdict = this.#conforming > 0 ? 'conforms' : 'notExercised';
    const reason = this.#unfinished || 'no sequence could be made';
    const check = this.#check(`${EXPLORE}/sequences`, '');
    return [{ ...check, verdict, ...(verdict === 'conforms' ? {} : { reason }) }];
  }

  /** Makes and plays one sequence; the number and the seed decide which. */
  async playSequence(number: number): Promise<void> {
    const { broken, options } = this.#session;
    const told = await compose(new Chance(this.#options.seed * 7919 + number), this.#teller(), {
      broken,
      hasOther: options.otherHeaders !== undefined,
    });
    const played = await this.#play(told);
    if (played.verdict === 'conforms') this.#conforming += 1;
    if (played.verdict === 'notExercised') this.#unfinished = played.reason ?? '';
    if (played.verdict !== 'violated' || this.#found.has(signatureOf(played))) return;
    if (played.hiccup !== true) return this.#shrink(told, played);
    const again = await this.#play(told);
    if (again.verdict === 'violated') await this.#shrink(told, again);
    else this.#note(played, 'flaky', []);
  }

  async #shrink(told: readonly Told[], played: Played): Promise<void> {
    const signature = signatureOf(played);
    let shortest = { told, played };
    const moves = told.map(({ move }) => move);
    await shrink(moves, async (fewer) => {
      const next = await this.#tell(fewer);
      if (next === undefined) return false;
      const again = await this.#play(next);
      const isSame = again.verdict === 'violated' && signatureOf(again) === signature;
      if (isSame) shortest = { told: next, played: again };
      return isSame;
    });
    this.#note(shortest.played, 'violated', shown(shortest.told, shortest.played));
  }

  async #tell(moves: readonly Move[]): Promise<Told[] | undefined> {
    const teller = this.#teller();
    const told: Told[] = [];
    for (const move of moves) {
      const next = await teller.tell(move);
      if (next === undefined) return undefined;
      told.push(next);
    }
    return told;
  }

  #teller(): Teller {
    return new Teller(this.#counted, this.#options.makeModel, this.#options.seed);
  }

  async #play(told: readonly Told[]): Promise<Played> {
    const steps = told.map(({ step }) => step);
    const played = await play(this.#session, { id: EXPLORE, operation: '', steps });
    this.#explain(played);
    return isAnswered(played) ? played : { ...played, verdict: 'notExercised' };
  }

  #note(played: Played, verdict: 'violated' | 'flaky', steps: readonly Step[]): void {
    const signature = signatureOf(played);
    if (this.#found.has(signature)) return;
    const { reason = '', expected, exchanges, setup } = played;
    const operation = exchanges.at(-1)?.operation ?? '';
    const earlier = [...this.#found.values()].filter((one) => one.operation === operation).length;
    const id = `${EXPLORE}/${operation}${earlier === 0 ? '' : `-${earlier + 1}`}`;
    const result: Result = {
      ...this.#check(id, operation),
      verdict,
      reason: verdict === 'flaky' ? `${reason}; well when repeated` : reason,
      ...(expected === undefined ? {} : { expected }),
      requests: exchanges.map(trimmed),
      setup: setup.map(trimmed),
    };
    this.#found.set(signature, result);
    if (verdict === 'violated') this.#options.found?.(result, steps);
  }

  #check(id: string, operation: string): Check {
    const { sequences, seed } = this.#options;
    return {
      id,
      rule: EXPLORE,
      says: 'Any sequence of requests is answered as the rules that count say.',
      basis: 'protocol',
      source: `${sequences} random sequences, seed ${seed}`,
      operation,
    };
  }
}

/** No answer at all is no other answer than the model's. */
function isAnswered({ exchanges }: Played): boolean {
  const last = exchanges.at(-1);
  return last === undefined || !('failure' in last.received);
}

/** What is wrong, whichever records it is about. */
function signatureOf({ reason = '', exchanges }: Played): string {
  const [what = ''] = reason.split(' (answer.');
  return `${exchanges.at(-1)?.operation} ${what.replaceAll(/\d+/g, '#')}`;
}

/** The steps as a story: what is claimed on the way is left out, and of the last claims all but what fails. */
function shown(told: readonly Told[], { reason = '' }: Played): Step[] {
  return told.map(({ move, step, claims }, i): Step => {
    const { expect, because } = step;
    if (i < told.length - 1) {
      return { ...move, ...(expect === undefined || expect === 'ok' ? {} : { expect }) };
    }
    const failing = claims.filter((claim) => reason.includes(`${claim} does not hold`));
    if (failing.length === 0) return step;
    const that = failing.join(' && ');
    const until = 'until' in step ? { until: that } : {};
    return { ...move, that, ...until, ...(because === undefined ? {} : { because }) };
  });
}
