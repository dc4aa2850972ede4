// How the resources of a contract hang together: which names which, what is unique, and what changes a field.

import { type Binding, type Contract, fieldNames } from '../contract/contract.ts';

/** The resource that the field names a record of; undefined when it refers to nothing. */
export function referredBy(contract: Contract, path: string): string | undefined {
  const rule = contract.rules.find(
    ({ kind, options }) => kind === 'reference' && options['from'] === path,
  );
  return rule === undefined ? undefined : String(rule.options['to']);
}

/** The resources that templates in the value name: `=plan.id` names plans. */
export function namedIn(contract: Contract, value: unknown): string[] {
  const text = JSON.stringify(value) ?? '';
  if (!text.includes('"=')) return [];
  return [...contract.resources.keys()].filter((name) =>
    new RegExp(`"=[^"]*\\b${name}\\b\\.`).test(text),
  );
}

/** The resources that the sample of this one names, other than `except`. */
export function neededBy(contract: Contract, resource: string, except?: string): string[] {
  return namedIn(contract, contract.resource(resource).sample).filter((name) => name !== except);
}

/** Whether a record of the resource can be named by one other record only, so that each needs one of its own. */
export function isSpent(contract: Contract, resource: string): boolean {
  return contract.rules.some(({ kind, options }) => {
    if (kind !== 'unique') return false;
    const path = `${options['of']}.${options['by']}`;
    return referredBy(contract, path) === resource;
  });
}

/** The fields by which the resource is unique: what a refused create must not take. */
export function uniqueFields(contract: Contract, resource: string): string[] {
  return contract.rules.flatMap(({ kind, basis, options }) =>
    kind === 'unique' && basis === 'documented' && options['of'] === resource
      ? [String(options['by'])]
      : [],
  );
}

/** An operation that changes one record of the resource and takes a field of that name. */
export function updaterOf(
  contract: Contract,
  resource: string,
  field: string,
): Binding | undefined {
  return contract.bindings.find(
    (binding) =>
      binding.verb === 'update' &&
      binding.resource.name === resource &&
      fieldNames(binding.body).includes(field),
  );
}
