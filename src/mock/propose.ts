// Step 4: the record as it would be. Everything that is right or wrong about it is a rule; here is only
// what "create", "update" and "delete" mean.

import type { Resource } from '../contract/contract.ts';
import type { Json, JsonObject } from '../model/json.ts';
import type { Context, Proposal } from '../rules/kind.ts';
import type { Row } from '../state/state.ts';
import type { Playable, Route } from './playable.ts';

/** Proposes through the context's view what the operation does; nothing for a read or a list. */
export function propose(
  api: Playable,
  context: Context,
  route: Route,
  target: Row | undefined,
): void {
  const { verb } = route.binding;
  if (verb === 'create') create(api, context, route);
  if (target === undefined) return;
  if (verb === 'update') update(api, context, route, target);
  if (verb === 'delete') remove(api, context, route, target);
}

function create(api: Playable, context: Context, route: Route): void {
  const { resource, set } = route.binding;
  const scope = { input: fill(route, context.input), caller: context.caller, now: context.now };
  const id = String(resource.id(scope, context.tools));
  const draft: Record<string, Json> = {
    ...api.blank.get(resource.name),
    ...(resource.start(scope, context.tools) as JsonObject),
  };
  takeFields(route, context.input, draft);
  if (set !== undefined) Object.assign(draft, set(scope, context.tools));
  draft[resource.key] = id;
  shape(api, context, { resource, verb: 'create', input: context.input, before: undefined, draft });
  context.view.insert(resource.name, id, draft);
}

function update(api: Playable, context: Context, route: Route, target: Row): void {
  const { resource, set } = route.binding;
  const draft: Record<string, Json> = { ...target.data };
  takeFields(route, context.input, draft);
  write(
    api,
    context,
    { resource, verb: 'update', input: context.input, before: target, draft },
    set,
  );
}

function remove(api: Playable, context: Context, route: Route, target: Row): void {
  const { resource, set } = route.binding;
  if (set === undefined) {
    context.view.remove(resource.name, target);
    return;
  }
  const draft: Record<string, Json> = { ...target.data };
  write(
    api,
    context,
    { resource, verb: 'delete', input: context.input, before: target, draft },
    set,
  );
}

/** Proposes other values for some fields of a record, as the consequence of another change. */
export function proposeConsequence(
  api: Playable,
  context: Context,
  resource: Resource,
  row: Row,
  fields: JsonObject,
): void {
  const draft = { ...row.data, ...fields };
  write(
    api,
    context,
    { resource, verb: 'update', input: undefined, before: row, draft },
    undefined,
  );
}

type SetTemplate = Route['binding']['set'];

function write(api: Playable, context: Context, proposal: Proposal, set: SetTemplate): void {
  const { resource, before, draft } = proposal;
  if (before === undefined) return;
  const scope = {
    self: before.data,
    input: context.input,
    caller: context.caller,
    now: context.now,
  };
  Object.assign(draft, resource.touch(scope, context.tools), set?.(scope, context.tools));
  shape(api, context, proposal);
  context.view.replace(resource.name, before, draft);
}

function shape(api: Playable, context: Context, proposal: Proposal): void {
  for (const { run } of api.take.get(proposal.resource.name) ?? []) run(context, proposal);
}

/** Own, declared fields only: an unknown field is ignored, and `__proto__` is a name like any other. */
function takeFields(route: Route, input: JsonObject, draft: Record<string, Json>): void {
  for (const field of route.taken) {
    const value = Object.hasOwn(input, field) ? input[field] : undefined;
    if (value !== undefined) draft[field] = value;
  }
}

/** The input as expressions see it: every declared field, null when it was not sent. */
function fill(route: Route, input: JsonObject): JsonObject {
  const filled: Record<string, Json> = {};
  for (const field of route.taken) filled[field] = input[field] ?? null;
  return filled;
}
