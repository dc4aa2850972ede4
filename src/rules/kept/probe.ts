import type { Binding, Contract, Rule } from '../../contract/contract.ts';
import type { Probe } from '../../model/steps.ts';
import { rich } from '../bodies.ts';
import { every } from '../claims.ts';
import { make, readOf } from '../steps.ts';
import { comparable, extras, pathsOf } from './fields.ts';
import type { Options } from './options.ts';
import { several, withParts } from './probe-parts.ts';
import { together, updated } from './probe-updates.ts';

export function probe(rule: Rule<Options>, contract: Contract): Probe[] {
  return rule.options.of.flatMap((resource) => {
    const create = contract.bindingFor('create', resource);
    if (create === undefined || readOf(contract, resource, 'made').length === 0) return [];
    return [
      created(rule, contract, create),
      ...withParts(contract, create),
      ...several(contract, create),
      ...updated(rule, contract, create),
      ...together(rule, contract, create),
    ];
  });
}

/** Everything that was sent is read back. */
function created(rule: Rule<Options>, contract: Contract, binding: Binding): Probe {
  const { resource, operation } = binding;
  const more = extras(binding, contract);
  const texts = rich(contract, resource.name, { ...resource.sample, ...more });
  const fields = comparable(rule, binding, [...Object.keys(resource.sample), ...Object.keys(more)]);
  const claims = fields.flatMap(({ name, sure }) =>
    pathsOf(binding, name).map((path) => {
      const same = `same(answer.${path}, sent.made.${path})`;
      return sure ? same : `(same(answer.${name}, null) || ${same})`;
    }),
  );
  const because = `what was sent is read back (${fields.map(({ name }) => name).join(', ')})`;
  return {
    id: `${resource.name}-created`,
    operation: operation.id,
    steps: [
      // One of its own, made when there are others that it could be mixed up with.
      make(resource.name, 'made', { with: { ...more, ...texts }, fresh: [] }),
      ...readOf(contract, resource.name, 'made', {
        expect: 'ok',
        that: every(claims),
        because,
      }),
    ],
  };
}
