import type { Contract, Rule } from '../../contract/contract.ts';
import type { Hooks, Sabotage } from '../kind.ts';
import { comparable, extras } from './fields.ts';
import type { Options } from './options.ts';

/** Nothing to do: what a request says is what is stored. */
export function enforce(): Hooks {
  return {};
}

/** A documented field that is lost on create, and an update that resets what it was not sent. */
export function sabotage(rule: Rule<Options>, contract: Contract): Sabotage[] {
  return rule.options.of.flatMap((resource) => {
    const binding = contract.bindingFor('create', resource);
    if (binding === undefined) return [];
    const sent = [
      ...Object.keys(binding.resource.sample),
      ...Object.keys(extras(binding, contract)),
    ];
    const shown = comparable(rule, binding, sent);
    const reset = shown.at(-1)?.name;
    return [
      ...shown
        .filter(({ sure }) => sure)
        .map(({ name }) => losing(`${resource}-loses-${name}`, resource, name, 'create')),
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
