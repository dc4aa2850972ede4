// Steps 5 and 6: every rule on every proposed change, in the state as it would be, then what follows from
// the changes, which is checked too. Faults are collected, not thrown.

import type { Fault } from '../model/fault.ts';
import type { Context } from '../rules/kind.ts';
import type { Change } from '../state/state.ts';
import type { Playable, Route } from './playable.ts';

/** What the rules say against the request itself, whatever it would change. */
export function admit(route: Route, context: Context): Fault[] {
  return route.admit.flatMap(({ rule, run }) =>
    run(context).map((refusal) => ({
      says: rule.says,
      code: rule.kind,
      ...refusal,
      rule: rule.id,
    })),
  );
}

/** What the rules say against what is proposed, and against all that follows from it. */
export function consider(api: Playable, context: Context): Fault[] {
  const faults: Fault[] = [];
  // The list grows while it is walked: a consequence has its place behind what it follows from.
  const changes = context.view.changes();
  for (let i = 0; i < changes.length; i++) check(api, context, changes[i] as Change, faults);
  if (faults.length > 0) return faults;
  let checked = changes.length;
  for (let i = 0; i < changes.length; i++) {
    const change = changes[i] as Change;
    for (const { run } of api.follow.get(change.resource) ?? []) run(context, change);
    for (; checked < changes.length; checked++) {
      check(api, context, changes[checked] as Change, faults);
    }
  }
  if (context.view.again > 0) {
    for (const change of changes) check(api, context, change, faults);
  }
  return faults;
}

function check(api: Playable, context: Context, change: Change, faults: Fault[]): void {
  for (const { rule, run } of api.check.get(change.resource) ?? []) {
    for (const refusal of run(context, change)) {
      faults.push({ says: rule.says, code: rule.kind, ...refusal, rule: rule.id });
    }
  }
}
