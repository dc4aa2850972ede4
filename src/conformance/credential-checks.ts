// Who shows no credentials, or a stranger's, is turned away.

import type { Binding, Contract } from '../contract/contract.ts';
import type { Step } from '../model/steps.ts';
import { every } from '../rules/claims.ts';
import { callOn, make, readOf, shared } from '../rules/steps.ts';
import { bodyFor, TEXTS } from './check-setup.ts';
import { check } from './spec-check.ts';
import type { PlannedCheck } from './verdict.ts';

/** Without credentials nothing is answered and nothing done; with a stranger's nothing of ours is shown. */
export function credentials(contract: Contract, binding: Binding): PlannedCheck[] {
  const { operation, resource, verb, idParameter, owners } = binding;
  if (operation.credentials.length === 0) return [];
  const target: Step[] =
    idParameter === undefined && (owners.length === 0 || verb === 'create')
      ? []
      : [verb === 'delete' ? make(resource.name, 'made') : shared(resource.name)];
  const steps = [...target, ...withoutAny(contract, binding)];
  const missing = check(contract, 'credentials', binding, 'no-credentials', steps);
  if (verb !== 'read') return [missing];
  const stranger = callOn(binding, 'made', {
    by: 'stranger',
    expect: 'missing',
    because: 'credentials that nobody was given',
  });
  return [
    missing,
    check(contract, 'credentials', binding, 'wrong-credentials', [...target, stranger], 2),
  ];
}

/** The call without credentials; a record that it may change or delete is read before and after. */
function withoutAny(contract: Contract, binding: Binding): Step[] {
  const { resource, verb } = binding;
  const judge = { expect: 'missing', because: 'no credentials are sent' } as const;
  const call: Step =
    verb === 'create'
      ? { ...make(resource.name, 'stolen'), by: 'nobody', ...judge }
      : callOn(binding, 'made', { ...bodyFor(binding), by: 'nobody', ...judge });
  if (verb !== 'delete' && verb !== 'update') return [call];
  const fields = ['status', ...TEXTS].filter((field) => resource.fields.includes(field));
  return [
    ...readOf(contract, resource.name, 'made', { as: 'before' }),
    call,
    ...readOf(contract, resource.name, 'made', {
      that: every(fields.map((field) => `same(answer.${field}, before.${field})`)),
      because: 'a call without credentials changes nothing',
    }),
  ];
}
