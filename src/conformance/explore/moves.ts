// The next step of a random sequence: mostly what is ordinary on records that are there, and now and then one
// odd thing, such as a record that is gone, another tenant's, or a value that is taken.

import type { Binding, Resource } from '../../contract/contract.ts';
import type { Json } from '../../model/json.ts';
import { rich } from '../../rules/bodies.ts';
import { extras } from '../../rules/kept/fields.ts';
import { fieldOf } from '../../rules/list-steps.ts';
import { callOn } from '../../rules/steps.ts';
import { type Member, type Move, type Refused, referringTo } from './cast.ts';
import type { Chance } from './chance.ts';
import type { Counted } from './counted.ts';
import { listLike, lookAt } from './looks.ts';
import { badReference, broken, oddity } from './oddities.ts';
import { changesOf, referencesOf, uniquesOf } from './values.ts';
import { mentions } from './weights.ts';

/** Who is there, and what may be done. */
export interface Stage {
  readonly counted: Counted;
  readonly cast: readonly Member[];
  /** Creates that had to be refused. */
  readonly refused: readonly Refused[];
  /** Whether there is a second tenant. */
  readonly hasOther: boolean;
  /** Resources of which none can be made. */
  readonly broken: ReadonlySet<string>;
}

/** A step for the stage, under a name of its own; undefined where this choice leads nowhere. */
export function nextMove(chance: Chance, stage: Stage, number: number): Move | undefined {
  const kind = chance.weighted([
    [stage.cast.length === 0 ? 0 : 8, reading],
    [stage.cast.length === 0 ? 0 : 12, listing],
    [stage.cast.length === 0 ? 0 : 20, updating],
    [stage.cast.length < 2 ? 0 : 22, deleting],
    [stage.cast.length === 0 ? 0 : 4, acting],
    [28, creating],
  ] as const);
  return kind?.(chance, stage, number);
}

type Kind = (chance: Chance, stage: Stage, number: number) => Move | undefined;

const creating: Kind = (chance, stage, number) => {
  const { counted, hasOther } = stage;
  const { whole, strict } = counted;
  const binding = chance.weighted(
    [...whole.resources.values()].flatMap((resource) => {
      const binding = whole.bindingFor('create', resource.name);
      if (binding === undefined || stage.broken.has(resource.name)) return [];
      return [[1 + mentions(strict, resource.name), binding] as const];
    }),
  );
  if (binding === undefined) return undefined;
  const { resource } = binding;
  const by = hasOther && chance.percent(8) ? ({ by: 'other' } as const) : {};
  const body = filledBody(chance, stage, binding, by.by);
  if (chance.percent(40)) {
    const references = referencesOf(strict, binding);
    Object.assign(body, oddity(chance, stage, binding, references));
  }
  const owner = ownerFor(chance, stage, resource);
  const more = Object.keys(body).length === 0 ? {} : { with: body };
  return { make: resource.name, as: `${resource.name}${number}`, ...by, ...more, ...owner };
};

/** What a new record is sent with beside what it needs: some of the other fields, and records that are there. */
function filledBody(
  chance: Chance,
  { counted: { whole }, cast }: Stage,
  binding: Binding,
  by: Member['by'],
): Record<string, Json> {
  const { resource } = binding;
  const body: Record<string, Json> = {};
  const unique = uniquesOf(whole, binding);
  for (const [field, value] of Object.entries(extras(binding, whole))) {
    // What must be unique has to be there to be repeated.
    if (!chance.percent(unique.includes(field) ? 60 : 25)) continue;
    body[field] = typeof value === 'boolean' ? chance.percent(50) : value;
  }
  if (chance.percent(20))
    Object.assign(body, rich(whole, resource.name, { ...resource.sample, ...body }));
  const own = cast.filter((member) => member.by === by && member.live === true);
  for (const { field, to, isNeeded } of referencesOf(whole, binding)) {
    if (!isNeeded && chance.percent(25)) continue;
    const target = chance.one(own.filter((member) => member.resource === to));
    if (target !== undefined) body[field] = `=${target.name}.${to.key}`;
  }
  return body;
}

