import {
  type Contract,
  fieldSchema,
  joined,
  type Resource,
  type Rule,
  splitPath,
  takesNull,
} from '../../contract/contract.ts';
import type { Tools } from '../../contract/expression.ts';
import { compileTemplate } from '../../contract/template.ts';
import { isObject, type Json, type JsonObject } from '../../model/json.ts';
import type { Row } from '../../state/state.ts';
import type { Context, Hooks, Sabotage } from '../kind.ts';
import { countParts, ownerId } from '../parts.ts';
import { referredBy } from '../relations.ts';
import { fieldsOf, mustShow, type Options, referrersOf } from './options.ts';

type Compute = (context: Context, row: Row, self: JsonObject) => Json;

/** The field is not stored: it is worked out whenever the record is shown. */
export function enforce({ options }: Rule<Options>, contract: Contract): Hooks {
  const { fields } = fieldsOf(options);
  return filling(
    options,
    Object.fromEntries(
      Object.entries(fields).map(([field, is]) => [field, computed(options, is, contract)]),
    ),
  );
}

function computed({ at, from }: Options, is: string, contract: Contract): Compute {
  const [owner, path] = splitPath(at);
  const template = compileTemplate(is);
  const links = /\bref\b/.test(is) ? linksOf(contract, owner) : [];
  const to =
    from === undefined ? undefined : referredBy(contract, `${owner}.${joined(path, from)}`);
  return (context, row, self) => {
    const ref = Object.fromEntries(
      links.map(([field, target]) => [field, named(context, target, row.data[field])]),
    );
    const its = to === undefined ? null : named(context, contract.resource(to), self[from ?? '']);
    // What it is worked out from may be gone.
    if (to !== undefined && its === null) return null;
    const whole = /\bwhole\b/.test(is) ? context.showAsRead(contract.resource(owner), row) : null;
    return template({ self, ref, its, whole }, toolsFor(context, contract, owner, row));
  };
}

function toolsFor(context: Context, contract: Contract, owner: string, row: Row): Tools {
  return {
    referrers: (path) => referrers(context, path, row),
    shown: (path) => {
      const from = contract.resource(splitPath(path)[0]);
      return naming(context, path, row).map((one) => context.show(from, one));
    },
    holder: (path, resource) => holder(context, contract, path, resource, row),
    count: (resource) => countParts(contract, context.view, owner, row.id, resource),
  };
}

function holder(
  { view }: Context,
  contract: Contract,
  path: string,
  resource: string,
  row: Row,
): string | null {
  const [part, field] = splitPath(path);
  const [naming] = view.find(part, field, row.id);
  return naming === undefined ? null : (ownerId(contract, view, part, naming, resource) ?? null);
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

function filling(options: Options, fields: Readonly<Record<string, Compute>>): Hooks {
  const { at, by } = options;
  const [owner] = splitPath(at);
  const { path } = fieldsOf(options);
  const top = path.split(/[.[]/)[0];
  return {
    resources: [owner],
    show(context, resource, row, answer) {
      if (resource.name !== owner) return;
      const isHere = by?.includes(context.binding.operation.id) ?? true;
      const shown = context.binding.resource === resource ? context.binding.shown : resource.schema;
      for (const [field, compute] of Object.entries(fields)) {
        const schema = fieldSchema(shown, joined(path, field));
        if (schema === undefined) continue;
        if (isHere) fillAt(answer, path, field, (self) => compute(context, row, self), row.data);
        const isNothing = (answer[field] ?? null) === null && !takesNull(schema);
        if (isHere ? path === '' && isNothing : top === '' && (row.data[field] ?? null) === null)
          delete answer[field];
      }
    },
  };
}

/** Puts the value on the answer, or on each entry that the path leads to, which then are copies. */
function fillAt(
  answer: Record<string, Json>,
  path: string,
  field: string,
  compute: (self: JsonObject) => Json,
  self: JsonObject,
): void {
  if (path === '') {
    answer[field] = compute(self);
    return;
  }
  const end = path.search(/[.[]/);
  const head = end < 0 ? path : path.slice(0, end);
  const rest = end < 0 ? '' : path.slice(end).replace(/^(\[\])?\.?/, '');
  const fill = (item: Json): Json => {
    if (!isObject(item)) return item;
    const copy = { ...item };
    fillAt(copy, rest, field, compute, item);
    return copy;
  };
  const value = answer[head];
  if (value !== undefined) answer[head] = Array.isArray(value) ? value.map(fill) : fill(value);
}

function referrers(context: Context, path: string, row: Row): string[] {
  return naming(context, path, row).map(({ id }) => id);
}

/** The records that name this one at the path, oldest first. */
function naming({ view }: Context, path: string, row: Row): Row[] {
  const [from, field] = splitPath(path);
  return view.find(from, field, row.id);
}

export function sabotage({ options }: Rule<Options>, contract: Contract): Sabotage[] {
  const { fields } = fieldsOf(options);
  const path = referrersOf(options);
  if (path === undefined) {
    const [owner] = splitPath(options.at);
    const { schema } = contract.resource(owner);
    const { path: place } = fieldsOf(options);
    const due = Object.keys(fields).filter((field) =>
      mustShow(options, fieldSchema(schema, joined(place, field))),
    );
    return due.map((field) => {
      const name = Object.keys(fields).length === 1 ? 'always-null' : `${field}-is-null`;
      const others = enforce({ options } as Rule<Options>, contract);
      return { name, hooks: { ...others, show: without(others, options, field) } };
    });
  }
  const [field = ''] = Object.keys(fields);
  const source = contract.resource(splitPath(path)[0]);
  const ids = (context: Context, row: Row) => referrers(context, path, row);
  const other = (name: string, compute: Compute): Sabotage => ({
    name,
    hooks: filling(options, { [field]: compute }),
  });
  return [
    other('always-empty', () => []),
    other('first-only', (context, row) => ids(context, row).slice(0, 1)),
    other('everyone', (context) => context.view.all(source.name).map(({ id }) => id)),
    ...(source.liveText === undefined
      ? []
      : [
          other('live-only', (context, row) =>
            ids(context, row).filter((id) =>
              source.live(context.view.now(source.name, id)?.data ?? {}),
            ),
          ),
        ]),
  ];
}

/** The others as they are, and this field null. */
function without(whole: Hooks, options: Options, field: string): NonNullable<Hooks['show']> {
  const nothing = filling(options, { [field]: () => null });
  return (context, resource, row, answer) => {
    whole.show?.(context, resource, row, answer);
    nothing.show?.(context, resource, row, answer);
  };
}
