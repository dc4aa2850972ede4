import type { Contract, Rule } from '../../contract/contract.ts';
import { asList, type JsonObject } from '../../model/json.ts';
import type { Probe, Step } from '../../model/steps.ts';
import { has, listCall, narrowing, seenIn } from '../list-steps.ts';
import { uniqueFields } from '../relations.ts';
import { deleteOf, make, readOf } from '../steps.ts';
import type { Options } from './options.ts';
import { Clears } from './probe-clears.ts';
import { deleted, writes } from './probe-writes.ts';

export function probe(rule: Rule<Options>, contract: Contract): Probe[] {
  const { of, read, list, shows, write, again } = rule.options;
  const gone = deleteOf(contract, of, 'gone');
  const operation = contract.bindingFor('delete', of)?.operation.id;
  if (operation === undefined) return [];
  const start = [make(of, 'gone'), make(of, 'sibling')];
  const dead = deleted(contract, of);
  return [
    ...(read === undefined && shows === undefined
      ? []
      : [reads(rule, contract, operation, dead), ...namesake(rule, contract, operation, gone)]),
    ...(list === undefined ? [] : lists(rule, contract, operation, start, gone)),
    ...(again === undefined ? [] : [twice(rule, contract, operation, dead)]),
    ...(write === undefined ? [] : writes(rule, contract, dead)),
    ...asList<string>(rule.options.clear as string | string[] | undefined).flatMap((path) =>
      new Clears(contract, of, path, rule.examples.beside).probes(),
    ),
  ];
}

/** A second delete of one record. */
function twice(
  { options: { of }, error }: Rule<Options>,
  contract: Contract,
  operation: string,
  steps: Step[],
): Probe {
  return {
    id: 'again',
    operation,
    steps: [
      ...steps,
      ...deleteOf(contract, of, 'gone', {
        expect: 'refused',
        status: error.status,
        because: 'it is deleted already',
      }),
      ...readOf(contract, of, 'sibling', {
        as: 'kept',
        expect: 'ok',
        because: 'the sibling is untouched',
      }),
    ],
  };
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
          until: `!${has(binding, 'gone')}`,
          that: `!${has(binding, 'gone')}`,
          because: `a deleted ${of} is in no list`,
        }),
        seenIn(contract, binding, 'sibling', {
          that: has(binding, 'sibling'),
          because: `another ${of} is still listed`,
        }),
        ...readOf(contract, of, 'gone'),
      ],
    }));
}
