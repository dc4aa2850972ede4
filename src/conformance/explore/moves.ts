// The next step of a random sequence: mostly what is ordinary on records that are there, and now and then one
// odd thing, such as a record that is gone, another tenant's, or a value that is taken.

import type { Binding, Contract, Resource } from '../../contract/contract.ts';
import type { Json } from '../../model/json.ts';
import { extras } from '../../rules/kept/fields.ts';
import { fieldOf, listCall, narrowing } from '../../rules/list-steps.ts';
import { callOn, readOf } from '../../rules/steps.ts';
import type { Member, Move } from './cast.ts';
import type { Chance } from './chance.ts';
import { changesOf, referencesOf, uniquesOf } from './values.ts';

/** Who is there, and what may be done. */
export interface Stage {
  readonly contract: Contract;
  readonly cast: readonly Member[];
  /** Whether there is a second tenant. */
  readonly hasOther: boolean;
  /** Resources of which none can be made. */
  readonly broken: ReadonlySet<string>;
}

/** A step for the stage, under a name of its own; undefined where this choice leads nowhere. */
export function nextMove(chance: Chance, stage: Stage, number: number): Move | undefined {
  const kind = chance.weighted([
    [stage.cast.length === 0 ? 0 : 16, reading],
    [stage.cast.length === 0 ? 0 : 14, listing],
    [stage.cast.length === 0 ? 0 : 20, updating],
    [stage.cast.length < 2 ? 0 : 18, deleting],
    [stage.cast.length === 0 ? 0 : 4, acting],
    [28, creating],
  ] as const);
  return kind?.(chance, stage, number);
}

type Kind = (chance: Chance, stage: Stage, number: number) => Move | undefined;

const creating: Kind = (chance, stage, number) => {
  const { contract, cast, broken, hasOther } = stage;
  const binding = chance.one(
    contract.bindings.filter(
      ({ verb, resource }) => verb === 'create' && !broken.has(resource.name),
    ),
  );
  if (binding === undefined) return undefined;
  const { resource } = binding;
  const by = hasOther && chance.percent(8) ? ({ by: 'other' } as const) : {};
  const own = cast.filter((member) => member.by === by.by);
  const body: Record<string, Json> = {};
  const unique = uniquesOf(contract, resource);
  for (const [field, value] of Object.entries(extras(binding, contract))) {
    // What must be unique has to be there to be repeated.
    if (chance.percent(unique.includes(field) ? 60 : 25)) body[field] = value;
  }
  for (const { field, to, isNeeded } of referencesOf(contract, binding)) {
    if (!isNeeded && chance.percent(35)) continue;
    const target = chance.one(
      own.filter((member) => member.resource === to && member.live === true),
    );
    if (target !== undefined) body[field] = `=${target.name}.${to.key}`;
  }
  if (chance.percent(45)) Object.assign(body, oddity(chance, stage, binding));
  const owner = ownerFor(chance, stage, resource);
  const more = Object.keys(body).length === 0 ? {} : { with: body };
  return { make: resource.name, as: `${resource.name}${number}`, ...by, ...more, ...owner };
};

/** One field that repeats what another record has, or names one that is not there. */
function oddity(chance: Chance, stage: Stage, binding: Binding): Record<string, Json> {
  const { contract, cast } = stage;
  const { resource } = binding;
  const unique = chance.one(uniquesOf(contract, resource));
  if (unique !== undefined && chance.percent(60)) {
    const member = chance.one(
      cast.filter((item) => item.resource === resource && item.sent.has(unique)),
    );
    return member === undefined ? {} : { [unique]: `=${fieldOf(binding, member.name, unique)}` };
  }
  const reference = chance.one(referencesOf(contract, binding));
  return reference === undefined
    ? {}
    : { [reference.field]: badReference(chance, stage, reference.to) };
}

/** The id of a record that is gone, that is another tenant's, or that never was. */
function badReference(chance: Chance, { cast }: Stage, to: Resource): Json {
  const bad = cast.filter(
    ({ resource, live, by }) => resource === to && (live === false || by !== undefined),
  );
  const member = chance.percent(75) ? chance.one(bad) : undefined;
  return member === undefined ? '=fresh()' : `=${member.name}.${to.key}`;
}

