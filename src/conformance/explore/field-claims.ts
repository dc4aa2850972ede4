// What an answer must show in the fields of one record, as claims. Only what both models show alike is claimed.

import { type Contract, fieldSchema, type Resource } from '../../contract/contract.ts';
import { isObject, type Json } from '../../model/json.ts';
import { shownPath } from '../../rules/claims.ts';
import { basisOf } from '../../spec/spec.ts';
import type { Member } from './cast.ts';
import { afterDelete, isComparable, isKept, ruledFields } from './counted.ts';
import type { Teller } from './teller.ts';
import { wordFor } from './words.ts';

export type Bodies = readonly [Json | undefined, Json | undefined];

/** Where a record stands in an answer: as an expression, in both models' answers, and by which schema. */
export interface Place {
  readonly word: string;
  readonly bodies: Bodies;
  readonly shown: Resource['schema'];
}

/** Claims on all of the member's fields that the rules that count, and what was sent, decide. */
export function claimsAt(teller: Teller, member: Member, place: Place): string[] {
  const { counted } = teller;
  const { resource, live, sent } = member;
  const ruled = ruledFields(counted, resource.name);
  const after = afterDelete(counted, resource.name);
  return resource.fields
    .filter((field) => {
      if (!isComparable(counted, resource, place.shown, field)) return false;
      if (live !== true) return after.has(field);
      return ruled.has(field) || (sent.has(field) && isKept(counted, resource.name, field));
    })
    .flatMap((field) => claimsOn(teller, member, field, place, ruled.has(field)));
}

function claimsOn(
  teller: Teller,
  { resource, sent }: Member,
  field: string,
  place: Place,
  isRuled: boolean,
): string[] {
  const path = shownPath(teller.counted.strict, resource.name, field);
  const values = place.bodies.map((body) => at(body, path));
  const isNone = values.every((value) => value === undefined || value === null);
  // Where there is none, there is nothing to look into.
  const shown = `${place.word}.${isNone ? field : path}`;
  if (values.every(Array.isArray)) {
    return isRuled ? claimsOnList(teller, shown, values as Json[][]) : [];
  }
  const step = sent.get(field);
  const [whole, strict] = values.map((value, i) => {
    const { player, session } = teller.sides[i as 0 | 1];
    const source = step === undefined || path !== field ? undefined : { step, field };
    return wordFor(value ?? null, player.known(), teller.cast, session.prefix, source);
  });
  if (whole === undefined || whole !== strict || isOpen(resource, field, values[0])) return [];
  return [`same(${shown}, ${whole})`];
}

/** An object with fields of its own may be shown with more of them; a map may not. */
function isOpen({ schema }: Resource, field: string, value: Json | undefined): boolean {
  const isMap = fieldSchema(schema, field)?.['additionalProperties'] !== undefined;
  return isObject(value) && !isMap && Object.keys(value).length > 0;
}

/** Lists are compared as sets of ids; an entry may be the id itself, or a path that ends in it. */
function claimsOnList(teller: Teller, shown: string, values: readonly Json[][]): string[] {
  const [whole, strict] = values.map((list, i) => {
    const { player, session } = teller.sides[i as 0 | 1];
    const words = list.map((value) => wordFor(value, player.known(), teller.cast, session.prefix));
    return words.some((word) => word === undefined || !/^\w+\.\w+$/.test(word))
      ? undefined
      : words.sort();
  });
  if (whole === undefined || strict === undefined || whole.join() !== strict.join()) return [];
  return [
    `size(${shown}) == ${whole.length}`,
    ...whole.map((word) => `${shown}.exists(x, x.endsWith(${word}))`),
  ];
}

/** When it was made must be what the first read said, where a rule that counts speaks of it. */
export function claimsOnStamps({ counted }: Teller, { resource, seen }: Member): string[] {
  if (seen === undefined) return [];
  return stampsOf(counted.strict, resource).flatMap((field) => {
    const schema = fieldSchema(resource.schema, field);
    if (schema === undefined || !counted.bases.includes(basisOf(schema))) return [];
    const [before, now] = [`${seen}.${field}`, `answer.${field}`];
    return [`(same(${before}, null) || instant(${now}) == instant(${before}))`];
  });
}

function stampsOf({ rules }: Contract, { name }: Resource): string[] {
  return rules.flatMap(({ kind, options }) =>
    kind === 'stamp' && (options['of'] as readonly string[]).includes(name)
      ? [String(options['created'])]
      : [],
  );
}

/** What the answer holds at the dotted path; undefined where there is nothing. */
export function at(body: Json | undefined, path: string): Json | undefined {
  let value = body;
  for (const part of path.split('.')) value = isObject(value) ? value[part] : undefined;
  return value;
}
