import { type Contract, type Resource, type Rule, splitPath } from '../../contract/contract.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import type { Context, Hooks, Sabotage } from '../kind.ts';
import { referredBy } from '../relations.ts';
import type { Options } from './options.ts';

type Show = (context: Context, id: string) => JsonObject | undefined;

/** The record that the reference names, as its own read shows it, when it was asked for. */
export function enforce({ options }: Rule<Options>, contract: Contract): Hooks {
  const target = targetOf(options, contract);
  return expanding(options, asked, (context, id) => {
    const row = context.reach('expand', target, id);
    return row === undefined ? undefined : context.show(target, row);
  });
}

function expanding(
  options: Options,
  wanted: (context: Context, options: Options) => boolean,
  show: Show,
): Hooks {
  const [owner, field] = splitPath(options.at);
  return {
    resources: [owner],
    show: (context, resource, row, answer) => {
      if (resource.name !== owner) return;
      const id = row.data[field];
      const record =
        typeof id === 'string' && id !== '' && wanted(context, options)
          ? show(context, id)
          : undefined;
      if (record === undefined) delete answer[options.into];
      else answer[options.into] = record;
    },
  };
}

/** Whether the operation can expand, and the request asks for it, in a parameter or a field of the body. */
function asked({ binding, query, input }: Context, options: Options): boolean {
  const { param, name, by, always } = options;
  if (always?.includes(binding.operation.id)) return true;
  if (!by.includes(binding.operation.id)) return false;
  const value: Json = query[param] ?? input[param] ?? null;
  return (
    typeof value === 'string' &&
    value
      .split(',')
      .map((word) => word.trim())
      .includes(name)
  );
}

/** The resource that the field refers to, by the reference rule on the same field. */
export function targetOf({ at }: Options, contract: Contract): Resource {
  const to = referredBy(contract, at);
  if (to === undefined) throw new Error(`no reference rule says what ${at} refers to`);
  return contract.resource(to);
}

export function sabotage(rule: Rule<Options>, contract: Contract): Sabotage[] {
  const { options } = rule;
  const target = targetOf(options, contract);
  const right: Show = (context, id) => {
    const row = context.reach('expand', target, id);
    return row === undefined ? undefined : context.show(target, row);
  };
  const other: Show = (context, id) => {
    const row = context.view.all(target.name).find((candidate) => candidate.id !== id);
    return row === undefined ? right(context, id) : context.show(target, row);
  };
  return [
    { name: 'off', hooks: expanding(options, () => false, right) },
    { name: 'always', hooks: expanding(options, () => true, right) },
    { name: 'wrong-record', hooks: expanding(options, asked, other) },
    { name: 'id-only', hooks: expanding(options, asked, (_, id) => ({ [target.key]: id })) },
    ...options.by.map((only) => ({
      name: `not-by-${only}`,
      hooks: expanding(options, (c, o) => c.binding.operation.id !== only && asked(c, o), right),
    })),
  ];
}
