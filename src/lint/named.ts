// Names that no `format` in the contract's schema stands for: fields of records that options name in passing, and
// parameters of operations.

import {
  type Binding,
  fieldSchema,
  joined,
  type Resource,
  splitPath,
} from '../contract/contract.ts';
import type { Path } from '../contract/positions.ts';
import { isObject, type Json, type JsonObject } from '../model/json.ts';
import { didYouMean } from '../model/suggest.ts';
import type { Context } from './context.ts';
import { mayHave, membersOf, noSuchField, schemasAt } from './fields.ts';
import { atRule, type LintRule, type Spot } from './rule.ts';

interface Named {
  /** One of them having the field is enough. */
  readonly resources: readonly Resource[];
  readonly field: string;
  readonly path: Path;
}

export const fieldsExist: LintRule = {
  id: 'contract/fields-exist',
  severity: 'error',
  says: 'Fields that options name are fields of the record: keys, parts, filters, orders, what is shown or set.',
  mend: 'Correct the name of the field.',
  find: (context) =>
    namedFields(context).flatMap(({ resources, field, path }): Spot[] => {
      const [first] = resources;
      const isKnown = resources.some((resource) => mayHave(context, resource, field));
      if (first === undefined || isKnown) return [];
      const owner = path[0] === 'rules' ? `rule ${path[1]}: ` : '';
      return [{ message: owner + noSuchField(context, first, field), path }];
    }),
};

function namedFields(context: Context): Named[] {
  const { contract } = context;
  const resources = [...contract.resources.values()].flatMap((resource) => [
    // Of what there is one of the id is our own.
    ...(resource.single
      ? []
      : [
          { resources: [resource], field: resource.key, path: ['resources', resource.name, 'key'] },
        ]),
    ...[...resource.parts.keys()].map((field) => ({
      resources: [resource],
      field,
      path: ['resources', resource.name, 'parts', field],
    })),
  ]);
  const operations = contract.bindings.flatMap(({ operation: { id }, resource, by, text }) =>
    [
      { field: by === resource.key ? undefined : by, path: ['operations', id, 'by'] },
      { field: text, path: ['operations', id, 'text'] },
    ].flatMap(({ field, path }) =>
      field === undefined ? [] : [{ resources: [resource], field, path }],
    ),
  );
  const rules = contract.rules.flatMap(({ id, kind, options }) =>
    (IN_OPTIONS[kind]?.(options, context) ?? []).map((named) => ({
      ...named,
      path: ['rules', id, kind, ...named.path],
    })),
  );
  return [...resources, ...operations, ...rules];
}

const BY_FIELD = ['equals', 'contains', 'in', 'from', 'until'] as const;

const IN_OPTIONS: Readonly<Record<string, (options: JsonObject, context: Context) => Named[]>> = {
  start: ({ of, shows }, { contract }) => keysOf(contract.resource(String(of)), shows, ['shows']),
  'on-delete': ({ of, shows }, { contract }) =>
    keysOf(contract.resource(String(of)), shows, ['shows']),
  filled({ at, is }, { contract }) {
    const [owner, path] = splitPath(String(at));
    const resources = [contract.resource(owner)];
    if (!isObject(is)) return [];
    return Object.keys(is).map((name) => ({
      resources,
      field: joined(path, name),
      path: ['is', name],
    }));
  },
  expand({ at, into }, { contract }) {
    const resource = contract.resource(splitPath(String(at))[0]);
    return [{ resources: [resource], field: String(into), path: ['into'] }];
  },
  list({ at, filter = {}, sort }, { contract }) {
    const resources = ([at].flat() as string[]).flatMap(
      (id) => contract.binding(id)?.resource ?? [],
    );
    const filters = Object.entries(filter as Record<string, JsonObject>).flatMap(([param, by]) =>
      BY_FIELD.flatMap((word) => {
        const field = by[word];
        return typeof field === 'string' ? [{ field, path: ['filter', param, word] }] : [];
      }),
    );
    const orders = (((sort as JsonObject | undefined)?.['else'] ?? []) as string[]).map(
      (text, i) => ({
        field: text.replace(/^-/, ''),
        path: ['sort', 'else', i],
      }),
    );
    return [
      ...[...new Set(resources)].flatMap((resource) =>
        filters.map((named) => ({ resources: [resource], ...named })),
      ),
      // Records without the field come in the order of their creation, which may be what is meant.
      ...orders.map((named) => ({ resources, ...named })),
    ];
  },
};

