import { type Contract, type Rule, splitPath } from '../../contract/contract.ts';
import type { Json } from '../../model/json.ts';
import type { Change } from '../../state/state.ts';
import type { Context, Hooks, Proposal, Refusal, Sabotage } from '../kind.ts';
import { fieldsOf, type Options } from './options.ts';

type Word = 'keep' | 'clear' | 'set' | 'refuse';
const NOTHINGS = ['absent', 'as-null', 'as-empty'] as const;

/** What each kind of nothing does to a field of an update. */
export function enforce({ options }: Rule<Options>, contract: Contract): Hooks {
  const [operation] = splitPath(options.at);
  const binding = contract.binding(operation);
  const here = (context: Context) => context.binding.operation.id === operation;
  return {
    resources: binding === undefined ? [] : [binding.resource.name],
    take(context, proposal) {
      if (proposal.input === undefined || !here(context)) return;
      for (const field of fieldsOf(options)) take(options, field, proposal);
    },
    ...(NOTHINGS.every((nothing) => options[nothing] !== 'refuse') ? {} : { check: refusing }),
  };

  function refusing(context: Context, change: Change): Refusal[] {
    if (!here(context) || change.resource !== context.binding.resource.name) return [];
    return fieldsOf(options)
      .filter((field) => wordFor(options, context.input[field]) === 'refuse')
      .map((field) => ({ field }));
  }
}

function wordFor(options: Options, value: Json | undefined): Word | undefined {
  if (value === undefined) return options.absent;
  if (value === null) return options['as-null'];
  return value === '' ? options['as-empty'] : undefined;
}

function take(options: Options, field: string, { input = {}, before, draft }: Proposal): void {
  const word = wordFor(options, Object.hasOwn(input, field) ? input[field] : undefined);
  if (word === 'keep') draft[field] = before?.data[field] ?? null;
  if (word === 'clear') draft[field] = null;
}

/** Each word turned into another: what kept now clears, what cleared now keeps. */
export function sabotage(rule: Rule<Options>, contract: Contract): Sabotage[] {
  const flipped: Readonly<Record<Word, Word>> = {
    keep: 'clear',
    clear: 'keep',
    set: 'keep',
    refuse: 'keep',
  };
  return NOTHINGS.flatMap((nothing) => {
    const word = rule.options[nothing];
    if (word === undefined) return [];
    const options: Options = { ...rule.options, [nothing]: flipped[word] };
    return [
      { name: `${nothing}-${flipped[word]}s`, hooks: enforce({ ...rule, options }, contract) },
    ];
  });
}
