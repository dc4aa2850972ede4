// What a reference may not name, and how such a thing comes about.

import { type Contract, type Rule, splitPath } from '../../contract/contract.ts';
import type { Json } from '../../model/json.ts';
import type { Step } from '../../model/steps.ts';
import { referredBy } from '../relations.ts';
import { deleteOf, environmentsApart, make, OTHER, shared } from '../steps.ts';
import { agreement, type Options } from './options.ts';

/** What a reference may not name, and how such a thing comes about. */
export interface Bad {
  readonly id: string;
  readonly because: string;
  readonly before: readonly Step[];
  readonly value: Json;
  /** As a probe's. */
  readonly fine?: number;
}

export function bad({ options }: Rule<Options>, contract: Contract): Bad[] {
  const { to, must = [] } = options;
  const value = `=target.${contract.resource(to).key}`;
  const gone = deleteOf(contract, to, 'target');
  const apart = environmentsApart(contract, to);
  return [
    ...(apart.length === 0
      ? []
      : [
          {
            id: 'elsewhere',
            because: `the ${to} is in another environment`,
            before: [...apart, make(to, 'target', { by: 'elsewhere' })],
            value,
          },
        ]),
    { id: 'unknown', because: `no ${to} has this id`, before: [], value: '=fresh()' },
    {
      id: 'foreign',
      because: `the ${to} is another tenant's`,
      before: [make(to, 'target', OTHER)],
      value,
    },
    ...wrongType(options, contract),
    ...unfit(options, contract, value),
    ...(gone.length > 0 && must.includes('live')
      ? [
          {
            id: 'deleted',
            because: `the ${to} is deleted`,
            before: [make(to, 'target'), ...gone],
            value,
          },
        ]
      : []),
  ];
}

/** The id of a record of another resource: it exists, but not as what the reference names. */
function wrongType({ from, to }: Options, contract: Contract): Bad[] {
  const [owner] = splitPath(from);
  const other = [...contract.resources.values()].find(
    ({ name, owner: whole }) =>
      name !== to &&
      name !== owner &&
      whole === undefined &&
      contract.bindingFor('create', name) !== undefined,
  );
  if (other === undefined) return [];
  const { name, key } = other;
  const because = `the id is that of a ${name}`;
  const before = [shared(name, 'other')];
  return [{ id: 'wrong-type', because, before, value: `=other.${key}`, fine: 2 }];
}

/** A record that belongs to something else than the one that refers to it. */
function unfit(options: Options, contract: Contract, value: string): Bad[] {
  const field = agreement(options);
  const owner = field === undefined ? undefined : referredBy(contract, `${options.to}.${field}`);
  if (field === undefined || owner === undefined) return [];
  const before = [make(options.to, 'target', { fresh: [owner] })];
  return [{ id: 'unfit', because: `the ${options.to} has another ${field}`, before, value }];
}
