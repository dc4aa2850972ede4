// Where a place like `createGroup`, `group.name` or `createGroup.name` is found in an operation's body.

import { type Binding, fieldSchema, splitPath } from '../../contract/contract.ts';
import { each } from '../steps.ts';
import type { Options } from './options.ts';

/** The field ('' for the whole body) at which the places meet this operation; empty when they don't. */
export function fieldsIn(binding: Binding, { at }: Options): string[] {
  const writes = binding.verb === 'create' || binding.verb === 'update';
  return each<string>(at as string | string[]).flatMap((place) => {
    const [owner, field] = splitPath(place);
    if (owner === binding.operation.id) return [field];
    const named = owner === binding.resource.name && writes;
    const has = field === '' || fieldSchema(binding.body ?? true, field) !== undefined;
    return named && has ? [field] : [];
  });
}
