// Fields filled with whole records: the one that a field names, or all those that name this one.

import { type Binding, type Contract, splitPath } from '../../contract/contract.ts';
import type { Probe } from '../../model/steps.ts';
import { referredBy } from '../relations.ts';
import { make, readOf } from '../steps.ts';
import { type Options, shownRecordOf, sourcesOf } from './options.ts';

/** The records that name this one are shown whole, and no others. */
export function wholeRecords(options: Options, contract: Contract, read: Binding): Probe[] {
  const [owner, at] = splitPath(options.at);
  const [from, by] = splitPath(sourcesOf(options) ?? '');
  const { key } = contract.resource(owner);
  const source = contract.resource(from).key;
  const naming = (name: string, as: string) =>
    make(from, as, { with: { [by]: `=${name}.${key}` } });
  return [
    {
      id: 'records-shown',
      operation: read.operation.id,
      steps: [
        make(owner, 'mine'),
        make(owner, 'other'),
        naming('mine', 'one'),
        naming('mine', 'two'),
        naming('other', 'three'),
        ...readOf(contract, owner, 'mine', {
          that: `answer.${at}.map(x, x.${source}) == [one.${source}, two.${source}]`,
          because: `each ${from} of this ${owner} is shown, and no other`,
        }),
      ],
    },
  ];
}

/** The record that a field names is shown in its place, and nothing when it names none. */
export function wholeRecord(options: Options, contract: Contract, read: Binding): Probe[] {
  const [owner, at] = splitPath(options.at);
  const field = shownRecordOf(options) ?? '';
  const to = referredBy(contract, `${owner}.${field}`);
  if (to === undefined) return [];
  const target = contract.resource(to);
  const shown = Object.keys(target.sample).filter((name) => target.fields.includes(name));
  const operation = read.operation.id;
  const made = { with: { [field]: `=target.${target.key}` } };
  return [
    {
      id: 'shown',
      operation,
      steps: [
        make(target.name, 'target'),
        make(owner, 'mine', made),
        ...readOf(contract, owner, 'mine', {
          that: [target.key, ...shown]
            .map((name) => `same(answer.${at}.${name}, target.${name})`)
            .join(' && '),
          because: `the whole ${target.name} is shown`,
        }),
      ],
    },
    {
      id: 'none',
      operation,
      steps: [
        make(owner, 'mine'),
        ...readOf(contract, owner, 'mine', {
          that: `same(answer.${at}, null)`,
          because: `there is no ${target.name} to show`,
        }),
      ],
    },
  ];
}
