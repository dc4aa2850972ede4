import { type Contract, type Resource, type Rule, splitPath } from '../../contract/contract.ts';
import { compileTemplate } from '../../contract/template.ts';
import type { Json } from '../../model/json.ts';
import type { Row } from '../../state/state.ts';
import type { Context, Hooks, Sabotage } from '../kind.ts';
import { type Options, referrersOf } from './options.ts';

type Compute = (context: Context, row: Row) => Json;

/** The field is not stored: it is worked out whenever the record is shown. */
export function enforce({ options }: Rule<Options>, contract: Contract): Hooks {
  return filling(options, computed(options, contract));
}

function computed({ at, is }: Options, contract: Contract): Compute {
  const [owner] = splitPath(at);
  const template = compileTemplate(is);
  const links = /\bref\b/.test(is) ? linksOf(contract, owner) : [];
  return (context, row) => {
    const ref = Object.fromEntries(
      links.map(([field, to]) => [field, named(context, to, row.data[field])]),
    );
    return template(
      { self: row.data, ref },
      { referrers: (path) => referrers(context, path, row) },
    );
  };
}

/** The fields of a resource that name records, and of which resource. */
function linksOf(contract: Contract, owner: string): [string, Resource][] {
  return contract.rules.flatMap(({ kind, options }): [string, Resource][] => {
    const [from, field] = splitPath(String(options['from'] ?? ''));
    return kind === 'reference' && from === owner
      ? [[field, contract.resource(String(options['to']))]]
      : [];
  });
}

/** The record as its schema shows it; null when there is none. */
function named(context: Context, to: Resource, id: Json | undefined): Json {
  const row = typeof id === 'string' ? context.reach('reference', to, id) : undefined;
  return row === undefined ? null : context.show(to, row);
}

function filling({ at, by }: Options, compute: Compute): Hooks {
  const [owner, field] = splitPath(at);
  return {
    resources: [owner],
    show: (context, resource, row, answer) => {
      if (resource.name !== owner) return;
      if (by?.includes(context.binding.operation.id) ?? true) answer[field] = compute(context, row);
      else delete answer[field];
    },
  };
}

function referrers({ view }: Context, path: string, row: Row): string[] {
  const [from, field] = splitPath(path);
  return view.find(from, field, row.id).map(({ id }) => id);
}

export function sabotage({ options }: Rule<Options>, contract: Contract): Sabotage[] {
  const path = referrersOf(options);
  if (path === undefined) return [{ name: 'always-null', hooks: filling(options, () => null) }];
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
    ...(source.liveText === undefined
      ? []
      : [
          {
            name: 'live-only',
            hooks: filling(options, (context, row) =>
              ids(context, row).filter((id) =>
                source.live(context.view.now(source.name, id)?.data ?? {}),
              ),
            ),
          },
        ]),
  ];
}
