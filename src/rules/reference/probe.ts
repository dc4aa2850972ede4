import {
  type Binding,
  type Contract,
  fieldNames,
  type Rule,
  splitPath,
} from '../../contract/contract.ts';
import type { Probe, Step } from '../../model/steps.ts';
import { bodyWith } from '../bodies.ts';
import { inCel, shownPath } from '../claims.ts';
import { listCall } from '../list-steps.ts';
import { nestedIn } from '../nested.ts';
import { updaterOf } from '../relations.ts';
import { callOn, make, readOf } from '../steps.ts';
import type { Options } from './options.ts';
import { type Bad, bad } from './probe-bad.ts';
import { ofPath } from './probe-path.ts';

export function probe(rule: Rule<Options>, contract: Contract): Probe[] {
  const [from, field] = splitPath(rule.options.from);
  if (!contract.resources.has(from)) return ofPath(rule, contract, from, field);
  const operation = contract.bindingFor('create', from)?.operation.id;
  if (operation === undefined) return [];
  return [
    accepted(rule, contract, operation, from, field),
    ...bad(rule, contract).flatMap((item, i) =>
      [
        onCreate(rule, contract, operation, from, field, item, i === 0),
        ...inOwner(rule, contract, from, field, item),
        ...onUpdate(rule, contract, from, field, item),
      ].map((one) => (item.fine === undefined ? one : { ...one, fine: item.fine })),
    ),
  ];
}

/** What is there may be named. */
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

/** The create is refused; where that `isLooked` for, nothing of it is found in a list. */
function onCreate(
  rule: Rule<Options>,
  contract: Contract,
  operation: string,
  from: string,
  field: string,
  item: Bad,
  isLooked: boolean,
): Probe {
  const text = freeText(contract.binding(operation), field);
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
      ...(text === undefined || !isLooked ? [] : notListed(contract, from, text)),
    ],
  };
}

/** The first page of a list shows no record with the text that was sent; empty where there is no list. */
function notListed(contract: Contract, from: string, text: string): Step[] {
  const list = contract.bindingFor('list', from);
  if (list === undefined) return [];
  const that = `!answer.items.exists(i, i.${text} == sent.made.${text})`;
  const because = `a refused ${from} must not be found`;
  return [{ ...listCall(list, {}, { that, because }), pages: false }];
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
