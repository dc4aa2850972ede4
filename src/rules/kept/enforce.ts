import type { Contract, Rule } from '../../contract/contract.ts';
import type { Hooks, Sabotage } from '../kind.ts';
import { extras } from './fields.ts';
import type { Options } from './options.ts';

/** Nothing to do: what a request says is what is stored. */
export function enforce(): Hooks {
  return {};
}

/** A field that is lost on create, and an update that resets what it was not sent. */
export function sabotage({ options }: Rule<Options>, contract: Contract): Sabotage[] {
  return options.of.flatMap((resource) => {
    const binding = contract.bindingFor('create', resource);
    if (binding === undefined) return [];
    const lost = [
      ...Object.keys(binding.resource.sample),
      ...Object.keys(extras(binding, contract)),
    ].filter(
      (field) =>
        binding.resource.fields.includes(field) &&
        !options.except?.includes(`${resource}.${field}`),
    );
    const reset = lost.at(-1);
    return [
      ...lost.map((field) => losing(`${resource}-loses-${field}`, resource, field, 'create')),
      ...(contract.bindingFor('update', resource) === undefined || reset === undefined
        ? []
        : [losing(`${resource}-update-resets-${reset}`, resource, reset, 'update')]),
    ];
  });
}

function losing(name: string, of: string, field: string, verb: 'create' | 'update'): Sabotage {
  return {
    name,
    hooks: {
      resources: [of],
      take(_, { resource, verb: doing, input, draft }) {
        if (resource.name === of && doing === verb && input !== undefined) draft[field] = null;
      },
    },
  };
}
