// A contract plays against itself: every check that it makes, run against the mock that it makes, in memory.
// What is violated there is no server's fault.

import { plan } from '../conformance/plan.ts';
import { run } from '../conformance/run.ts';
import type { PlannedCheck, Report, Result } from '../conformance/verdict.ts';
import type { Contract } from '../contract/contract.ts';
import { BASES } from '../contract/format.ts';
import type { Kind } from '../rules/kind.ts';
import type { State } from '../state/state.ts';
import { playMutant } from '../testing/mutant.ts';

export interface PlayedContract {
  readonly report: Report;
  /** Resources of which records were made -> whether any of them is live. */
  readonly born: ReadonlyMap<string, boolean>;
  /** The same for some checks, without one rule. */
  without(rule: string, checks: readonly Result[]): Promise<Report>;
}

/** Plays all checks of all bases. Rejects only for a bug of ours. */
export async function playContract(
  contract: Contract,
  kinds: readonly Kind[],
): Promise<PlayedContract> {
  const checks = plan(contract, kinds, { bases: BASES });
  const whole = await play(contract, kinds, undefined, checks);
  return {
    report: whole.report,
    born: bornIn(contract, whole.state),
    async without(rule, results) {
      const ids = new Set(results.map(({ id }) => id));
      const own = checks.filter(({ id }) => ids.has(id));
      return (await play(contract, kinds, rule, own)).report;
    },
  };
}

async function play(
  contract: Contract,
  kinds: readonly Kind[],
  without: string | undefined,
  checks: readonly PlannedCheck[],
): Promise<{ report: Report; state: State }> {
  const off = without === undefined ? {} : { rule: without, hooks: {} };
  const mock = playMutant(contract, kinds, { id: 'lint', basis: 'protocol', ...off });
  const report = await run({
    contract,
    checks,
    send: mock.send,
    sleep: mock.sleep,
    target: contract.file,
    headers: callerOf(contract, 'one'),
    otherHeaders: callerOf(contract, 'two'),
    seed: 1,
    bases: BASES,
    settle: 300,
    traffic: without === undefined,
  });
  return { report, state: mock.state };
}

function bornIn({ resources }: Contract, state: State): Map<string, boolean> {
  return new Map(
    [...resources.values()].flatMap((resource) => {
      const rows = state
        .scopes()
        .flatMap((scope) => [...state.table(scope, resource.name).rows.values()]);
      return rows.length === 0
        ? []
        : [[resource.name, rows.some(({ data }) => resource.live(data))]];
    }),
  );
}

/** A header that the mock in memory takes as a tenant of its own. */
function callerOf({ spec }: Contract, secret: string): Record<string, string> {
  const credential = spec.operations.flatMap(({ credentials }) => credentials)[0];
  if (credential === undefined) return {};
  return { [credential.name.toLowerCase()]: `${credential.prefix}${secret}` };
}
