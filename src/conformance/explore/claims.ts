// What an accepted step must show: values that the steps before it, and the rules that count, decide. Only what
// both models show alike is claimed.

import type { Binding } from '../../contract/contract.ts';
import { isObject, type Json } from '../../model/json.ts';
import { isMake } from '../../model/steps.ts';
import type { Member, Move } from './cast.ts';
import { repeatedFields, says } from './counted.ts';
import { claimsOnExpanded } from './expanded.ts';
import { at, type Bodies, claimsAt, claimsOnStamps } from './field-claims.ts';
import type { Teller, Told } from './teller.ts';
import { idOf } from './words.ts';

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
  const isWhole = partOf(move) === undefined;
  const place = { word: 'answer', bodies, shown: isWhole ? binding.shown : resource.schema };
  const claims = [
    ...claimsAt(teller, member, place),
    ...(isWhole ? claimsOnStamps(teller, member) : []),
    ...(isWhole && live === true ? claimsOnExpanded(teller, member, place) : []),
  ];
  return withClaims(move, claims, `what the requests before made of the ${resource.name}`);
}

function withClaims(move: Move, claims: readonly string[], because: string): Told | undefined {
  if (claims.length === 0) return undefined;
  const that = claims.join(' && ');
  const until = isMake(move) || move.pages !== true ? {} : { until: that };
  return { move, step: { ...move, that, ...until, because }, claims };
}

/** Our own records of the resource: those present are in it as they are, those that must be gone are not. */
function listed(teller: Teller, move: Move, binding: Binding, bodies: Bodies): Told | undefined {
  const { resource } = binding;
  const claims = [
    ...teller.cast
      .filter((member) => member.resource === resource)
      .flatMap((member) => claimsOnEntry(teller, move, binding, member, bodies)),
    ...claimsOnRefused(teller, binding, bodies),
  ];
  return withClaims(move, claims, `what the requests before made of each ${resource.name}`);
}

function claimsOnEntry(
  teller: Teller,
  move: Move,
  { resource: { key }, shown }: Binding,
  member: Member,
  bodies: Bodies,
): string[] {
  const known = teller.known();
  const entries = bodies.map((body, i) => {
    const id = idOf(known[i as 0 | 1], member.name, key);
    return itemsOf(body).find((item) => isObject(item) && item[key] === id);
  });
  const [whole, strict] = entries;
  const own = `i.${key} == ${member.name}.${key}`;
  const entry = `answer.items.exists(i, ${own})`;
  if ((whole === undefined) !== (strict === undefined)) return [];
  if (member.by !== move.by) return whole === undefined ? [`!${entry}`] : [];
  if (whole === undefined) return isHidden(teller, member) ? [`!${entry}`] : [];
  if (member.live !== true) return [];
  const place = {
    word: `answer.items.filter(i, ${own})[0]`,
    bodies: [whole, strict] as const,
    shown,
  };
  return [entry, ...claimsAt(teller, member, place), ...claimsOnExpanded(teller, member, place)];
}

/** What was refused is in no list: nothing has the value that was made up for it. */
function claimsOnRefused(teller: Teller, { resource }: Binding, bodies: Bodies): string[] {
  const known = teller.known();
  return teller.refused.flatMap(({ name, resource: of, sent }) => {
    const field = resource.fields.find((one) => sent.has(one));
    if (of !== resource || field === undefined) return [];
    const isShown = bodies.some((body, i) => {
      const value = at(known[i as 0 | 1]['sent'], `${name}.${field}`);
      return itemsOf(body).some((item) => isObject(item) && item[field] === value);
    });
    return isShown ? [] : [`!answer.items.exists(i, same(i.${field}, sent.${name}.${field}))`];
  });
}

function itemsOf(body: Json | undefined): readonly Json[] {
  const items = isObject(body) ? body['items'] : undefined;
  return Array.isArray(items) ? items : [];
}

/** Only what is kept and hidden is hidden by a rule; of what is wholly gone no rule need speak. */
function isHidden({ sides: [, { model, player }] }: Teller, { name, resource }: Member): boolean {
  const id = idOf(player.known(), name, resource.key);
  return model.record(resource.name, String(id)) !== undefined;
}
