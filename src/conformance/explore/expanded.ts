// What expands: a record that is asked for stands whole in the answer, and one that is not does not.

import { fieldSchema, type Rule, splitPath } from '../../contract/contract.ts';
import { isObject } from '../../model/json.ts';
import { basisOf } from '../../spec/spec.ts';
import type { Member } from './cast.ts';
import { at, claimsAt, type Place } from './field-claims.ts';
import type { Teller } from './teller.ts';
import { idOf } from './words.ts';

/** Claims on all that expands in the member, as it stands at the place. */
export function claimsOnExpanded(teller: Teller, member: Member, place: Place): string[] {
  const { strict, bases } = teller.counted;
  return strict.rules.flatMap((rule) => {
    if (rule.kind !== 'expand') return [];
    const [owner] = splitPath(String(rule.options['at']));
    const schema = fieldSchema(place.shown, String(rule.options['into']));
    const isStated = schema !== undefined && bases.includes(basisOf(schema));
    return owner === member.resource.name && isStated ? claimsOnOne(teller, rule, place) : [];
  });
}

function claimsOnOne(teller: Teller, { options }: Rule, { word, bodies }: Place): string[] {
  const into = String(options['into']);
  const inner = bodies.map((body) => at(body, into));
  if (bodies.some((body) => !isObject(body))) return [];
  if (inner.every((value) => value === undefined || value === null)) {
    return [`same(${word}.${into}, null)`];
  }
  const [own] = inner;
  const known = teller.known();
  const target = teller.cast.find(({ name, resource: { key } }) =>
    inner.every((value, i) => isObject(value) && value[key] === idOf(known[i as 0 | 1], name, key)),
  );
  if (target?.live !== true || !isObject(own)) return [];
  const { resource, name } = target;
  const shown = `${word}.${into}`;
  const place: Place = {
    word: shown,
    bodies: [inner[0], inner[1]],
    shown: resource.schema,
  };
  return [
    `same(${shown}.${resource.key}, ${name}.${resource.key})`,
    ...claimsAt(teller, target, place),
  ];
}
