import { type Contract, fieldNames, type Rule, splitPath } from '../../contract/contract.ts';
import type { Probe, Step } from '../../model/steps.ts';
import { every } from '../claims.ts';
import { callOn, make, OTHER, readerOf, readOf } from '../steps.ts';
import type { Options } from './options.ts';

/** The number of the whole that is ordered: no other check has it. */
const SHARED = 1000;

/** Reversed, then read; and lists that leave one out, name one twice, or name one that is not there. */
export function probe({ options, error }: Rule<Options>, contract: Contract): Probe[] {
  const { of, within, by } = options;
  const [operation, field] = splitPath(by);
  const update = contract.binding(operation);
  const resource = contract.resource(of);
  const read = contract.bindingFor('read', within) ?? readerOf(contract, within)?.reader;
  if (update === undefined || read === undefined) return [];
  const [parts] = [...contract.resource(within).parts].find(([, part]) => part === of) ?? [''];
  // All try it on one whole; whoever comes first reads how it is.
  const start: Step[] = [
    make(within, 'whole', { once: SHARED }),
    make(of, 'one', { in: 'whole', once: SHARED }),
    make(of, 'two', { in: 'whole', once: SHARED + 1 }),
    ...readOf(contract, within, 'whole', { as: 'before', once: SHARED }),
  ];
  const texts = fieldNames(update.body).filter((name) => /(^|_)name$/.test(name));
  const beside = Object.fromEntries(texts.map((name) => [name, '=fresh()']));
  const unchanged = texts.map((name) => `same(answer.${name}, before.${name})`);
  const ids = `before.${parts}.map(p, p.${resource.key})`;
  const [one, two] = [`one.${resource.key}`, `two.${resource.key}`];
  const first = `${ids}.filter(i, i != ${one} && i != ${two})`;
  const given = `answer.${parts}.map(p, p.${resource.key})`;
  const refused = (id: string, list: string, because: string, more: Step[] = []): Probe => ({
    id,
    operation,
    fine: more.length === 0 ? 0 : 2,
    steps: [
      ...start,
      ...more,
      callOn(update, 'whole', {
        with: { [field]: list, ...beside },
        expect: 'refused',
        status: error.status,
        because,
      }),
      ...readOf(contract, within, 'whole', {
        that: every([`${given} == ${ids}`, ...unchanged]),
        because: 'a refused order changes nothing, nor does what was sent beside it',
      }),
    ],
  });
  return [
    refused('one-missing', `=${first} + [${two}]`, 'one is left out'),
    refused('one-twice', `=${first} + [${one}, ${one}]`, 'one is named twice'),
    refused('foreign', `=${first} + [${one}, foreign.${resource.key}]`, 'one is not a part of it', [
      make(of, 'foreign', OTHER),
    ]),
    // The last, since it changes what the others have read.
    {
      id: 'reordered',
      operation,
      steps: [
        ...start,
        callOn(update, 'whole', { with: { [field]: `=[${two}] + ${first} + [${one}]` } }),
        ...readOf(contract, within, 'whole', {
          that: `${given} == [${two}] + ${first} + [${one}]`,
          because: `the ${parts} are in the order that ${field} gives`,
        }),
      ],
    },
  ];
}
