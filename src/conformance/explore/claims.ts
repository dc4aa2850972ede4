// What an accepted step must show: values that the steps before it, and the rules that count, decide. Only what
// both models show alike is claimed.

import { type Binding, fieldSchema, type Resource } from '../../contract/contract.ts';
import { isObject, type Json, type JsonObject } from '../../model/json.ts';
import { isMake } from '../../model/steps.ts';
import { shownPath } from '../../rules/claims.ts';
import type { Member, Move } from './cast.ts';
import { afterDelete, isComparable, isKept, repeatedFields, ruledFields, says } from './counted.ts';
import type { Teller, Told } from './teller.ts';
import { idOf, wordFor } from './words.ts';

type Bodies = readonly [Json | undefined, Json | undefined];

/** The step with its claims; undefined where it is best left out, for a server may refuse it. */
export function claimsOf(
  teller: Teller,
  move: Move,
  binding: Binding,
  named: readonly Member[],
  bodies: Bodies,
): Told | undefined {
  const [target] = named.filter(({ resource }) => resource === binding.resource);
  if (isMake(move)) return created(teller, move, binding);
  if (binding.verb === 'list') return listed(teller, move, binding, bodies);
  if (partOf(move) === undefined && binding.verb !== 'read')
    return { move, step: move, claims: [] };
  const member =
    move.part === undefined
      ? target
      : named.find(({ resource }) => resource.name === move.part?.of);
  return member && read(teller, move, binding, member, bodies);
}

/** The resource of the part that the step looks at. */
function partOf(move: Move): string | undefined {
  return isMake(move) ? undefined : move.part?.of;
}

/** A body that fits, breaks no rule and repeats no value that must be unique is to be accepted. */
function created(teller: Teller, move: Move, binding: Binding): Told | undefined {
  const { counted } = teller;
  const repeated = repeatedFields(counted, move, binding);
  if (repeated.some(({ basis }) => !counted.bases.includes(basis))) return undefined;
  if (!counted.bases.includes(binding.operation.basis)) return { move, step: move, claims: [] };
  const because = 'the body fits and breaks no rule';
  return { move, step: { ...move, expect: 'ok', because }, claims: [] };
}

function read(
  teller: Teller,
  move: Move,
  binding: Binding,
  member: Member,
  bodies: Bodies,
): Told | undefined {
  const { counted } = teller;
  const { resource, live } = member;
  const isKnownDead =
    live === false && says(counted, 'on-delete', resource.name, ({ read }) => read === 'kept');
  if (live !== true && !isKnownDead) return undefined;
  const ruled = ruledFields(counted, resource.name);
  const after = afterDelete(counted, resource.name);
  const fields = resource.fields.filter((field) => {
    const shown = partOf(move) === undefined ? binding.shown : resource.schema;
    if (!isComparable(counted, resource, shown, field)) return false;
    if (live !== true) return after.has(field);
    return ruled.has(field) || (member.sent.has(field) && isKept(counted, resource.name, field));
  });
  const claims = fields.flatMap((field) =>
    claimsOn(teller, member, field, bodies, ruled.has(field)),
  );
  return withClaims(move, claims, `what the requests before made of the ${resource.name}`);
}

function withClaims(move: Move, claims: readonly string[], because: string): Told | undefined {
  if (claims.length === 0) return undefined;
  const that = claims.join(' && ');
  const until = isMake(move) || move.pages !== true ? {} : { until: that };
  return { move, step: { ...move, that, ...until, because }, claims };
}

function claimsOn(
  teller: Teller,
  member: Member,
  field: string,
  bodies: Bodies,
  isRuled: boolean,
): string[] {
  const { resource, sent } = member;
  const path = shownPath(teller.counted.strict, resource.name, field);
  const values = bodies.map((body) => at(body, path));
  if (values.every(Array.isArray)) {
    return isRuled ? claimsOnList(teller, path, values as Json[][]) : [];
  }
  const step = sent.get(field);
  const [whole, strict] = values.map((value, i) => {
    const { player, session } = teller.sides[i as 0 | 1];
    const source = step === undefined || path !== field ? undefined : { step, field };
    return wordFor(value ?? null, player.known(), teller.cast, session.prefix, source);
  });
  if (whole === undefined || whole !== strict || isOpen(resource, field, values[0])) return [];
  return [`same(answer.${path}, ${whole})`];
}

/** An object with fields of its own may be shown with more of them; a map may not. */
function isOpen({ schema }: Resource, field: string, value: Json | undefined): boolean {
  const isMap = fieldSchema(schema, field)?.['additionalProperties'] !== undefined;
  return isObject(value) && !isMap && Object.keys(value).length > 0;
}

/** Lists are compared as sets of ids; an entry may be the id itself, or a path that ends in it. */
function claimsOnList(teller: Teller, path: string, values: readonly Json[][]): string[] {
  const [whole, strict] = values.map((list, i) => {
    const { player, session } = teller.sides[i as 0 | 1];
    const words = list.map((value) => wordFor(value, player.known(), teller.cast, session.prefix));
    return words.some((word) => word === undefined || !/^\w+\.\w+$/.test(word))
      ? undefined
      : words.sort();
  });
  if (whole === undefined || strict === undefined || whole.join() !== strict.join()) return [];
  const list = `answer.${path}`;
  return [
    `size(${list}) == ${whole.length}`,
    ...whole.map((word) => `${list}.exists(x, x.endsWith(${word}))`),
  ];
}

/** Our own records of the resource: those present are in it, those that must be gone are not. */
function listed(
  teller: Teller,
  move: Move,
  { resource }: Binding,
  bodies: Bodies,
): Told | undefined {
  const { key, name } = resource;
  const known = teller.known();
  const claims = teller.cast
    .filter((member) => member.resource === resource)
    .flatMap((member) => {
      const [whole, strict] = bodies.map((body, i) => {
        const items = (isObject(body) ? (body['items'] as Json[]) : []) ?? [];
        const id = idOf(known[i as 0 | 1], member.name, key);
        return items.some((item) => isObject(item) && item[key] === id);
      });
      const entry = `answer.items.exists(i, i.${key} == ${member.name}.${key})`;
      if (whole !== strict) return [];
      if (member.by !== move.by) return whole ? [] : [`!${entry}`];
      if (whole) return member.live === true ? [entry] : [];
      return isHidden(teller, member) ? [`!${entry}`] : [];
    });
  return withClaims(move, claims, `what the requests before made of each ${name}`);
}

/** Only what is kept and hidden is hidden by a rule; of what is wholly gone no rule need speak. */
function isHidden({ sides: [, { model, player }] }: Teller, { name, resource }: Member): boolean {
  const id = idOf(player.known(), name, resource.key);
  return model.record(resource.name, String(id)) !== undefined;
}

function at(body: Json | undefined, path: string): Json | undefined {
  let value = body;
  for (const part of path.split('.'))
    value = isObject(value) ? (value as JsonObject)[part] : undefined;
  return value;
}