function ownerFor(chance: Chance, { cast }: Stage, { owner }: Resource): { in?: string } {
  const owners = cast.filter(({ resource, by }) => resource.name === owner && by === undefined);
  const member = chance.one(owners);
  return member === undefined ? {} : { in: member.name };
}

const reading: Kind = (chance, stage, number) => {
  const member = chance.one(stage.cast);
  const look = member && lookAt(chance, stage.counted.whole, member);
  return look && { ...look, ...sender(chance, stage, member), as: `seen${number}` };
};

const listing: Kind = (chance, stage, number) => {
  const member = chance.one(stage.cast);
  const list = member && listLike(chance, stage, member);
  return list && { ...list, ...sender(chance, stage, member), as: `list${number}` };
};

const updating: Kind = (chance, stage, number) => {
  const [member, binding] = targetFor(chance, stage, 'update');
  if (member === undefined || binding === undefined) return undefined;
  const body: Record<string, Json> = {};
  for (let left = 1 + chance.below(2); left > 0; left--) {
    Object.assign(body, changed(chance, stage, binding));
  }
  if (Object.keys(body).length === 0) return undefined;
  // What is not sent stays as it was, whatever that is.
  if (chance.percent(10)) for (const field of Object.keys(body)) delete body[field];
  const odd = chance.percent(15) ? repeated(chance, stage, binding) : {};
  if (chance.percent(12)) Object.assign(body, broken(chance, stage, binding));
  const call = callOn(binding, member.name, { with: Object.keys(odd).length > 0 ? odd : body });
  return { ...call, ...sender(chance, stage, member), as: `change${number}` };
};

/** One field with another value; empty where nothing can be changed. */
function changed(chance: Chance, stage: Stage, binding: Binding): Record<string, Json> {
  const { counted, cast } = stage;
  const { resource, operation } = binding;
  const words = (field: string) => [`${resource.name}.${field}`, `${operation.id}.${field}`];
  const change = chance.weighted(
    changesOf(counted.whole, binding).map(
      (one) => [1 + 3 * mentions(counted.strict, ...words(one.field)), one] as const,
    ),
  );
  if (change === undefined) return {};
  const { field, values, to } = change;
  const plain = { [field]: chance.one(values) ?? null };
  if (to === undefined) return plain;
  const targets = cast.filter((member) => member.resource === to && member.live === true);
  if (chance.percent(15)) return { [field]: badReference(chance, stage, to) };
  const target = chance.percent(75) ? chance.one(targets) : undefined;
  return target === undefined ? plain : { [field]: `=${target.name}.${to.key}` };
}

/** A value that must be unique and that another record has. */
function repeated(chance: Chance, stage: Stage, binding: Binding): Record<string, Json> {
  const { counted, cast } = stage;
  const fields = changesOf(counted.whole, binding).map(({ field }) => field);
  const unique = uniquesOf(counted.whole, binding).find((field) => fields.includes(field));
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
  { counted: { whole }, cast }: Stage,
  verb: Binding['verb'],
): [Member | undefined, Binding | undefined] {
  const bindings = whole.bindings.filter(
    (binding) => binding.verb === verb && binding.by === binding.resource.key,
  );
  const able = cast.filter(({ resource }) => bindings.some((item) => item.resource === resource));
  const there = able.filter(({ live }) => live === true);
  const group = chance.percent(85) && there.length > 0 ? there : able;
  // What others refer to has more to lose.
  const member = chance.weighted(
    group.map((one) => [1 + 3 * referringTo(one, cast).length, one] as const),
  );
  return [member, chance.one(bindings.filter(({ resource }) => resource === member?.resource))];
}

/** Whoever made the record; now and then the first caller where that is another, or another where it is the first. */
function sender(chance: Chance, { hasOther }: Stage, { by }: Member): { by?: 'other' } {
  const isStrange = hasOther && chance.percent(8);
  return (by === 'other') === isStrange ? {} : { by: 'other' };
}
