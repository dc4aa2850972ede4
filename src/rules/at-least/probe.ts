import type { Contract, Rule } from '../../contract/contract.ts';
import { type JsonObject, valueWith } from '../../model/json.ts';
import type { Make, Probe, Step } from '../../model/steps.ts';
import { deleteOf, make, OWNERS, readerOf, readOf } from '../steps.ts';
import type { Options } from './options.ts';

/** The last but one may go and the last may not, by itself or with what it is in. */
export function probe(rule: Rule<Options>, contract: Contract): Probe[] {
  const { of, within, when } = rule.options;
  const create = contract.bindingFor('create', within);
  const found = readerOf(contract, of);
  if (create === undefined || found === undefined) return [];
  if (when === 'create') return none(rule, contract, create.operation.id, found.path);
  return last(rule, contract, found.path);
}

/** A whole without any part is refused, be there nothing to hold parts or nothing in it. */
function none(
  { options, error }: Rule<Options>,
  contract: Contract,
  operation: string,
  path: string,
): Probe[] {
  const { sample } = contract.resource(options.within);
  const refused = (id: string, place: string): Probe => {
    const body = valueWith(sample, place, []) as JsonObject;
    const top = place.split(/[.[]/)[0] ?? '';
    const step: Make = {
      make: options.within,
      with: { [top]: body[top] },
      expect: 'refused',
      status: error.status,
      because: `a ${options.within} without any ${options.of}`,
    };
    return { id, operation, steps: [step] };
  };
  const [outer = '', ...inner] = path.slice(0, -2).split('[].');
  return [
    refused('nothing', outer),
    ...(inner.length === 0 ? [] : [refused('nothing-in-it', path.slice(0, -2))]),
  ];
}

function last({ options, error }: Rule<Options>, contract: Contract, path: string): Probe[] {
  const { of, within } = options;
  const { key } = contract.resource(of);
  const operation = contract.bindingFor('delete', of)?.operation.id;
  if (operation === undefined) return [];
  const whole = make(within, 'whole');
  const parts = `whole.${path.replaceAll('[]', '[0]')}`;
  const only = { [key]: `=${parts}.${key}`, [OWNERS]: ownersOf(contract, of, within) };
  const judge = { expect: 'refused', status: error.status } as const;
  const remove = (more: object): Step[] =>
    deleteOf(contract, of, 'whole', more).map((step) => ({
      ...step,
      path: pathOf(step.path ?? {}, only),
    }));
  const still = readOf(contract, within, 'whole', {
    expect: 'ok',
    that: `size(answer.${path.replaceAll('[]', '[0]').replace(/\[0\]$/, '')}) == 1`,
    because: 'a refused delete takes nothing away',
  });
  return [
    {
      id: 'last-stays',
      operation,
      steps: [whole, ...remove({ ...judge, because: `the last ${of} of a ${within}` }), ...still],
    },
    ...lastButOne(contract, options, operation, whole),
    ...withOwner(contract, options, error.status, whole, parts),
  ];
}

/** The ids of what the first part of `whole` is in, as templates. */
function ownersOf(contract: Contract, of: string, within: string): JsonObject {
  const { owner } = contract.resource(of);
  const { key } = contract.resource(within);
  if (owner === undefined) return {};
  if (owner === within) return { [within]: `=whole.${key}` };
  const place = readerOf(contract, owner)?.path.replaceAll('[]', '[0]');
  const ownerKey = contract.resource(owner).key;
  return { ...ownersOf(contract, owner, within), [owner]: `=whole.${place}.${ownerKey}` };
}

/** A path over a captured part, with the first part of `whole` in its place. */
function pathOf(path: JsonObject, only: JsonObject): JsonObject {
  const owners = only[OWNERS] as JsonObject;
  return Object.fromEntries(
    Object.entries(path).map(([name, template]) => {
      const asked = String(template).split('.').at(-1) ?? '';
      return [name, owners[asked] ?? only[asked] ?? null];
    }),
  );
}

/** A second one, added to the same whole, may go again. */
function lastButOne(
  contract: Contract,
  { of, within }: Options,
  operation: string,
  whole: Make,
): Probe[] {
  const { owner } = contract.resource(of);
  const holder: Step[] =
    owner === undefined || owner === within ? [] : [make(owner, 'holder', { in: 'whole' })];
  const home = holder.length === 0 ? 'whole' : 'holder';
  return [
    {
      id: 'last-but-one-goes',
      operation,
      steps: [
        whole,
        ...holder,
        make(of, 'second', { in: home }),
        ...deleteOf(contract, of, 'second', {
          expect: 'ok',
          because: `the last but one ${of} of a ${within}`,
        }),
      ],
    },
  ];
}

/** What holds the last ones can't go either; beside another that holds some, it can. */
function withOwner(
  contract: Contract,
  { of, within }: Options,
  status: number,
  whole: Make,
  parts: string,
): Probe[] {
  const { owner } = contract.resource(of);
  if (owner === undefined || owner === within) return [];
  const remove = contract.bindingFor('delete', owner);
  if (remove === undefined) return [];
  const { key } = contract.resource(within);
  const holder = `${parts.slice(0, parts.lastIndexOf('.'))}.${contract.resource(owner).key}`;
  const only = {
    [contract.resource(owner).key]: `=${holder}`,
    [OWNERS]: { [within]: `=whole.${key}` },
  };
  const gone = (more: object): Step[] =>
    deleteOf(contract, owner, 'whole', more).map((step) => ({
      ...step,
      path: pathOf(step.path ?? {}, only),
    }));
  return [
    {
      id: `last-${owner}-stays`,
      operation: remove.operation.id,
      steps: [
        whole,
        ...gone({ expect: 'refused', status, because: `the ${owner} that holds the last ${of}` }),
        ...readOf(contract, within, 'whole', {
          expect: 'ok',
          that: `same(${parts.replace(/^whole/, 'answer')}.${contract.resource(of).key}, ${parts}.${contract.resource(of).key})`,
          because: 'a refused delete takes nothing away',
        }),
      ],
    },
    {
      id: `last-but-one-${owner}-goes`,
      operation: remove.operation.id,
      steps: [
        whole,
        make(owner, 'holder', { in: 'whole' }),
        make(of, 'second', { in: 'holder' }),
        ...gone({ expect: 'ok', because: `a ${owner} beside one that holds a ${of}` }),
      ],
    },
  ];
}