function ownerFor(chance: Chance, { cast }: Stage, { owner }: Resource): { in?: string } {
  const owners = cast.filter(({ resource, by }) => resource.name === owner && by === undefined);
  const member = chance.one(owners);
  return member === undefined ? {} : { in: member.name };
}

const reading: Kind = (chance, stage, number) => {
  const member = chance.one(stage.cast);
  if (member === undefined) return undefined;
  const [call] = readOf(stage.contract, member.resource.name, member.name);
  return call && { ...call, ...sender(chance, stage, member), as: `seen${number}` };
};

const listing: Kind = (chance, stage, number) => {
  const member = chance.one(stage.cast);
  const binding = chance.one(
    stage.contract.bindings.filter(
      ({ verb, resource }) => verb === 'list' && resource === member?.resource,
    ),
  );
  if (member === undefined || binding === undefined) return undefined;
  const where = chance.percent(60) ? narrowing(stage.contract, binding, member.name) : {};
  return { ...listCall(binding, where), ...sender(chance, stage, member), as: `list${number}` };
};

const updating: Kind = (chance, stage, number) => {
  const { contract, cast } = stage;
  const [member, binding] = targetFor(chance, stage, 'update');
  if (member === undefined || binding === undefined) return undefined;
  const changes = changesOf(contract, binding);
  const body: Record<string, Json> = {};
  for (let left = 1 + chance.below(2); left > 0; left--) {
    const change = chance.one(changes);
    if (change === undefined) return undefined;
    body[change.field] = chance.one(change.values) ?? null;
    if (change.to === undefined) continue;
    const { to } = change;
    const targets = cast.filter(({ resource, live }) => resource === to && live === true);
    const target = chance.percent(85) ? chance.one(targets) : undefined;
    if (target !== undefined) body[change.field] = `=${target.name}.${to.key}`;
    else if (chance.percent(50)) body[change.field] = badReference(chance, stage, to);
  }
  const repeated = chance.percent(15) ? taken(chance, stage, binding) : {};
  const isRepeating = Object.keys(repeated).length > 0;
  const call = callOn(binding, member.name, { with: isRepeating ? repeated : body });
  return { ...call, ...sender(chance, stage, member), as: `change${number}` };
};

/** A value that must be unique and that another record has. */
function taken(chance: Chance, { contract, cast }: Stage, binding: Binding): Record<string, Json> {
  const fields = changesOf(contract, binding).map(({ field }) => field);
  const unique = uniquesOf(contract, binding.resource).find((field) => fields.includes(field));
  if (unique === undefined) return {};
  const member = chance.one(
    cast.filter(({ resource, sent }) => resource === binding.resource && sent.has(unique)),
  );
  return member === undefined ? {} : { [unique]: `=${fieldOf(binding, member.name, unique)}` };
}

const deleting: Kind = (chance, stage, number) => {
  const [member, binding] = targetFor(chance, stage, 'delete');
  if (member === undefined || binding === undefined) return undefined;
  const body = binding.body === undefined ? {} : { with: {} };
  const call = callOn(binding, member.name, body);
  return { ...call, ...sender(chance, stage, member), as: `gone${number}` };
};

const acting: Kind = (chance, stage, number) => {
  const [member, binding] = targetFor(chance, stage, 'action');
  if (member === undefined || binding?.idParameter === undefined || binding.body !== undefined) {
    return undefined;
  }
  return { ...callOn(binding, member.name), as: `done${number}` };
};

/** A record, mostly one that is there, and an operation of the verb on it. */
function targetFor(
  chance: Chance,
  { contract, cast }: Stage,
  verb: Binding['verb'],
): [Member | undefined, Binding | undefined] {
  const bindings = contract.bindings.filter(
    (binding) => binding.verb === verb && binding.by === binding.resource.key,
  );
  const able = cast.filter(({ resource }) => bindings.some((item) => item.resource === resource));
  const there = able.filter(({ live }) => live === true);
  const member = chance.one(chance.percent(85) && there.length > 0 ? there : able);
  return [member, chance.one(bindings.filter(({ resource }) => resource === member?.resource))];
}

/** Whoever made the record; now and then the first caller where that is another, or another where it is the first. */
function sender(chance: Chance, { hasOther }: Stage, { by }: Member): { by?: 'other' } {
  const isStrange = hasOther && chance.percent(8);
  return (by === 'other') === isStrange ? {} : { by: 'other' };
}
