import { type Contract, type Rule, splitPath } from '../../contract/contract.ts';
import type { Probe, Step } from '../../model/steps.ts';
import { callOn, deleteOf, make, readOf } from '../steps.ts';
import { type Options, referrersOf } from './options.ts';

/** More than a short page. */
const MANY = 22;

/** A deleted record that nothing refers to any more says so, where the documents say that it is cleared. */
function afterDelete(
  options: Options,
  contract: Contract,
  owner: string,
  operation: string,
  start: Step[],
): Probe[] {
  const clears = contract.rules.find(
    (rule) => rule.kind === 'on-delete' && rule.options['clear'] === referrersOf(options),
  );
  const kept = contract.rules.some(
    (rule) =>
      rule.kind === 'on-delete' && rule.options['of'] === owner && rule.options['read'] === 'kept',
  );
  if (clears?.basis !== 'documented' || !kept) return [];
  const [, field] = splitPath(options.at);
  return [
    {
      id: 'deleted',
      operation,
      steps: [
        ...start,
        ...deleteOf(contract, owner, 'mine'),
        ...readOf(contract, owner, 'mine', {
          that: `size(answer.${field}) == 0`,
          because: 'nothing refers to a deleted record',
        }),
      ],
    },
  ];
}

/** Who refers to a record: nobody, two of three, those that came or left by an update, those that ended. */
export function probe({ options }: Rule<Options>, contract: Contract): Probe[] {
  const path = referrersOf(options);
  const [owner, field] = splitPath(options.at);
  const read = contract.bindingFor('read', owner);
  if (path === undefined || read === undefined) return [];
  const operation = read.operation.id;
  const [from, by] = splitPath(path);
  const { key } = contract.resource(owner);
  const into = (name: string) => ({ with: { [by]: `=${name}.${key}` } });
  const shows = (name: string, ids: string[], because: string): Step[] =>
    readOf(contract, owner, name, {
      expect: 'ok',
      that: [
        `size(answer.${field}) == ${ids.length}`,
        ...ids.map((id) => `${id}.${contract.resource(from).key} in answer.${field}`),
      ].join(' && '),
      because,
    });
  const both = [make(owner, 'mine'), make(owner, 'other')];
  const ended = { start_date: '2020-01-01T00:00:00Z', end_date: '2020-02-01T00:00:00Z' };
  const update = contract.bindingFor('update', from);
  return [
    {
      id: 'none',
      operation,
      steps: [make(owner, 'mine'), ...shows('mine', [], 'nothing is in it')],
    },
    {
      id: 'each',
      operation,
      steps: [
        ...both,
        make(from, 'a', into('mine')),
        make(from, 'b', into('mine')),
        make(from, 'c', into('other')),
        make(from, 'd'),
        ...shows('mine', ['a', 'b'], 'two are in it'),
        ...shows('other', ['c'], 'one is in it'),
      ],
    },
    {
      id: 'many',
      operation,
      steps: [
        make(owner, 'mine'),
        make(from, 'first', into('mine')),
        make(from, 'more', { ...into('mine'), times: MANY - 2 }),
        make(from, 'last', into('mine')),
        ...readOf(contract, owner, 'mine', {
          expect: 'ok',
          that: [
            `size(answer.${field}) == ${MANY}`,
            ...['first', 'last'].map(
              (id) => `${id}.${contract.resource(from).key} in answer.${field}`,
            ),
          ].join(' && '),
          because: `${MANY} are in it`,
        }),
      ],
    },
    ...afterDelete(options, contract, owner, operation, [
      make(owner, 'mine'),
      make(from, 'a', into('mine')),
    ]),
    {
      id: 'ended',
      operation,
      steps: [
        ...both,
        make(from, 'a', { with: { ...into('mine').with, ...ended } }),
        ...shows('mine', ['a'], 'an ended one is in it'),
      ],
    },
    ...(update === undefined
      ? []
      : [
          {
            id: 'moved',
            operation,
            steps: [
              ...both,
              make(from, 'a', into('mine')),
              make(from, 'b', into('mine')),
              callOn(update, 'a', into('other')),
              ...shows('mine', ['b'], 'one has left it'),
              ...shows('other', ['a'], 'one has come into it'),
            ],
          },
        ]),
  ];
}
