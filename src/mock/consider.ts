// Steps 5 and 6: every rule on every proposed change, in the state as it would be, then what follows from
// the changes, which is checked too. Faults are collected, not thrown.

import type { Fault } from '../model/fault.ts';
import type { Context } from '../rules/kind.ts';
import type { Change } from '../state/state.ts';
import type { Playable } from './playable.ts';

/** What the rules say against the changes proposed so far. */
export function check(api: Playable, context: Context): Fault[] {
  return context.view.changes().flatMap((change) => checkOne(api, context, change));
}

/** Proposes the consequences of every change, theirs included, and says what the rules hold against them. */
export function follow(api: Playable, context: Context): Fault[] {
  const faults: Fault[] = [];
  const followed = new Set<string>();
  for (
    let open = unfollowed(context, followed);
    open.length > 0;
    open = unfollowed(context, followed)
  ) {
    for (const change of open) {
      followed.add(keyOf(change));
      for (const { run } of api.follow.get(change.resource) ?? []) run(context, change);
    }
    for (const change of unfollowed(context, followed))
      faults.push(...checkOne(api, context, change));
  }
  return faults;
}

function unfollowed(context: Context, followed: ReadonlySet<string>): Change[] {
  return context.view.changes().filter((change) => !followed.has(keyOf(change)));
}

function keyOf({ resource, id }: Change): string {
  return `${resource} ${id}`;
}

function checkOne(api: Playable, context: Context, change: Change): Fault[] {
  const faults: Fault[] = [];
  for (const { rule, run } of api.check.get(change.resource) ?? []) {
    for (const refusal of run(context, change)) {
      faults.push({ says: rule.says, code: rule.kind, ...refusal, rule: rule.id });
    }
  }
  return faults;
}
