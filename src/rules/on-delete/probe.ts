import {
  type Contract,
  fieldNames,
  fieldSchema,
  type Rule,
  splitPath,
} from '../../contract/contract.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import type { Probe, Step } from '../../model/steps.ts';
import {
  callOn,
  deleteOf,
  each,
  environmentsApart,
  listCall,
  make,
  narrowing,
  neededBy,
  otherValue,
  readOf,
  seenIn,
  uniqueFields,
} from '../steps.ts';
import type { Options } from './options.ts';

/** More than any page that a careless cascade would stop at. */
const MANY = 100;
/** Long over, and long enough after its start for any server. */
const ENDED = { start_date: '2020-01-01T00:00:00Z', end_date: '2020-02-01T00:00:00Z' };

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
                because: 'it is deleted already',
              }),
              ...isKept('the sibling is untouched'),
            ],
          },
        ]),
    ...(write === undefined ? [] : writes(rule, contract, [...start, ...gone])),
    ...each<string>(rule.options.clear as string | string[] | undefined).flatMap((path) =>
      clears(rule, contract, operation, path),
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

function writes({ options }: Rule<Options>, contract: Contract, steps: Step[]): Probe[] {
  const update = contract.bindingFor('update', options.of);
  if (update === undefined) return [];
  const because = `a deleted ${options.of} takes no update`;
  return [
    {
      id: 'write',
      operation: update.operation.id,
      steps: [...steps, callOn(update, 'gone', { with: {}, expect: 'refused', because })],
    },
  ];
}

function clears(
  { options }: Rule<Options>,
  contract: Contract,
  operation: string,
  path: string,
): Probe[] {
  const { of } = options;
  const [from, field] = splitPath(path);
  const target = contract.resource(of);
  const inGone = { [field]: `=gone.${target.key}` };
  const start: Step[] = [
    make(of, 'gone'),
    make(of, 'sibling'),
    make(from, 'other', { with: { [field]: `=sibling.${target.key}` } }),
  ];
  const cleared = (name: string, because: string) =>
    readOf(contract, from, name, { that: `same(answer.${field}, null)`, because });
  const untouched = readOf(contract, from, 'other', {
    that: `answer.${field} == sibling.${target.key}`,
    because: `a ${from} of another ${of} keeps its ${field}`,
  });
  const gone = deleteOf(contract, of, 'gone');
  const one = make(from, 'first', { with: inGone });
  const texts = textsOf(contract, from);
  const kept = [...Object.keys(contract.resource(from).sample), ...Object.keys(texts)];
  return [
    {
      id: 'clears-each',
      operation,
      steps: [
        ...start,
        one,
        make(from, 'second', {
          with: { ...inGone, ...texts },
          fresh: neededBy(contract, from, of),
        }),
        ...readOf(contract, from, 'second', { as: 'before' }),
        ...gone,
        ...cleared('first', `the first ${from} of a deleted ${of}`),
        ...cleared('second', `the second ${from} of a deleted ${of}`),
        ...readOf(contract, from, 'second', {
          that: [
            ...kept.map((name) => `same(answer.${name}, before.${name})`),
            ...birth(contract, from),
          ].join(' && '),
          because: `only ${field} of a ${from} is cleared`,
        }),
        ...untouched,
      ],
    },
    {
      id: 'clears-many',
      operation,
      steps: [
        ...start,
        one,
        make(from, 'bulk', { with: inGone, times: MANY }),
        make(from, 'last', { with: inGone }),
        ...gone,
        ...cleared('first', `the oldest of ${MANY + 2}`),
        ...cleared('last', `the newest of ${MANY + 2}`),
        ...untouched,
      ],
    },
    {
      id: 'clears-ended',
      operation,
      steps: [
        ...start,
        make(from, 'ended', { with: { ...inGone, ...ENDED } }),
        ...gone,
        ...cleared('ended', `a ${from} that has ended`),
      ],
    },
    ...(['other', 'elsewhere'] as const).flatMap((by) =>
      namesakes(contract, operation, of, from, field, by, gone),
    ),
    ...movedIn(contract, operation, of, from, field, start, gone, cleared, untouched),
  ];
}

/** A claim that the time of creation is what it was, where a rule says that it never moves. */
function birth(contract: Contract, resource: string): string[] {
  return contract.rules.flatMap(({ kind, options }) => {
    const field = String(options['created']);
    const spoken = kind === 'stamp' && (options['of'] as string[]).includes(resource);
    const same = `instant(answer.${field}) == instant(before.${field})`;
    return spoken ? [`(same(before.${field}, null) || ${same})`] : [];
  });
}

/** Optional texts and maps that a careless cascade would empty. */
function textsOf(contract: Contract, resource: string): Record<string, Json> {
  const body = contract.bindingFor('create', resource)?.body;
  const names = fieldNames(body).filter((name) => name === 'description' || name === 'metadata');
  return Object.fromEntries(
    names.map((name) => [name, otherValue(fieldSchema(body ?? true, name))]),
  );
}

/** A record that is the same in every word, but somebody else's. */
function namesakes(
  contract: Contract,
  operation: string,
  of: string,
  from: string,
  field: string,
  by: 'other' | 'elsewhere',
  gone: Step[],
): Probe[] {
  const apart = by === 'other' ? [] : environmentsApart(contract, of);
  const away = contract.bindingFor('read', from);
  if ((by === 'elsewhere' && apart.length === 0) || away === undefined) return [];
  const { key, sample } = contract.resource(of);
  const same = Object.fromEntries(Object.keys(sample).map((name) => [name, `=gone.${name}`]));
  const because = `a ${from} of a namesake ${by === 'other' ? 'in another tenant' : 'in another environment'} keeps its ${field}`;
  return [
    {
      id: `spares-${by}`,
      operation,
      steps: [
        ...apart,
        make(of, 'gone'),
        make(of, 'namesake', { with: same, by }),
        make(from, 'theirs', { with: { [field]: `=namesake.${key}` }, by }),
        ...gone,
        callOn(away, 'theirs', {
          by,
          expect: 'ok',
          that: `answer.${field} == namesake.${key}`,
          because,
        }),
      ],
    },
  ];
}

/** A record that came by an update, and one that left by an update. */
function movedIn(
  contract: Contract,
  operation: string,
  of: string,
  from: string,
  field: string,
  start: Step[],
  gone: Step[],
  cleared: (name: string, because: string) => Step[],
  untouched: Step[],
): Probe[] {
  const update = contract.bindingFor('update', from);
  if (update === undefined) return [];
  const { key } = contract.resource(of);
  return [
    {
      id: 'clears-moved',
      operation,
      steps: [
        ...start,
        make(from, 'moved', { with: { [field]: `=sibling.${key}` } }),
        callOn(update, 'moved', { with: { [field]: `=gone.${key}` } }),
        make(from, 'left', { with: { [field]: `=gone.${key}` } }),
        callOn(update, 'left', { with: { [field]: `=sibling.${key}` } }),
        ...gone,
        ...cleared('moved', `a ${from} that was moved into the ${of}`),
        ...readOf(contract, from, 'left', {
          that: `answer.${field} == sibling.${key}`,
          because: `a ${from} that had left the ${of} keeps its new one`,
        }),
        ...untouched,
      ],
    },
  ];
}
