import {
  type Binding,
  type Contract,
  fieldNames,
  fieldSchema,
  ownersOf,
  type Rule,
} from '../../contract/contract.ts';
import type { JsonObject } from '../../model/json.ts';
import type { Probe, Step } from '../../model/steps.ts';
import {
  callOn,
  deleteOf,
  each,
  fittingValue,
  listCall,
  make,
  narrowing,
  readOf,
  seenIn,
  uniqueFields,
} from '../steps.ts';
import type { Options } from './options.ts';
import { Clears } from './probe-clears.ts';

export function probe(rule: Rule<Options>, contract: Contract): Probe[] {
  const { of, read, list, shows, write, again } = rule.options;
  const gone = deleteOf(contract, of, 'gone');
  const operation = contract.bindingFor('delete', of)?.operation.id;
  if (operation === undefined) return [];
  const start = [make(of, 'gone'), make(of, 'sibling')];
  const isKept = (because: string) =>
    readOf(contract, of, 'sibling', { as: 'kept', expect: 'ok', because });
  return [
    ...(read === undefined && shows === undefined
      ? []
      : [
          reads(rule, contract, operation, [...start, ...gone]),
          ...namesake(rule, contract, operation, gone),
        ]),
    ...(list === undefined ? [] : lists(rule, contract, operation, start, gone)),
    ...(again === undefined
      ? []
      : [
          {
            id: 'again',
            operation,
            steps: [
              ...start,
              ...gone,
              ...deleteOf(contract, of, 'gone', {
                expect: 'refused',
                status: rule.error.status,
                because: 'it is deleted already',
              }),
              ...isKept('the sibling is untouched'),
            ],
          },
        ]),
    ...(write === undefined ? [] : writes(rule, contract, [...start, ...gone])),
    ...each<string>(rule.options.clear as string | string[] | undefined).flatMap((path) =>
      new Clears(contract, of, path).probes(),
    ),
  ];
}

/** A record that shares all that may be shared with the deleted one. */
function namesake(
  rule: Rule<Options>,
  contract: Contract,
  operation: string,
  gone: Step[],
): Probe[] {
  const { of, shows = {} } = rule.options;
  const { sample } = contract.resource(of);
  const unique = uniqueFields(contract, of);
  const shared = Object.keys(sample).filter((name) => !unique.includes(name));
  const fields = Object.entries(shows as JsonObject);
  if (fields.length === 0) return [];
  return [
    {
      id: 'spares-namesake',
      operation,
      steps: [
        make(of, 'gone'),
        make(of, 'namesake', {
          with: Object.fromEntries(shared.map((name) => [name, `=gone.${name}`])),
        }),
        ...gone,
        ...readOf(contract, of, 'namesake', {
          expect: 'ok',
          that: fields
            .map(([name, value]) => `answer.${name} != ${JSON.stringify(value)}`)
            .join(' && '),
          because: `a ${of} with the same ${shared.join(' and ')} is untouched`,
        }),
      ],
    },
  ];
}

function reads(rule: Rule<Options>, contract: Contract, operation: string, steps: Step[]): Probe {
  const { of, read, shows = {} } = rule.options;
  const fields = Object.entries(shows as JsonObject);
  const dead = fields
    .map(([field, value]) => `answer.${field} == ${JSON.stringify(value)}`)
    .join(' && ');
  const alive = fields
    .map(([field, value]) => `answer.${field} != ${JSON.stringify(value)}`)
    .join(' && ');
  return {
    id: read === 'gone' ? 'gone-from-read' : 'still-readable',
    operation,
    steps: [
      ...steps,
      ...readOf(contract, of, 'gone', {
        expect: read === 'gone' ? 'missing' : 'ok',
        ...(read !== 'gone' && dead !== '' ? { that: dead } : {}),
        because: `a deleted ${of} ${read === 'gone' ? 'can not be read' : 'stays readable'}`,
      }),
      ...readOf(contract, of, 'sibling', {
        expect: 'ok',
        ...(alive === '' ? {} : { that: alive }),
        because: `another ${of} is untouched`,
      }),
    ],
  };
}

