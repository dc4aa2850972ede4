// A union that names its discriminator is read by it: the value's tag says which member it must fit, so a
// fault speaks of that member alone and not of all that it is not.

import { isObject, type Json, type JsonObject } from '../model/json.ts';

/** The schema as `if`/`then` by tag, where it is a discriminated union; itself where it is none. */
export function byTag(schema: JsonObject): JsonObject {
  return tagged(schema) ?? orNull(schema) ?? schema;
}

function tagged(schema: JsonObject): JsonObject | undefined {
  const { oneOf, discriminator, ...rest } = schema;
  const tag = isObject(discriminator) ? discriminator['propertyName'] : undefined;
  if (typeof tag !== 'string' || !Array.isArray(oneOf)) return undefined;
  const members = oneOf.map((member: Json) => ({ member, tags: tagsOf(member, tag) }));
  if (members.some(({ tags }) => tags.length === 0)) return undefined;
  const known = members.flatMap(({ tags }) => tags);
  const choice = {
    type: 'object',
    required: [tag],
    properties: { [tag]: { enum: known } },
    allOf: members.map(({ member, tags }) => ({
      if: { properties: { [tag]: { enum: tags } }, required: [tag] },
      // biome-ignore lint/suspicious/noThenProperty: it is a keyword of JSON Schema
      then: member,
    })),
  };
  return Object.keys(rest).length === 0 ? choice : { allOf: [rest, choice] };
}

/** Null or one other thing: what is not null is held to the other thing alone. */
function orNull({ oneOf, ...rest }: JsonObject): JsonObject | undefined {
  if (!Array.isArray(oneOf) || oneOf.length !== 2) return undefined;
  const isNull = (member: Json) => isObject(member) && member['type'] === 'null';
  const other = oneOf.find((member: Json) => !isNull(member));
  if (other === undefined || !oneOf.some(isNull)) return undefined;
  // biome-ignore lint/suspicious/noThenProperty: it is a keyword of JSON Schema
  return { ...rest, if: { not: { type: 'null' } }, then: other };
}

/** The values of the tag that a member allows. */
export function tagsOf(member: Json, tag: string): Json[] {
  if (!isObject(member)) return [];
  const own = (member['properties'] as JsonObject | undefined)?.[tag];
  if (isObject(own)) {
    if (own['const'] !== undefined) return [own['const']];
    if (Array.isArray(own['enum'])) return [...own['enum']];
  }
  return ((member['allOf'] ?? []) as Json[]).flatMap((part) => tagsOf(part, tag));
}
