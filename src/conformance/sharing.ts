// Requests that checks share: a record that a probe makes, and that nothing in it changes or builds on, need be
// made only once in a run, and read only once before something is tried on it. Each check judges the answers for
// itself, so it saves a server a third of the requests and takes no judgement away.

import type { Contract } from '../contract/contract.ts';
import {
  type Call,
  isMake,
  isToFail,
  isWait,
  type Make,
  type Probe,
  type Step,
} from '../model/steps.ts';

/** The probe, with the requests marked that it may share with others. */
export function sharingSetUp(probe: Probe, contract: Contract): Probe {
  // Where time passes, the probe is about when its records were made.
  if (probe.steps.some(isWait)) return probe;
  const marked = sharedReads(sharedMakes(probe.steps, contract), contract);
  return { ...probe, steps: identified(marked) };
}

function sharedMakes(all: readonly Step[], contract: Contract): Step[] {
  // A second record like it in the same probe is another one.
  const taken = new Set(all.flatMap((step) => (isWait(step) ? [] : keyOf(step))));
  return all.map((step, i): Step => {
    if (isWait(step) || !isMake(step) || !isPlain(step)) return step;
    if (all.slice(i + 1).some((later) => changes(later, step.as ?? '', contract))) return step;
    const plain = plainly(step, contract);
    let nth = 1;
    while (taken.has(keyOf({ ...plain, once: nth }))) nth += 1;
    const marked = { ...plain, once: nth };
    taken.add(keyOf(marked));
    return marked;
  });
}

/** The make without what says nothing: another way of writing it is no other request. */
function plainly(step: Make, contract: Contract): Make {
  const { through, with: body, ...rest } = step;
  const isUsual = through === contract.bindingFor('create', step.make)?.operation.id;
  return {
    ...rest,
    ...(through === undefined || isUsual ? {} : { through }),
    ...(body === undefined || Object.keys(body).length === 0 ? {} : { with: body }),
  };
}

/**
 * Reads of a shared record that come right after its making: whoever asks first asks for all. Where something else was
 * made in between, the read may be about whether that did anything.
 */
function sharedReads(all: readonly Step[], contract: Contract): Step[] {
  const taken = new Set<string>();
  let last: string | undefined = '';
  return all.map((step, i): Step => {
    if (isWait(step) || last === undefined) return step;
    if (isMake(step)) {
      const name = step.as ?? '';
      const stays = !all.slice(i + 1).some((later) => changes(later, name, contract));
      last = step.once !== undefined && stays ? name : undefined;
      return step;
    }
    if (contract.binding(step.call)?.verb !== 'read') last = undefined;
    const isPlain = (step.once ?? step.given ?? step.until) === undefined;
    const names = [...templatesIn(keyOf(step)).matchAll(/=(\w+)\./g)].map(([, name]) => name);
    const isOfLast = names.length > 0 && names.every((name) => name === last);
    // Who reads a second time wants to see whether it is still so.
    if (!isPlain || !isOfLast || taken.has(keyOf(step))) return step;
    taken.add(keyOf(step));
    return { ...step, once: 1 };
  });
}

/** The steps, each shared one known by how all that it names was made; what names a probe's own is not shared. */
function identified(all: readonly Step[]): Step[] {
  const captures = new Set(all.flatMap((step) => (isWait(step) ? [] : (step.as ?? []))));
  const makers = new Map<string, string>();
  return all.map((step): Step => {
    if (isWait(step) || step.once === undefined) return step;
    const names = namedBy(step).filter((name) => captures.has(name));
    if (names.some((name) => !makers.has(name))) {
      const { once: _, ...own } = step;
      return own;
    }
    const known = names.length === 0 ? step : { ...step, once: namelessKey(step, names, makers) };
    if (step.as !== undefined) makers.set(step.as, keyOf(known));
    return known;
  });
}

/** The names in a step's templates, and that of what it makes a part of. */
function namedBy(step: Make | Call): string[] {
  const named = [...templatesIn(keyOf(step)).matchAll(/\b(\w+)\./g)].map(([, name = '']) => name);
  return [...new Set([...named, ...(isMake(step) ? (step.in ?? []) : [])])];
}

/** The step's key with how each was made that it names, in place of the probe's name for it. */
function namelessKey(
  step: Make | Call,
  names: readonly string[],
  makers: ReadonlyMap<string, string>,
): string {
  const isNamed = new RegExp(`\\b(${names.join('|')})\\b`, 'g');
  const place = (text: string) => text.replace(isNamed, (name) => `#${names.indexOf(name)}`);
  const owner = isMake(step) && step.in !== undefined ? { in: place(step.in) } : {};
  const key = keyOf({ ...step, ...owner }).replace(/"=[^"]*"/g, place);
  return `${key} of ${names.map((name) => makers.get(name)).join(' and ')}`;
}

/** The templates in the text of a step. */
function templatesIn(text: string): string {
  return (text.match(/"=[^"]*"/g) ?? []).join(' ');
}

/** What a step has beside its request: what it is judged by, and the name that it gives to what it finds. */
const BESIDE = new Set(['as', 'expect', 'that', 'because', 'status', 'part']);

/** What must be equal for two steps to be one request. */
export function keyOf(step: Make | Call): string {
  if (typeof step.once === 'string') return step.once;
  const request = Object.entries(step)
    .filter(([name]) => !BESIDE.has(name))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(request, (_, value) => (value === undefined ? '(left out)' : value));
}

/** Whether the probe changes a record that it shares with others. */
export function changesShared({ steps }: Probe, contract: Contract): boolean {
  return steps.some((step, i) => {
    if (isWait(step) || step.once === undefined || step.as === undefined) return false;
    const name = step.as;
    return steps.slice(i + 1).some((later) => changes(later, name, contract));
  });
}

/** Whether the make is to succeed, and nothing of it is repeated, or taken from another step. */
function isPlain({ once, expect, given, race, times, fresh, in: owner, with: body }: Make) {
  const special = once ?? given ?? race ?? times ?? fresh ?? owner;
  return (
    special === undefined &&
    (expect === undefined || expect === 'ok') &&
    !/"=(?!fresh\(\))/.test(JSON.stringify(body ?? {}))
  );
}

/** Whether the step may change the record of that name, or make another that depends on it. */
function changes(step: Step, name: string, contract: Contract): boolean {
  if (name === '') return false;
  if (isWait(step) || !new RegExp(`\\b${name}\\b`).test(namesIn(step))) return false;
  if (isToFail(step) || step.by !== undefined) return false;
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
