import {
  type Contract,
  type Resource,
  type Rule,
  requiredFields,
  splitPath,
} from '../../contract/contract.ts';
import { compileExpression, type Expression } from '../../contract/expression.ts';
import { valuesAt } from '../../model/json.ts';
import type { Change } from '../../state/state.ts';
import type { Context, Hooks, Refusal, Sabotage } from '../kind.ts';
import { updaterOf } from '../relations.ts';
import { agreement, type Options } from './options.ts';

interface Flaw {
  readonly on?: 'create' | 'update';
  readonly takesDead?: boolean;
  readonly takesUnknown?: boolean;
  readonly takesUnfit?: boolean;
}

/** Every new value names a record that the caller sees and that is as it must be; "" and null name nothing. */
export function enforce(rule: Rule<Options>, contract: Contract): Hooks {
  return hooks(rule.options, contract, flawOf(rule, contract));
}

/** Where an earlier rule refuses what is not there, a later one on the same field only says how it must be. */
function flawOf({ id, options }: Rule<Options>, contract: Contract): Flaw {
  const all = contract.rules.filter(
    ({ kind, options: { from, to } }) =>
      kind === 'reference' && from === options.from && to === options.to,
  );
  return all.findIndex((one) => one.id === id) > 0 ? { takesUnknown: true } : {};
}

function hooks(options: Options, contract: Contract, flaw: Flaw): Hooks {
  const [from, field] = splitPath(options.from);
  const target = contract.resource(options.to);
  if (!contract.resources.has(from)) return ofPath(from, field, target);
  const when = options.when === undefined ? undefined : compileExpression(options.when);
  const live = (options.must ?? []).includes('live') && flaw.takesDead !== true;
  // Empty text names nothing, which is not enough where something must be named.
  const body = contract.bindingFor('create', from)?.body;
  const isNeeded = requiredFields(body).includes(field);
  const must = flaw.takesUnfit === true ? [] : conditions(options);

  const check = (context: Context, { before, after }: Change): Refusal[] => {
    if (after === undefined) return [];
    if (flaw.on !== undefined && (flaw.on === 'create') !== (before === undefined)) return [];
    const old = before === undefined ? [] : valuesAt(before.data, field);
    const fresh = valuesAt(after.data, field).filter((value) => !old.includes(value));
    const named = fresh.filter((value) => value !== null && (value !== '' || isNeeded));
    if (named.length === 0) return [];
    const self = after.data;
    if (when !== undefined && !when.holds({ self })) return [];
    const wrong = named.filter((id) => {
      const row = context.reach('reference', target, String(id));
      if (row === undefined) return flaw.takesUnknown !== true;
      if (live && !target.live(row.data)) return true;
      return !must.every((test) => test.holds({ self, target: row.data }));
    });
    return wrong.map(() => ({ field }));
  };
  return { resources: [from], check, ...(options.written ? { take: reading(options) } : {}) };
}

function conditions({ must = [] }: Options): Expression[] {
  return must.filter((text) => text !== 'live').map(compileExpression);
}

/** A record that the path itself names, such as the customer whose list is asked for. */
function ofPath(operation: string, parameter: string, target: Resource): Hooks {
  return {
    operations: [operation],
    admit: (context) => {
      const id = String(context.query[parameter] ?? '');
      return context.reach('reference', target, id) === undefined ? [{ field: parameter }] : [];
    },
  };
}

/** Stores the id, however it was written. */
function reading({ from, written = [] }: Options): NonNullable<Hooks['take']> {
  const [owner, field] = splitPath(from);
  const spellings = written.map((text) => text.split('{id}') as [string, string]);
  return (_, { resource, draft, input }) => {
    const value = draft[field];
    if (resource.name !== owner || input === undefined || typeof value !== 'string') return;
    const spelling = spellings.find(
      ([head, tail]) => head !== '' && value.startsWith(head) && value.endsWith(tail),
    );
    if (spelling === undefined) return;
    draft[field] = value.slice(spelling[0].length, value.length - spelling[1].length);
  };
}

export function sabotage(rule: Rule<Options>, contract: Contract): Sabotage[] {
  const { options } = rule;
  const [from, field] = splitPath(options.from);
  if (!contract.resources.has(from)) return [{ name: 'off', hooks: {} }];
  const own = flawOf(rule, contract);
  const variant = (name: string, flaw: Flaw) => ({
    name,
    hooks: hooks(options, contract, { ...own, ...flaw }),
  });
  const dies = contract.bindingFor('delete', options.to) !== undefined;
  return [
    { name: 'off', hooks: {} },
    ...(updaterOf(contract, from, field) === undefined
      ? []
      : [variant('create-only', { on: 'create' })]),
    variant('update-only', { on: 'update' }),
    ...(own.takesUnknown ? [] : [variant('takes-unknown', { takesUnknown: true })]),
    ...(dies && options.must?.includes('live') ? [variant('takes-dead', { takesDead: true })] : []),
    ...(agreement(options) === undefined ? [] : [variant('takes-unfit', { takesUnfit: true })]),
  ];
}