function keysOf(resource: Resource, value: Json | undefined, path: Path): Named[] {
  if (!isObject(value)) return [];
  return Object.keys(value).map((field) => ({
    resources: [resource],
    field,
    path: [...path, field],
  }));
}

export const bodyFields: LintRule = {
  id: 'contract/body-fields-exist',
  severity: 'error',
  says: 'Fields of a request that rules speak of can be sent: the body of the operation has them.',
  mend: 'Correct the name of the field, or the operation.',
  find: (context) => [
    ...context.contract.bindings.flatMap(({ operation: { id }, each, sent }) =>
      each === undefined || fieldSchema(sent ?? true, `${each}[]`) !== undefined
        ? []
        : [
            {
              message: `the body of ${id} has no list "${each}"`,
              path: ['operations', id, 'each'],
            },
          ],
    ),
    ...context.contract.rules.flatMap(({ id, kind, options }): Spot[] => {
      if (kind !== 'input') return [];
      const binding = context.contract.binding(splitPath(String(options['at']))[0]);
      const fields = (options['fields'] ?? []) as string[];
      return fields.flatMap((field, i) =>
        binding === undefined || canSend(binding, field)
          ? []
          : [atRule(id, notSent(binding, field), kind, 'fields', i)],
      );
    }),
  ],
};

export const parametersExist: LintRule = {
  id: 'contract/parameters-exist',
  severity: 'error',
  says: 'A filter, an order, a page or an expansion is asked for in a parameter, or a body field, of the operation.',
  mend: 'Correct the name of the parameter, or leave the operation out of the rule.',
  find: (context) =>
    context.contract.rules.flatMap(({ id, kind, options }) => {
      if (kind !== 'list' && kind !== 'expand') return [];
      const operations = [kind === 'list' ? options['at'] : options['by']].flat() as string[];
      const bindings = operations.flatMap((one) => context.contract.binding(one) ?? []);
      return parametersOf(options).flatMap(({ name, path }): Spot[] => {
        const without = bindings.filter((binding) => !canSend(binding, name));
        const [first] = without;
        // How a list is ordered and cut where nobody can ask is said by the same rule.
        const isShared = path[0] === 'sort' || path[0] === 'page';
        if (first === undefined || (isShared && without.length < bindings.length)) return [];
        return [atRule(id, notSent(first, name), kind, ...path)];
      });
    }),
};

function parametersOf({ filter, sort, page, param }: JsonObject): { name: string; path: Path }[] {
  const at = (value: Json | undefined, ...path: string[]) => {
    const name = path.reduce<Json | undefined>(
      (one, key) => (isObject(one) ? one[key] : undefined),
      value,
    );
    return typeof name === 'string' ? [{ name, path }] : [];
  };
  const options = { sort: sort ?? null, page: page ?? null, param: param ?? null };
  return [
    ...Object.keys((filter ?? {}) as object).map((name) => ({ name, path: ['filter', name] })),
    ...at(options, 'sort', 'param'),
    ...at(options, 'sort', 'direction'),
    ...['size', 'skip', 'page', 'after', 'before'].flatMap((part) =>
      at(options, 'page', part, 'param'),
    ),
    ...at(options, 'param'),
  ];
}

/** Whether a request of the operation can carry the name, in its path, its query or its body. */
function canSend({ operation, sent }: Binding, name: string): boolean {
  return (
    operation.parameters.some((parameter) => parameter.name === name) ||
    (sent !== undefined && schemasAt(sent, name).length > 0)
  );
}

function notSent({ operation, sent }: Binding, name: string): string {
  const known = [
    ...operation.parameters.map((parameter) => parameter.name),
    ...membersOf(sent).flatMap((member) => Object.keys((member['properties'] ?? {}) as object)),
  ];
  return `${operation.id} takes no "${name}"${didYouMean(name, new Set(known))}`;
}
