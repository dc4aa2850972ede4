import { type Contract, type Rule, splitPath } from '../../contract/contract.ts';
import { compileTemplate } from '../../contract/template.ts';
import type { Json } from '../../model/json.ts';
import type { Row } from '../../state/state.ts';
import type { Context, Hooks, Sabotage } from '../kind.ts';
import { type Options, referrersOf } from './options.ts';

type Compute = (context: Context, row: Row) => Json;

/** The field is not stored: it is worked out whenever the record is shown. */
export function enforce({ options }: Rule<Options>, _contract: Contract): Hooks {
  const [_owner] = splitPath(options.at);
  const template = compileTemplate(options.is);
  return filling(options, (context, row) =>
    template({ self: row.data }, { referrers: (path) => referrers(context, path, row) }),
  );
}

function filling({ at }: Options, compute: Compute): Hooks {
  const [owner, field] = splitPath(at);
  return {
    resources: [owner],
    show: (context, resource, row, answer) => {
      if (resource.name === owner) answer[field] = compute(context, row);
    },
  };
}

function referrers({ view }: Context, path: string, row: Row): string[] {
  const [from, field] = splitPath(path);
  return view.find(from, field, row.id).map(({ id }) => id);
}

export function sabotage({ options }: Rule<Options>, contract: Contract): Sabotage[] {
  const path = referrersOf(options);
  if (path === undefined) return [];
  const source = contract.resource(splitPath(path)[0]);
  const ids = (context: Context, row: Row) => referrers(context, path, row);
  return [
    { name: 'always-empty', hooks: filling(options, () => []) },
    {
      name: 'first-only',
      hooks: filling(options, (context, row) => ids(context, row).slice(0, 1)),
    },
    {
      name: 'everyone',
      hooks: filling(options, (context) => context.view.all(source.name).map(({ id }) => id)),
    },
    {
      name: 'live-only',
      hooks: filling(options, (context, row) =>
        ids(context, row).filter((id) =>
          source.live(context.view.now(source.name, id)?.data ?? {}),
        ),
      ),
    },
  ];
}
