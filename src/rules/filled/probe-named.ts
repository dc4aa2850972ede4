// Fields filled with data of the record that another field names.

import {
  type Binding,
  type Contract,
  fieldNames,
  fieldSchema,
  joined,
  splitPath,
} from '../../contract/contract.ts';
import type { JsonObject } from '../../model/json.ts';
import type { Probe, Step } from '../../model/steps.ts';
import { bodyWith, fittingValue } from '../bodies.ts';
import { every } from '../claims.ts';
import { referredBy } from '../relations.ts';
import { callOn, make, readOf } from '../steps.ts';
import { fieldsOf, mustShow, type Options } from './options.ts';

/** The numbers of records that no other check has: of those that are left as they are, and of those that change. */
const [SHOWN, RENAMED] = [6000, 6001];

/** What is shown of the record that a field names is that record's; texts sent in its place do not count. */
export function itsData(
  options: Options,
  contract: Contract,
  read: Binding,
  beside: JsonObject,
): Probe[] {
  const { at, from = '' } = options;
  const [owner] = splitPath(at);
  const { path } = fieldsOf(options);
  const to = referredBy(contract, `${owner}.${joined(path, from)}`);
  if (to === undefined) return [];
  // Several rules may speak of one and the same: they look at the same two records.
  const made = (once: number) => [
    make(to, 'target', { with: textsOf(options, contract, to), once }),
    make(owner, 'made', { with: naming(options, contract, to, beside), once }),
  ];
  const that = claimOf(options, contract);
  const shows = (because: string, once: number) =>
    readOf(contract, owner, 'made', { that, because, once });
  const operation = read.operation.id;
  const renamed = renaming(contract, to);
  return [
    {
      id: 'its-data',
      operation,
      steps: [...made(SHOWN), ...shows(`the ${to}'s data is shown`, SHOWN)],
    },
    ...(renamed.length === 0
      ? []
      : [
          {
            id: 'its-new-data',
            operation,
            steps: [
              ...made(RENAMED),
              ...renamed,
              ...shows(`the ${to}'s data is shown as it is now`, RENAMED),
            ],
          },
        ]),
  ];
}

/** A body that names the captured target, with texts of its own where the target's will be shown. */
function naming(
  options: Options,
  contract: Contract,
  to: string,
  beside: JsonObject,
): ReturnType<typeof bodyWith> {
  const [owner] = splitPath(options.at);
  const { path, fields } = fieldsOf(options);
  const resource = contract.resource(owner);
  const link = joined(path, options.from ?? '');
  const named = bodyWith(resource, beside, link, `=target.${contract.resource(to).key}`);
  const taken = fieldNames(fieldSchema(contract.bindingFor('create', owner)?.body ?? true, path));
  const decoys = path === '' ? [] : Object.keys(fields).filter((field) => taken.includes(field));
  return decoys.reduce(
    (body, field) => bodyWith(resource, body as JsonObject, joined(path, field), '=fresh()'),
    named,
  );
}

/** That each field is shown as the captured target has it; what need not be shown may also be absent. */
function claimOf(options: Options, contract: Contract): string {
  const [owner] = splitPath(options.at);
  const { path, fields } = fieldsOf(options);
  const claims = Object.entries(fields).map(([field, is]) => {
    const shown = `first(answer, '${joined(path, field)}')`;
    const schema = fieldSchema(contract.resource(owner).schema, joined(path, field));
    const holds = `same(${shown}, ${is.slice(1).replace(/\bits\b/g, 'target')})`;
    if (mustShow(options, schema)) return holds;
    return `(${shown} == null || ${holds})`;
  });
  return every(claims);
}

/** Gives the captured target other texts, and reads it again; empty where no update takes any. */
function renaming(contract: Contract, to: string): Step[] {
  const update = contract.bindingFor('update', to);
  const texts = fieldNames(update?.body).filter((field) => /^(name|description)$/.test(field));
  const again = readOf(contract, to, 'target', { as: 'target', once: RENAMED });
  if (update === undefined || texts.length === 0 || again.length === 0) return [];
  const sent = Object.fromEntries(texts.map((field) => [field, '=fresh()']));
  return [callOn(update, 'target', { with: sent, once: RENAMED }), ...again];
}

/** A text of its own for each that any rule shows of the record and that the smallest body lacks. */
function textsOf({ at, from }: Options, contract: Contract, to: string): JsonObject {
  const { sample } = contract.resource(to);
  const body = contract.bindingFor('create', to)?.body;
  const rules = contract.rules.filter(
    ({ kind, options }) =>
      kind === 'filled' &&
      options['from'] === from &&
      splitPath(`${options['at']}`)[0] === splitPath(at)[0],
  );
  const shown = rules
    .flatMap(({ options }) => Object.values(options['is'] as JsonObject))
    .flatMap((text) => /^=its\.(\w+)$/.exec(String(text))?.[1] ?? []);
  const texts = shown.filter((field) => {
    const schema = fieldSchema(body ?? true, field);
    return !(field in sample) && typeof fittingValue(field, schema) === 'string';
  });
  return Object.fromEntries(texts.map((field) => [field, '=fresh()']));
}
