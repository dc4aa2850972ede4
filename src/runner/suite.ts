// The contract tests of a server as groups of tests, for any test runner: one group a rule, one test a check,
// and what all answers are held to at the end. All tests share one run; any of them can be played alone.

import { dayOf, withKnown } from '../conformance/baseline.ts';
import { DEFAULT_BASES } from '../conformance/plan.ts';
import { Traffic } from '../conformance/traffic.ts';
import { type Check, exercisedShare, type Result } from '../conformance/verdict.ts';
import { UnreachableError, UsageError } from '../model/usage-error.ts';
import { cleanUpText } from '../report/clean-up.ts';
import { withoutSecrets } from '../report/redact.ts';
import { type ContractTestOptions, type Prepared, prepare } from './options.ts';
import { type Begun, begin } from './start.ts';
import { NotConclusive, Violation } from './violation.ts';

/** How a test that did not fail ended; `why` is said where there is something to say. */
export interface Outcome {
  readonly skipped: boolean;
  readonly why?: string;
}

export interface SuiteTest {
  readonly name: string;
  /** Plays the check. Rejects with Violation where the server breaks the rule. */
  play(): Promise<Outcome>;
}

export interface Group {
  readonly name: string;
  readonly tests: readonly SuiteTest[];
}

export interface Suite {
  readonly name: string;
  readonly groups: readonly Group[];
  /** Removes what the tests made; what is to be said of it, or undefined when all is well. */
  end(): Promise<string | undefined>;
}

/** The tests. Nothing is sent before the first is played. Throws UsageError. */
export function suiteOf(options: ContractTestOptions): Suite {
  const prepared = prepare(options);
  const { contract, checks } = prepared;
  const play = new Play(options, prepared);
  const heard = new Traffic(contract, options.bases ?? DEFAULT_BASES).results();
  const conclusive = {
    name: `${SHARE * 100} % of the rules could be exercised`,
    play: () => play.conclude(),
  };
  return {
    name: contract.api,
    groups: [
      ...grouped(checks, (check) => ({ name: check.id, play: () => play.check(check) })),
      ...grouped(heard, ({ id }) => ({ name: id, play: () => play.heard(id) })),
      { name: 'the run', tests: [conclusive] },
    ],
    end: () => play.end(),
  };
}

/** Under this a run says too little. */
const SHARE = 0.8;

function grouped<Item extends Check>(
  items: readonly Item[],
  testOf: (item: Item) => SuiteTest,
): Group[] {
  const rules = new Map<string, Item[]>();
  for (const item of items) rules.set(item.rule, [...(rules.get(item.rule) ?? []), item]);
  return [...rules].map(([rule, some]) => ({
    name: `${rule}: ${some[0]?.says}`,
    tests: some.map(testOf),
  }));
}

/** What the tests share: the run, begun by the first of them, and the results so far. */
class Play {
  readonly #options: ContractTestOptions;
  readonly #prepared: Prepared;
  readonly #results = new Map<string, Result>();
  #begun: Promise<Begun> | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  /** Why nothing more is sent; the test that found out has failed with it. */
  #over: string | undefined;

  constructor(options: ContractTestOptions, prepared: Prepared) {
    this.#options = options;
    this.#prepared = prepared;
  }

  /** Plays a check when all that were asked for before have ended: one at a time, whatever the runner does. */
  check(check: Prepared['checks'][number]): Promise<Outcome> {
    const outcome = this.#turn.then(async () => {
      if (this.#over !== undefined) return { skipped: true, why: `not played: ${this.#over}` };
      const begun = await this.#reach(() => this.#start());
      const result = await this.#reach(() => begun.runner.play(check));
      if (result === undefined) return { skipped: true, why: 'stopped' };
      this.#results.set(check.id, result);
      return this.#outcomeOf(result, begun);
    });
    this.#turn = outcome.catch(() => undefined);
    return outcome;
  }

  /** What the answers so far say of one thing that all are held to. */
  async heard(id: string): Promise<Outcome> {
    await this.#turn;
    if (this.#begun === undefined || this.#over !== undefined) {
      return { skipped: true, why: this.#over ?? 'no check was played' };
    }
    const begun = await this.#begun;
    const result = begun.runner.heard().find((item) => item.id === id);
    return result === undefined ? { skipped: true } : this.#outcomeOf(result, begun);
  }

  /** Whether the run says enough; a run of some of the checks is not asked. */
  async conclude(): Promise<Outcome> {
    await this.#turn;
    const { checks } = this.#prepared;
    const played = [...this.#results.values()];
    const begun = await this.#begun?.catch(() => undefined);
    if (begun === undefined || played.length < checks.length) {
      return { skipped: true, why: `${played.length} of ${checks.length} checks were played` };
    }
    const results = [...played, ...begun.runner.heard()];
    if (exercisedShare(results) < SHARE) throw new NotConclusive(results);
    return { skipped: false };
  }

  async end(): Promise<string | undefined> {
    await this.#turn;
    const begun = await this.#begun?.catch(() => undefined);
    const cleanup = await begun?.end();
    const isWell = cleanup === undefined || cleanup.refused.length + cleanup.unknown === 0;
    return isWell ? undefined : begun?.hide(cleanUpText(cleanup));
  }

  #start(): Promise<Begun> {
    this.#begun ??= begin(this.#options, this.#prepared);
    return this.#begun;
  }

  /** Does the work; when the target can't be reached, or should not be, no other test need find out. */
  async #reach<Made>(work: () => Promise<Made>): Promise<Made> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof UnreachableError || error instanceof UsageError) {
        this.#over = error.message;
      }
      throw error;
    }
  }

  #outcomeOf(seen: Result, begun: Begun): Outcome {
    const today = dayOf(Date.now());
    const result = withKnown(withoutSecrets(seen, begun.hide), this.#prepared.known, today);
    const { verdict, reason = '', known } = result;
    if (known !== undefined) {
      return { skipped: true, why: `known until ${known.until}: ${known.reason}` };
    }
    if (verdict === 'violated') throw new Violation(result, begun);
    if (verdict === 'conforms') return { skipped: false };
    return {
      skipped: verdict === 'notExercised',
      why: `${verdict === 'flaky' ? 'flaky: ' : ''}${reason}`,
    };
  }
}
