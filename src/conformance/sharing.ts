// Set-up that checks share: a record that a probe makes, and that nothing in it changes or builds on, need be
// made only once in a run. It saves a server a third of the requests and takes no judgement away.

import type { Contract } from '../contract/contract.ts';
import { type Call, isMake, isWait, type Make, type Probe, type Step } from '../model/steps.ts';

/** The probe, with the records marked that it may share with others. */
export function sharingSetUp(probe: Probe, contract: Contract): Probe {
  // Where time passes, the probe is about when its records were made.
  if (probe.steps.some(isWait)) return probe;
  // A second record like it in the same probe is another one.
  const taken = new Set(probe.steps.flatMap((step) => (isWait(step) ? [] : keyOf(step))));
  const steps = probe.steps.map((step, i): Step => {
    if (isWait(step) || !isMake(step) || !isPlain(step)) return step;
    if (probe.steps.slice(i + 1).some((later) => changes(later, step.as ?? '', contract))) {
      return step;
    }
    let nth = 1;
    while (taken.has(keyOf({ ...step, once: nth }))) nth += 1;
    const marked = { ...step, once: nth };
    taken.add(keyOf(marked));
    return marked;
  });
  return { ...probe, steps };
}

/** What must be equal for two steps to be one: all but the name that the probe gives to what it finds. */
export function keyOf({ as: _, ...step }: Make | Call): string {
  return JSON.stringify(step, (_, value) => (value === undefined ? '(left out)' : value));
}

/** Whether the probe changes a record that it shares with others. */
export function changesShared({ steps }: Probe, contract: Contract): boolean {
  return steps.some((step, i) => {
    if (isWait(step) || step.once === undefined || step.as === undefined) return false;
    const name = step.as;
    return steps.slice(i + 1).some((later) => changes(later, name, contract));
  });
}

/** Whether nothing of the make is judged, repeated, or taken from another step. */
function isPlain({
  as,
  once,
  expect,
  given,
  that,
  race,
  times,
  fresh,
  in: owner,
  with: body,
}: Make) {
  const judged = expect ?? given ?? that;
  const special = race ?? times ?? fresh ?? owner;
  return (
    as !== undefined &&
    once === undefined &&
    judged === undefined &&
    special === undefined &&
    !/"=(?!fresh\(\))/.test(JSON.stringify(body ?? {}))
  );
}

/** Whether the step may change the record of that name, or make another that depends on it. */
function changes(step: Step, name: string, contract: Contract): boolean {
  if (isWait(step) || !new RegExp(`\\b${name}\\b`).test(namesIn(step))) return false;
  const isRefused = step.expect === 'refused' || step.expect === 'missing';
  if (isRefused || step.given === 'missing' || step.by !== undefined) return false;
  if (isMake(step)) return true;
  const verb = contract.binding(step.call)?.verb;
  return verb !== 'read' && verb !== 'list';
}

/** What the step sends, as text. */
function namesIn(step: Make | Call): string {
  return JSON.stringify(
    isMake(step) ? [step.in, step.with] : [step.path, step.query, step.with, step.raw],
  );
}
