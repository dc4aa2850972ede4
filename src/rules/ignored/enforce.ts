import type { Contract, Rule } from '../../contract/contract.ts';
import { compileExpression } from '../../contract/expression.ts';
import { valuesAt } from '../../model/json.ts';
import type { Hooks, Sabotage } from '../kind.ts';
import type { Options } from './options.ts';

/** Nothing to do: only declared fields are taken, and no rule looks at one that does not count. */
export function enforce(): Hooks {
  return {};
}

/** A server that refuses what it should overlook, and one that lets the caller choose the id. */
export function sabotage({ options }: Rule<Options>, contract: Contract): Sabotage[] {
  const { at, fields, unless } = options;
  const resource = contract.binding(at)?.resource;
  if (resource === undefined) return [];
  const counts = unless === undefined ? undefined : compileExpression(unless);
  const refuses: Sabotage = {
    name: 'refuses',
    hooks: {
      resources: [resource.name],
      check: ({ binding, input }, { after }) => {
        const sent = fields.some((field) => valuesAt(input, field).some((value) => value !== null));
        const here = binding.operation.id === at && after !== undefined;
        return here && sent && counts?.holds({ self: after.data }) !== true ? [{ field: '' }] : [];
      },
    },
  };
  const takesId: Sabotage = {
    name: 'takes-the-id',
    hooks: {
      resources: [resource.name],
      show: ({ input, binding }, _, __, answer) => {
        const sent = input[resource.key];
        if (binding.operation.id === at && sent !== undefined) answer[resource.key] = sent;
      },
    },
  };
  return fields.includes(resource.key) ? [takesId, refuses] : [refuses];
}
