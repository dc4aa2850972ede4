// Probes of a condition that hides entries of a list, and of the parameter that switches it.

import { type Binding, type Contract, fieldNames, type Rule } from '../../contract/contract.ts';
import { compileExpression } from '../../contract/expression.ts';
import { isObject, type Json, type JsonObject } from '../../model/json.ts';
import type { Call, Probe, Step } from '../../model/steps.ts';
import { has, listCall } from '../list-steps.ts';
import { deleteOf, make } from '../steps.ts';
import type { Filter, Options } from './options.ts';

/** A record that the condition hides, by how it is made or by being deleted; empty where neither does. */
export function conditional(
  { examples }: Rule<Options>,
  binding: Binding,
  param: string,
  by: Filter,
  contract: Contract,
): Probe[] {
  const { resource } = binding;
  const [hidden] = examples.refuse;
  if (isObject(hidden)) {
    return [switched(binding, param, by, [make(resource.name, 'hidden', { with: hidden })])];
  }
  const deleted = [make(resource.name, 'hidden'), ...deleteOf(contract, resource.name, 'hidden')];
  const passes = passing(by, contract.bindingFor('delete', resource.name));
  if (by.unless !== undefined && !passes('deleted')) return [switched(binding, param, by, deleted)];
  if (by.unless === undefined && passes('deleted') && !passes('live')) {
    return [only(binding, param, [make(resource.name, 'live'), ...deleted])];
  }
  return [];
}

/** Whether the condition holds for a record as it is made, and as a delete leaves it. */
function passing(by: Filter, remove: Binding | undefined): (which: 'live' | 'deleted') => boolean {
  const input = Object.fromEntries(fieldNames(remove?.body).map((field) => [field, null]));
  const left = remove?.set?.({ self: {}, input, now: '' }, {});
  const condition = compileExpression(by.that ?? 'true');
  return (which) => {
    const self: JsonObject = which === 'deleted' && isObject(left) ? left : {};
    return condition.holds({ self, value: true, now: '' });
  };
}

/** Hidden unless the parameter says otherwise. */
function switched(binding: Binding, param: string, by: Filter, hidden: readonly Step[]): Probe {
  const { operation } = binding;
  const shown = has(binding, 'hidden');
  return {
    id: `${operation.id}-${param}`,
    operation: operation.id,
    steps: [
      ...hidden,
      list(
        binding,
        { [param]: (by.unless ?? true) as Json },
        shown,
        `${param} shows what is hidden`,
      ),
      list(binding, {}, `!${shown}`, `it is hidden without ${param}`),
    ],
  };
}

/** With the parameter, what was deleted is shown and nothing else. */
function only(binding: Binding, param: string, made: readonly Step[]): Probe {
  const { operation } = binding;
  const claim = `${has(binding, 'hidden')} && !${has(binding, 'live')}`;
  return {
    id: `${operation.id}-${param}`,
    operation: operation.id,
    steps: [...made, list(binding, { [param]: true }, claim, `${param} shows these only`)],
  };
}

function list(binding: Binding, where: JsonObject, that: string, because: string): Call {
  return listCall(binding, where, { until: that, that, because });
}
