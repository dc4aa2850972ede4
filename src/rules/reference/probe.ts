import {
  type Binding,
  type Contract,
  fieldNames,
  type Rule,
  splitPath,
} from '../../contract/contract.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import type { Probe, Step } from '../../model/steps.ts';
import { nestedIn } from '../nested.ts';
import {
  bodyWith,
  callOn,
  deleteOf,
  environmentsApart,
  inCel,
  listCall,
  make,
  namedIn,
  OTHER,
  readOf,
  referredBy,
  shared,
  shownPath,
  updaterOf,
} from '../steps.ts';
import { agreement, type Options } from './options.ts';

/** What a reference may not name, and how such a thing comes about. */
interface Bad {
  readonly id: string;
  readonly because: string;
  readonly before: readonly Step[];
  readonly value: Json;
}

export function probe(rule: Rule<Options>, contract: Contract): Probe[] {
  const [from, field] = splitPath(rule.options.from);
  if (!contract.resources.has(from)) return ofPath(rule, contract, from, field);
  const operation = contract.bindingFor('create', from)?.operation.id;
  if (operation === undefined) return [];
  return [
    accepted(rule, contract, operation, from, field),
    ...bad(rule, contract).flatMap((item) => [
      onCreate(rule, contract, operation, from, field, item),
      ...inOwner(rule, contract, from, field, item),
      ...onUpdate(rule, contract, from, field, item),
    ]),
  ];
}

/** A path that names a record which nobody has, or which is another tenant's. */
function ofPath(
  rule: Rule<Options>,
  contract: Contract,
  operation: string,
  parameter: string,
): Probe[] {
  const { to } = rule.options;
  const { key } = contract.resource(to);
  const judge = { expect: 'refused', status: rule.error.status } as const;
  const binding = contract.binding(operation);
  const call = (id: string): Step => ({
    call: operation,
    path: { [parameter]: id, ...others(binding, parameter) },
    ...(binding?.body === undefined ? {} : { with: bodyFor(contract, binding) }),
    ...judge,
  });
  return [
    {
      id: 'unknown-in-path',
      operation,
      steps: [{ ...call('=fresh()'), because: `no ${to} has this id` }],
    },
    {
      id: 'foreign-in-path',
      operation,
      steps: [
        make(to, 'target', OTHER),
        { ...call(`=target.${key}`), because: `the ${to} is another tenant's` },
      ],
    },
  ];
}

/** Ids for what else the path names: unknown too, for nothing is a part of what is not there. */
function others(binding: Binding | undefined, parameter: string): JsonObject {
  const names = binding?.operation.parameters.filter(({ in: at }) => at === 'path') ?? [];
  return Object.fromEntries(
    names.filter(({ name }) => name !== parameter).map(({ name }) => [name, '=fresh()']),
  );
}

/** A body that would do: the sample of a create that names nothing, and an empty one of an update. */
function bodyFor(contract: Contract, { verb, resource, each: list }: Binding): JsonObject {
  if (verb !== 'create') return {};
  const sample = namedIn(contract, resource.sample).length === 0 ? resource.sample : {};
  return list === undefined ? sample : { [list]: [sample] };
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
  const isShown = contract.resource(from).fields.includes(field.split(/[.[]/)[0] ?? '');
  const sent = bodyWith(contract.resource(from), rule.examples.beside, field, `=target.${key}`);
  const that = `answer.${inCel(shownPath(contract, from, field))} == target.${key}`;
  const because = `an existing ${to} is taken, and read back`;
  return {
    id: 'existing',
    operation,
    steps: [
      make(to, 'target'),
      { ...make(from, 'made', { with: sent }), expect: 'ok', because },
      ...(isShown ? readOf(contract, from, 'made', { that, because }) : []),
    ],
  };
}

function bad({ options }: Rule<Options>, contract: Contract): Bad[] {
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
  return [{ id: 'wrong-type', because, before: [shared(name, 'other')], value: `=other.${key}` }];
}

/** A record that belongs to something else than the one that refers to it. */
function unfit(options: Options, contract: Contract, value: string): Bad[] {
  const field = agreement(options);
  const owner = field === undefined ? undefined : referredBy(contract, `${options.to}.${field}`);
  if (field === undefined || owner === undefined) return [];
  const before = [make(options.to, 'target', { fresh: [owner] })];
  return [{ id: 'unfit', because: `the ${options.to} has another ${field}`, before, value }];
}

function onCreate(
  rule: Rule<Options>,
  contract: Contract,
  operation: string,
  from: string,
  field: string,
  item: Bad,
): Probe {
  const list = contract.bindings.find(
    ({ verb, resource }) => verb === 'list' && resource.name === from,
  );
  const text = freeText(contract.binding(operation), field);
  const marked = list !== undefined && text !== undefined;
  const sent = {
    ...(text === undefined ? {} : { [text]: '=fresh()' }),
    ...bodyWith(contract.resource(from), rule.examples.beside, field, item.value),
  };
  return {
    id: `${item.id}-on-create`,
    operation,
    steps: [
      ...item.before,
      {
        ...make(from, 'made', { with: sent }),
        expect: 'refused',
        status: rule.error.status,
        because: item.because,
      },
      ...(marked
        ? [
            {
              ...listCall(
                list,
                {},
                {
                  that: `!answer.items.exists(i, i.${text} == sent.made.${text})`,
                  because: `a refused ${from} must not be found`,
                },
              ),
              pages: false,
            },
          ]
        : []),
    ],
  };
}

/** The same in the body of what the record is made a part of. */
function inOwner(
  { error }: Rule<Options>,
  contract: Contract,
  from: string,
  field: string,
  { id, before, value, because }: Bad,
): Probe[] {
  const record = { ...contract.resource(from).sample, [field]: value };
  return nestedIn(contract, from, record).map(({ owner, with: body }) => ({
    id: `${id}-in-${owner}`,
    operation: contract.bindingFor('create', owner)?.operation.id ?? '',
    steps: [
      ...before,
      {
        ...make(owner, 'whole', { with: body }),
        expect: 'refused',
        status: error.status,
        because,
      },
    ],
  }));
}

/** The update is refused, and nothing of it is done: neither the reference nor what was sent beside it. */
function onUpdate(
  rule: Rule<Options>,
  contract: Contract,
  from: string,
  field: string,
  item: Bad,
): Probe[] {
  const { error } = rule;
  const update = updaterOf(contract, from, field);
  if (update === undefined) return [];
  const text = freeText(update, field);
  const beside = text === undefined ? {} : { [text]: '=fresh()' };
  const fields = [field, ...Object.keys(beside)];
  return [
    {
      id: `${item.id}-on-update`,
      operation: update.operation.id,
      steps: [
        ...item.before,
        make(rule.options.to, 'home'),
        make(from, 'made', {
          with: { [field]: `=home.${contract.resource(rule.options.to).key}` },
        }),
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

/** A text of the body that anything may be written into, and that answers show. */
function freeText(binding: Binding | undefined, except: string): string | undefined {
  return fieldNames(binding?.body).find(
    (name) =>
      name !== except &&
      (name === 'description' || name === 'name') &&
      binding?.resource.fields.includes(name),
  );
}