function lists(
  { options }: Rule<Options>,
  contract: Contract,
  operation: string,
  start: Step[],
  gone: Step[],
): Probe[] {
  const { of } = options;
  const { key } = contract.resource(of);
  return contract.bindings
    .filter((binding) => binding.verb === 'list' && binding.resource.name === of)
    .map((binding) => ({
      id: `gone-from-${binding.operation.id}`,
      operation,
      steps: [
        ...start,
        seenIn(contract, binding, 'gone'),
        ...gone,
        listCall(binding, narrowing(contract, binding, 'gone'), {
          until: `!answer.items.exists(i, i.${key} == gone.${key})`,
          that: `!answer.items.exists(i, i.${key} == gone.${key})`,
          because: `a deleted ${of} is in no list`,
        }),
        seenIn(contract, binding, 'sibling', {
          that: `answer.items.exists(i, i.${key} == sibling.${key})`,
          because: `another ${of} is still listed`,
        }),
        ...readOf(contract, of, 'gone'),
      ],
    }));
}

/** No update of a deleted record, and no part added to it. */
function writes({ options, error }: Rule<Options>, contract: Contract, steps: Step[]): Probe[] {
  const { of } = options;
  const update = contract.bindingFor('update', of);
  const judge = { expect: 'refused', status: error.status } as const;
  const because = `a deleted ${of} takes no change`;
  const parts = [...contract.resource(of).parts.values()].flatMap((part): Probe[] => {
    const create = contract.bindingFor('create', part);
    if (create === undefined) return [];
    const step = { ...make(part, 'part', { in: 'gone' }), ...judge, because };
    return [{ id: `write-${part}`, operation: create.operation.id, steps: [...steps, step] }];
  });
  const inside = writesInside({ options, error } as Rule<Options>, contract);
  if (update === undefined) return [...parts, ...inside];
  const call = callOn(update, 'gone', { with: {}, ...judge, because });
  const own = { id: 'write', operation: update.operation.id, steps: [...steps, call] };
  return [own, ...parts, ...inside];
}

/** The number of the record that is deleted with parts in it: no other check has it. */
const WITH_PARTS = 2000;

/** What is in a deleted record is not changed, taken out or added to either. */
function writesInside({ options: { of }, error }: Rule<Options>, contract: Contract): Probe[] {
  const inside = [...contract.resources.values()].filter((resource) =>
    ownersOf(contract, resource).some(({ name }) => name === of),
  );
  if (inside.some(({ name }) => contract.bindingFor('create', name) === undefined)) return [];
  const names = new Map(inside.map(({ name }) => [name, `${name}Inside`]));
  const once = WITH_PARTS;
  const steps: Step[] = [
    make(of, 'whole', { once }),
    ...inside.map(({ name, owner }) =>
      make(name, names.get(name) ?? '', { in: names.get(owner ?? '') ?? 'whole', once }),
    ),
    ...deleteOf(contract, of, 'whole', { once }),
  ];
  const judge = {
    expect: 'refused',
    status: error.status,
    because: `what is in a deleted ${of} takes no change`,
  } as const;
  return contract.bindings.flatMap((binding): Probe[] => {
    const { verb, resource, operation } = binding;
    const name = names.get(resource.name);
    const isOwn = verb === 'create' && resource.owner === of;
    if (name === undefined || isOwn || !['create', 'update', 'delete'].includes(verb)) return [];
    const holder = names.get(resource.owner ?? '') ?? 'whole';
    const last: Step =
      verb === 'create'
        ? { ...make(resource.name, 'more', { in: holder }), ...judge }
        : callOn(binding, name, verb === 'update' ? { with: changeOf(binding), ...judge } : judge);
    return [{ id: `write-${operation.id}`, operation: operation.id, steps: [...steps, last] }];
  });
}

/** A body that the update takes of any record. */
function changeOf(binding: Binding): JsonObject {
  const fields = fieldNames(binding.body).flatMap((field) => {
    const value = fittingValue(field, fieldSchema(binding.body ?? true, field));
    return value === undefined ? [] : [[field, value] as const];
  });
  return Object.fromEntries(fields.slice(0, 1));
}
