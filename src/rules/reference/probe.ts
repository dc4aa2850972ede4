import { type Contract, type Rule, splitPath } from '../../contract/contract.ts';
import type { Json } from '../../model/json.ts';
import type { Probe, Step } from '../../model/steps.ts';
import { callOn, deleteOf, make, OTHER, readOf, updaterOf } from '../steps.ts';
import type { Options } from './options.ts';

/** What a reference may not name, and how such a thing comes about. */
interface Bad {
  readonly id: string;
  readonly because: string;
  readonly before: readonly Step[];
  readonly value: Json;
}

export function probe(rule: Rule<Options>, contract: Contract): Probe[] {
  const [from, field] = splitPath(rule.options.from);
  const operation = contract.bindingFor('create', from)?.operation.id;
  if (operation === undefined) return [];
  return [
    accepted(rule, contract, operation, from, field),
    ...bad(rule, contract).flatMap((item) => [
      onCreate(rule, operation, from, field, item),
      ...onUpdate(rule, contract, from, field, item),
    ]),
  ];
}

function accepted(
  rule: Rule<Options>,
  contract: Contract,
  operation: string,
  from: string,
  field: string,
): Probe {
  const { to } = rule.options;
  const { key } = contract.resource(to);
  const that = `answer.${field} == target.${key}`;
  const because = `an existing ${to} is taken, and read back`;
  return {
    id: 'existing',
    operation,
    steps: [
      make(to, 'target'),
      { ...make(from, 'made', { with: { [field]: `=target.${key}` } }), expect: 'ok', because },
      ...readOf(contract, from, 'made', { that, because }),
    ],
  };
}

function bad({ options }: Rule<Options>, contract: Contract): Bad[] {
  const { to, must = [] } = options;
  const value = `=target.${contract.resource(to).key}`;
  const gone = deleteOf(contract, to, 'target');
  return [
    { id: 'unknown', because: `no ${to} has this id`, before: [], value: '=fresh()' },
    {
      id: 'foreign',
      because: `the ${to} is another tenant's`,
      before: [make(to, 'target', OTHER)],
      value,
    },
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

function onCreate(
  { error }: Rule<Options>,
  operation: string,
  from: string,
  field: string,
  item: Bad,
): Probe {
  return {
    id: `${item.id}-on-create`,
    operation,
    steps: [
      ...item.before,
      {
        ...make(from, 'made', { with: { [field]: item.value } }),
        expect: 'refused',
        status: error.status,
        because: item.because,
      },
    ],
  };
}

/** The update is refused, and nothing of it is done: neither the reference nor what was sent beside it. */
function onUpdate(
  { error }: Rule<Options>,
  contract: Contract,
  from: string,
  field: string,
  item: Bad,
): Probe[] {
  const update = updaterOf(contract, from, field);
  if (update === undefined) return [];
  const beside =
    updaterOf(contract, from, 'description') === update ? { description: '=fresh()' } : {};
  const fields = [field, ...Object.keys(beside)];
  return [
    {
      id: `${item.id}-on-update`,
      operation: update.operation.id,
      steps: [
        ...item.before,
        make(from, 'made'),
        ...readOf(contract, from, 'made', { as: 'before' }),
        callOn(update, 'made', {
          with: { ...beside, [field]: item.value },
          expect: 'refused',
          status: error.status,
          because: item.because,
        }),
        ...readOf(contract, from, 'made', {
          that: fields.map((name) => `same(answer.${name}, before.${name})`).join(' && '),
          because: 'a refused update leaves nothing behind',
        }),
      ],
    },
  ];
}
