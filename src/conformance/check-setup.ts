// What a check needs and is not about: a body that will do, and a record whose owners a path can name.

import { type Binding, fieldSchema, requiredFields } from '../contract/contract.ts';
import type { Step } from '../model/steps.ts';
import { fittingValue } from '../rules/bodies.ts';
import { shared } from '../rules/steps.ts';

/** Texts that updates take, and that answers show. */
export const TEXTS = ['description', 'name'];

/** A body that an update may be sent, with a text of its own where it takes one. */
export function bodyFor(binding: Binding) {
  if (binding.body === undefined) return {};
  const { body } = binding;
  const text = TEXTS.find((field) => fieldSchema(body, field) !== undefined);
  if (text !== undefined) return { with: { [text]: '=fresh()' } };
  const needed = requiredFields(body).flatMap((field) => {
    const value = fittingValue(field, fieldSchema(body, field));
    return value === undefined ? [] : [[field, value]];
  });
  return { with: Object.fromEntries(needed) };
}

/** A record whose owners the path names, where it names any. */
export function besidesOthers({ owners, resource }: Binding): Step[] {
  return owners.length === 0 ? [] : [shared(resource.name)];
}
