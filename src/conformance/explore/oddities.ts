// The one odd thing that a random body may have: a value that is taken, a record that is gone or another's, or a
// value that the documents forbid.

import type { Binding, Resource } from '../../contract/contract.ts';
import type { Json } from '../../model/json.ts';
import { fieldOf } from '../../rules/list-steps.ts';
import { brokenValue } from './broken.ts';
import type { Chance } from './chance.ts';
import type { Stage } from './moves.ts';
import { type Reference, uniquesOf } from './values.ts';

type Fields = Record<string, Json>;

/** Fields to lay over a body that is else right; none where this choice leads nowhere. */
export function oddity(
  chance: Chance,
  stage: Stage,
  binding: Binding,
  references: readonly Reference[],
): Fields {
  const unique = uniquesOf(stage.counted.strict, binding);
  const make = chance.weighted<() => Fields>([
    [unique.length === 0 ? 0 : 4, () => taken(chance, stage, binding)],
    [references.length === 0 ? 0 : 4, () => misled(chance, stage, references)],
    [4, () => broken(chance, stage, binding)],
  ]);
  return make?.() ?? {};
}

/** A value that must be unique, and that another record has. */
function taken(chance: Chance, { counted, cast }: Stage, binding: Binding): Fields {
  const { resource } = binding;
  const unique = chance.one(uniquesOf(counted.strict, binding));
  if (unique === undefined) return {};
  const member = chance.one(
    cast.filter((item) => item.resource === resource && item.sent.has(unique)),
  );
  return member === undefined ? {} : { [unique]: `=${fieldOf(binding, member.name, unique)}` };
}

function misled(chance: Chance, stage: Stage, references: readonly Reference[]): Fields {
  const reference = chance.one(references);
  return reference === undefined
    ? {}
    : { [reference.field]: badReference(chance, stage, reference.to) };
}

/** The id of a record that is gone, that is another tenant's, or that never was. */
export function badReference(chance: Chance, { cast }: Stage, to: Resource): Json {
  const bad = cast.filter(
    ({ resource, live, by }) => resource === to && (live === false || by !== undefined),
  );
  const member = chance.percent(75) ? chance.one(bad) : undefined;
  return member === undefined ? '=fresh()' : `=${member.name}.${to.key}`;
}

export function broken(chance: Chance, { counted }: Stage, binding: Binding): Fields {
  const one = brokenValue(chance, counted, binding);
  return one === undefined ? {} : { [one.field]: one.value };
}
