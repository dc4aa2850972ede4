// Step 4: the record as it would be. Everything that is right or wrong about it is a rule; here is only
// what "create", "update" and "delete" mean.

import { fieldSchema, OWNER, PLACE, type Resource, takesNull } from '../contract/contract.ts';
import { isObject, type Json, type JsonObject } from '../model/json.ts';
import type { Context, Proposal } from '../rules/kind.ts';
import { partsOf } from '../rules/parts.ts';
import { completed } from '../schema/complete.ts';
import type { Row } from '../state/state.ts';
import type { Playable, Route } from './playable.ts';
import { fill, type Taken, takeFields } from './taken.ts';

/** What the request speaks of: the record that its path names, and what that is a part of. */
export interface Target {
  readonly row: Row | undefined;
  readonly owner: Row | undefined;
}

/** Proposes through the context's view what the operation does; gives back the records that it makes. */
export function propose(api: Playable, context: Context, route: Route, target: Target): Row[] {
  const { verb, each, set } = route.binding;
  const { row, owner } = target;
  if (verb === 'create') {
    const inputs = each === undefined ? [context.input] : (context.input[each] as JsonObject[]);
    return inputs.map((input) => create(api, context, route.taken, input, owner, set));
  }
  if (row === undefined) return [];
  if (verb === 'update') update(api, context, route, row);
  if (verb === 'delete') remove(api, context, route, row);
  return [];
}

/** The target, with the only record of its sort where it had to be made: it begins when it is first asked for. */
export function begun(api: Playable, context: Context, route: Route, target: Target): Target {
  const { resource, verb } = route.binding;
  if (!resource.single || target.row !== undefined || verb === 'list') return target;
  return { ...target, row: create(api, context, route.taken, {}, target.owner) };
}

type SetTemplate = Route['binding']['set'];

function create(
  api: Playable,
  context: Context,
  taken: Taken,
  input: JsonObject,
  owner: Row | undefined,
  set?: SetTemplate,
): Row {
  const { resource } = taken;
  const { caller, now, query } = context;
  const scope = { input: fill(taken, input), caller, now, query };
  const given = resource.id(scope, { ...context.tools, next: () => nextNumber(context, resource) });
  const id = freeId(context, resource, String(given));
  const draft: Record<string, Json> = {
    ...api.blank.get(resource.name),
    ...(resource.start(scope, context.tools) as JsonObject),
  };
  takeFields(taken, input, draft);
  if (set !== undefined) Object.assign(draft, set(scope, context.tools));
  draft[resource.key] = typeof given === 'number' ? given : String(given);
  if (owner !== undefined) {
    draft[OWNER] = owner.id;
    draft[PLACE] = nextPlace(context, resource, owner);
  }
  if (resource.complete) fillIn(context, resource, draft);
  shape(api, context, { resource, verb: 'create', input, before: undefined, draft });
  const made = context.view.insert(resource.name, id, draft).after as Row;
  for (const [field, part] of taken.parts) {
    for (const entry of (input[field] ?? []) as JsonObject[])
      create(api, context, part, entry, made);
  }
  return made;
}

/** Keeps what answers would have to make up, so that lists find what reads show. */
function fillIn({ contract }: Context, resource: Resource, draft: Record<string, Json>): void {
  const { schema, fields } = resource;
  const known = fields.flatMap((field): [string, Json][] => {
    const value = draft[field] ?? null;
    return value !== null || takesNull(fieldSchema(schema, field)) ? [[field, value]] : [];
  });
  const given = Object.fromEntries(known);
  const whole = completed(contract.spec.schemas, schema, given);
  if (!isObject(whole)) return;
  for (const field of fields) {
    if (!Object.hasOwn(given, field) && Object.hasOwn(whole, field))
      draft[field] = whole[field] ?? null;
  }
}

/**
 * Where the record is kept: under its id, or beside the one that has it already. Whether two may have the same is the
 * rules' business: what is named by the caller may be unique only in what it is a part of.
 */
function freeId({ view }: Context, { name }: Resource, id: string): string {
  if (view.now(name, id) === undefined) return id;
  for (let number = 2; ; number++) {
    const other = `${id}#${number}`;
    if (view.now(name, other) === undefined) return other;
  }
}

/** A number that no record of the resource has: ids that count up. */
function nextNumber(context: Context, resource: Resource): number {
  let number = context.view.nextSeq();
  while (context.view.now(resource.name, String(number)) !== undefined) number += 1;
  return number;
}

/** A new part comes last. */
function nextPlace(context: Context, resource: Resource, owner: Row): number {
  return 1 + Number(partsOf(context.view, resource.name, owner.id).at(-1)?.data[PLACE] ?? 0);
}

/** Makes a record as a create with this body would, as part of what an action does. */
export function proposeRecord(
  api: Playable,
  context: Context,
  resource: Resource,
  input: JsonObject,
): Row {
  const taken: Taken = { resource, fields: new Set(Object.keys(input)), parts: new Map() };
  return create(api, context, taken, input, undefined);
}

function update(api: Playable, context: Context, route: Route, before: Row): void {
  const { resource } = route.binding;
  const { input } = context;
  const draft: Record<string, Json> = { ...before.data };
  takeFields(route.taken, input, draft);
  const set = written(context, route, before);
  write(api, context, { resource, verb: 'update', input, before, draft }, set);
}

function remove(api: Playable, context: Context, route: Route, before: Row): void {
  const { resource } = route.binding;
  const set = written(context, route, before);
  if (set === undefined) {
    proposeRemoval(context, resource, before);
    return;
  }
  const draft: Record<string, Json> = { ...before.data };
  write(api, context, { resource, verb: 'delete', input: context.input, before, draft }, set);
}

/** What the operation itself writes to the record, whatever was sent. */
function written(
  { input, caller, now, tools, query }: Context,
  { binding: { set }, taken }: Route,
  { data: self }: Row,
): JsonObject | undefined {
  const scope = { self, input: fill(taken, input), caller, now, query };
  return set?.(scope, tools) as JsonObject | undefined;
}

/** Proposes that a record goes, and its parts with it. */
export function proposeRemoval(context: Context, resource: Resource, row: Row): void {
  context.view.remove(resource.name, row);
  for (const name of resource.parts.values()) {
    const part = context.contract.resource(name);
    for (const child of partsOf(context.view, name, row.id)) proposeRemoval(context, part, child);
  }
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

function write(
  api: Playable,
  context: Context,
  proposal: Proposal,
  set: JsonObject | undefined,
): void {
  const { resource, before, draft } = proposal;
  if (before === undefined) return;
  const { input, caller, now, tools } = context;
  const scope = { self: before.data, input, caller, now };
  Object.assign(draft, resource.touch(scope, tools), set);
  shape(api, context, proposal);
  context.view.replace(resource.name, before, draft);
}

function shape(api: Playable, context: Context, proposal: Proposal): void {
  for (const { run } of api.take.get(proposal.resource.name) ?? []) run(context, proposal);
}
