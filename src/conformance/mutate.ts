// How strong are the tests? The same checks are run against mocks that are broken on purpose, one fault
// at a time; a fault that no check finds is a gap, and a rule that no check can fail is vacuous.

import { type Contract, successStatuses } from '../contract/contract.ts';
import type { HttpResponse, Send } from '../model/http.ts';
import { type Hooks, type Kind, kindNamed } from '../rules/kind.ts';
import type { Basis } from '../spec/spec.ts';
import type { Change } from '../state/state.ts';
import { equivalents } from './equivalents.ts';
import { DEFAULT_BASES, knownBy, plan } from './plan.ts';
import { run } from './run.ts';
import type { PlannedCheck } from './verdict.ts';

/** What a mock answers and changes: the part of its outcome that a fault can touch. */
export interface Acted {
  readonly response: HttpResponse;
  readonly changes: readonly Change[];
}

export interface Mutant {
  /** `group.lookup-key-unique/create-only`, or `createGroup/change-dropped`. */
  readonly id: string;
  /** The rule that is broken; absent for faults of the engine. */
  readonly rule?: string;
  readonly basis: Basis;
  /** The rule's hooks in its place. */
  readonly hooks?: Hooks;
  /** What becomes of an operation's outcome. */
  readonly twist?: { readonly operation: string; apply<A extends Acted>(acted: A): A };
}

export interface MutantResult {
  readonly id: string;
  readonly rule?: string;
  readonly verdict: 'killed' | 'survived' | 'equivalent';
  /** The checks that found it, at most three. */
  readonly by: readonly string[];
  /** Why it is equivalent. */
  readonly reason?: string;
}

/** A mock in memory that is broken in this way. */
export type PlayMutant = (mutant: Mutant) => { send: Send; sleep: (ms: number) => Promise<void> };

/** Every fault that this API can show under the bases. */
export function mutants(
  contract: Contract,
  kinds: readonly Kind[],
  bases: readonly Basis[],
): Mutant[] {
  const known = knownBy(contract, bases);
  return [
    ...contract.rules
      .filter(({ basis }) => bases.includes(basis))
      .flatMap((rule) =>
        kindNamed(kinds, rule.kind)
          .sabotage(rule, known)
          .map(
            ({ name, hooks }): Mutant => ({
              id: `${rule.id}/${name}`,
              rule: rule.id,
              basis: rule.basis,
              hooks,
            }),
          ),
      ),
    ...engineFaults(known, bases),
  ];
}

/** Faults that no rule speaks of: a change lost, done twice or in the wrong place, a wrong status. */
function engineFaults(contract: Contract, bases: readonly Basis[]): Mutant[] {
  return contract.bindings.flatMap(({ operation, verb, resource }) => {
    const fault = (name: string, apply: <A extends Acted>(acted: A) => A): Mutant => ({
      id: `${operation.id}/${name}`,
      basis: 'protocol',
      twist: { operation: operation.id, apply },
    });
    const status = Number(successStatuses(operation)[0] ?? 200);
    const other = status === 200 ? 202 : 200;
    const stated = operation.answers.some(
      (answer) => answer.status === String(status) && bases.includes(answer.basis),
    );
    return [
      ...(stated
        ? [
            fault('status-flipped', (acted) =>
              acted.response.status === status ? answering(acted, other) : acted,
            ),
          ]
        : []),
      fault('refusal-swallowed', (acted) =>
        acted.response.status >= 400 ? answering(acted, status) : acted,
      ),
      ...(verb === 'read' || verb === 'list'
        ? []
        : [
            fault('change-dropped', (acted) => ({ ...acted, changes: [] })),
            fault('change-rescoped', (acted) => ({
              ...acted,
              changes: acted.changes.map(elsewhere),
            })),
          ]),
      // A second record can only be seen where records are listed.
      ...(verb === 'create' && contract.bindingFor('list', resource.name) !== undefined
        ? [
            fault('change-doubled', (acted) => ({
              ...acted,
              changes: acted.changes.flatMap((change) => twice(change, resource.key)),
            })),
          ]
        : []),
    ];
  });
}

function answering<A extends Acted>(acted: A, status: number): A {
  return { ...acted, response: { ...acted.response, status } };
}

function elsewhere(change: Change): Change {
  return { ...change, scope: `${change.scope}-elsewhere` };
}

/** A record made twice. */
function twice(change: Change, key: string): Change[] {
  if (change.before !== undefined || change.after === undefined) return [change];
  const id = `${change.id}x`;
  const data = { ...change.after.data, [key]: id };
  return [change, { ...change, id, after: { ...change.after, id, data } }];
}

export interface MutateOptions {
  readonly contract: Contract;
  readonly kinds: readonly Kind[];
  readonly bases?: readonly Basis[];
  readonly seed: number;
  readonly play: PlayMutant;
  readonly headers: Readonly<Record<string, string>>;
  readonly otherHeaders: Readonly<Record<string, string>>;
  readonly progress?: (result: MutantResult, done: number, all: number) => void;
}

/** One result for each mutant. */
export async function mutate(options: MutateOptions): Promise<MutantResult[]> {
  const bases = options.bases ?? DEFAULT_BASES;
  const all = mutants(options.contract, options.kinds, bases);
  const checks = plan(options.contract, options.kinds, { bases });
  const results: MutantResult[] = [];
  for (const mutant of all) {
    const result = await tryOne(options, mutant, checks, bases);
    results.push(result);
    options.progress?.(result, results.length, all.length);
  }
  return results;
}

async function tryOne(
  options: MutateOptions,
  mutant: Mutant,
  checks: readonly PlannedCheck[],
  bases: readonly Basis[],
): Promise<MutantResult> {
  const { contract, seed, headers, otherHeaders } = options;
  const by: string[] = [];
  // The checks of what is broken first: most mutants are found by them, and the rest need not be run.
  const isOwn = ({ rule, operation }: PlannedCheck) =>
    mutant.twist === undefined ? rule === mutant.rule : operation === mutant.twist.operation;
  for (const own of [true, false]) {
    const { send, sleep } = options.play(mutant);
    const report = await run({
      contract,
      checks: checks.filter((check) => isOwn(check) === own),
      send,
      sleep,
      target: 'mutant',
      headers,
      otherHeaders,
      seed,
      bases,
      settle: 300,
      progress: ({ verdict, id }) => {
        if (verdict === 'violated') by.push(id);
      },
      stopped: () => by.length >= 3,
    });
    // What all answers are held to is judged at the end of a run, and only counts where no check did.
    if (by.length > 0) break;
    by.push(...report.results.filter(({ verdict }) => verdict === 'violated').map(({ id }) => id));
    if (by.length > 0) break;
  }
  const about = { id: mutant.id, ...(mutant.rule === undefined ? {} : { rule: mutant.rule }) };
  if (by.length > 0) return { ...about, verdict: 'killed', by: by.slice(0, 3) };
  const reason = equivalents[mutant.id];
  return reason === undefined
    ? { ...about, verdict: 'survived', by }
    : { ...about, verdict: 'equivalent', by, reason };
}
