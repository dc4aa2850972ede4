import { type Contract, fieldNames, fieldSchema, type Rule } from '../../contract/contract.ts';
import type { Probe, Step } from '../../model/steps.ts';
import { basisOf } from '../../spec/spec.ts';
import { callOn, changing, deleteOf, make, readOf, shared } from '../steps.ts';
import type { Options } from './options.ts';

/** Long enough for a clock of whole seconds to move. */
const TICK = 1100;

/** A change, by an update or by a delete that leaves the record readable, moves one stamp and not the other. */
export function probe({ options }: Rule<Options>, contract: Contract): Probe[] {
  return options.of.flatMap((name) => {
    if (contract.bindingFor('read', name) === undefined) return [];
    return [unchanged(options, contract, name), ...changed(options, contract, name)];
  });
}

function unchanged(options: Options, contract: Contract, name: string): Probe {
  const fields = [options.created, options.updated].filter((field) =>
    isSure(contract, name, field),
  );
  const present = fields.map((field) => `instant(answer.${field}) > 0.0`).join(' && ');
  return {
    id: `${name}-unchanged`,
    fine: 2,
    operation: contract.bindingFor('read', name)?.operation.id ?? '',
    steps: [
      shared(name),
      ...readOf(contract, name, 'made', {
        as: 'before',
        ...(present === '' ? {} : { that: present, because: 'both times are given' }),
      }),
      { wait: TICK },
      ...readOf(contract, name, 'made', {
        that: still(options.created),
        because: `reading a ${name} does not move ${options.created}`,
      }),
    ],
  };
}

function changed(options: Options, contract: Contract, name: string): Probe[] {
  return changes(contract, name).map(({ id, operation, steps, on }) => ({
    id: `${name}-${id}`,
    operation,
    steps: [
      on,
      ...readOf(contract, name, 'made', { as: 'before' }),
      { wait: TICK },
      ...steps,
      ...readOf(contract, name, 'made', {
        that: `(${still(options.created)}) && (${moved(options.updated)})`,
        because: `${options.updated} moves with a change, and ${options.created} never`,
      }),
    ],
  }));
}

function changes(
  contract: Contract,
  name: string,
): { id: string; operation: string; on: Step; steps: Step[] }[] {
  const update = contract.bindingFor('update', name);
  const field = fieldNames(update?.body).find(
    (candidate) => candidate === 'description' || candidate === 'name',
  );
  const remove = contract.bindingFor('delete', name);
  const stays = contract.rules.some(
    ({ kind, options }) =>
      kind === 'on-delete' && options['of'] === name && options['read'] === 'kept',
  );
  return [
    ...(update === undefined || field === undefined
      ? []
      : [
          {
            id: 'updated',
            operation: update.operation.id,
            on: changing(name),
            steps: [callOn(update, 'made', { with: { [field]: '=fresh()' } })],
          },
        ]),
    ...(remove === undefined || !stays
      ? []
      : [
          {
            id: 'deleted',
            operation: remove.operation.id,
            on: make(name, 'made'),
            steps: deleteOf(contract, name, 'made'),
          },
        ]),
  ];
}

function still(field: string): string {
  return absentOr(field, `instant(answer.${field}) == instant(before.${field})`);
}

function moved(field: string): string {
  return absentOr(field, `instant(answer.${field}) > instant(before.${field})`);
}

function absentOr(field: string, claim: string): string {
  return `same(before.${field}, null) || ${claim}`;
}

function isSure(contract: Contract, resource: string, field: string): boolean {
  const schema = fieldSchema(contract.resource(resource).schema, field);
  return schema !== undefined && basisOf(schema) === 'documented';
}
