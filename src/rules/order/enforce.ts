import { type Contract, PLACE, type Rule, splitPath } from '../../contract/contract.ts';
import type { Json } from '../../model/json.ts';
import type { Context, Hooks, Refusal, Sabotage } from '../kind.ts';
import { partsOf } from '../parts.ts';
import type { Options } from './options.ts';

interface Flaw {
  readonly ignored?: boolean;
  readonly takesAnything?: boolean;
}

/** The list must name each part once and nothing else; it then is their order. */
export function enforce({ options }: Rule<Options>, contract: Contract): Hooks {
  return hooks(options, contract, {});
}

function hooks({ of, within, by }: Options, contract: Contract, flaw: Flaw): Hooks {
  const [operation, field] = splitPath(by);
  const asked = ({ binding, input }: Context): readonly Json[] | undefined => {
    const list = binding.operation.id === operation ? input[field] : undefined;
    return Array.isArray(list) ? list : undefined;
  };
  return {
    resources: [within],
    // The list says where the parts stand; it is no field of the record.
    take: ({ binding }, { before, draft }) => {
      if (binding.operation.id === operation) draft[field] = before?.data[field] ?? null;
    },
    check: (context, { resource, id }): Refusal[] => {
      const list = asked(context);
      if (list === undefined || resource !== within || flaw.takesAnything === true) return [];
      const ids = partsOf(context.view, of, id).map((row) => row.id);
      const isOrder = list.length === ids.length && ids.every((part) => list.includes(part));
      return isOrder ? [] : [{ field }];
    },
    follow: (context, { resource, id }) => {
      const list = asked(context);
      if (list === undefined || resource !== within || flaw.ignored === true) return;
      for (const row of partsOf(context.view, of, id)) {
        const place = list.indexOf(row.id) + 1;
        if (row.data[PLACE] === place) continue;
        context.change(contract.resource(of), row, { [PLACE]: place });
      }
    },
  };
}

export function sabotage({ options }: Rule<Options>, contract: Contract): Sabotage[] {
  return [
    { name: 'not-done', hooks: hooks(options, contract, { ignored: true }) },
    { name: 'takes-anything', hooks: hooks(options, contract, { takesAnything: true }) },
  ];
}
