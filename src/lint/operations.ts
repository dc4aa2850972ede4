// Operations and callers: that a method can mean what the contract makes of it, that paths name records, that
// callers can be told apart.

import { type Binding, fieldSchema } from '../contract/contract.ts';
import type { Context } from './context.ts';
import type { LintRule, Spot } from './rule.ts';

export const methodFits: LintRule = {
  id: 'contract/method-fits',
  severity: 'error',
  says: 'A GET changes nothing, and a DELETE makes, reads and lists nothing: clients and caches rely on it.',
  mend: 'Bind the operation to what its method means.',
  find: ({ contract }) =>
    contract.bindings.flatMap(({ operation: { id, method }, verb }): Spot[] => {
      const changes = verb === 'create' || verb === 'update' || verb === 'delete';
      const shows = verb === 'create' || verb === 'read' || verb === 'list';
      const isWrong = (method === 'GET' && changes) || (method === 'DELETE' && shows);
      if (!isWrong) return [];
      return [
        {
          message: `${id} is a ${method} and can't ${verb} anything`,
          path: ['operations', id, verb],
        },
      ];
    }),
};

export const pathNames: LintRule = {
  id: 'contract/path-names-record',
  severity: 'error',
  says: 'An operation on one record names it, and all that the record is a part of, in its path.',
  mend: 'Bind an operation whose path has a parameter for each, outermost first.',
  find: ({ contract }) =>
    contract.bindings.flatMap((binding): Spot[] => {
      const { operation, resource, verb } = binding;
      const wanted = parametersWanted(binding);
      const { length } = operation.parameters.filter((parameter) => parameter.in === 'path');
      if (length >= wanted) return [];
      const message = `${operation.id} can't ${verb} a ${resource.name}: ${operation.path} has ${length} of the ${wanted} ids that it takes`;
      return [{ message, path: ['operations', operation.id] }];
    }),
};

/** How many ids the path must have. A part may be read in what it belongs to, so only writes are sure. */
function parametersWanted({ verb, owners, operation, resource, by, body = true }: Binding): number {
  if (verb === 'create' || verb === 'list') return 0;
  if (resource.single) return owners.length;
  // `PUT /pets` with the whole pet, or `DELETE /pets?id=`, names it elsewhere.
  const isSent =
    fieldSchema(body, by) !== undefined ||
    operation.parameters.some(({ in: where, name }) => where === 'query' && name === by);
  if (isSent && !/\}$/.test(operation.path)) return owners.length;
  return operation.method === 'GET' || owners.length === 0 ? 1 : owners.length + 1;
}

export const callersApart: LintRule = {
  id: 'contract/callers-apart',
  severity: 'warning',
  says: 'Some operation wants a credential, and the header of an environment is in the spec: so callers are told apart.',
  mend: 'Add `security`, or the header as a parameter, to the spec.',
  find(context) {
    const { callers, bindings } = context.contract;
    const header = callers.environment?.header.toLowerCase();
    const isSent = bindings.some(({ operation }) =>
      operation.parameters.some((one) => one.in === 'header' && one.name.toLowerCase() === header),
    );
    return [
      ...(bindings.length === 0 ||
      bindings.some(({ operation }) => operation.credentials.length > 0)
        ? []
        : [
            {
              message: 'no operation wants a credential: all callers are one',
              path: ['callers', 'tenant'],
            },
          ]),
      ...(header === undefined || isSent
        ? []
        : [
            {
              message: `no operation has the header ${callers.environment?.header}`,
              path: ['callers', 'environment', 'header'],
            },
          ]),
    ];
  },
};

export const deleteEndsLife: LintRule = {
  id: 'contract/delete-ends-life',
  severity: 'error',
  says: 'A record that is deleted does not count as present any more: its delete leads out of the state `live`.',
  mend: 'Let `set` write what `live` looks at, or leave `set` out, so that the record goes.',
  find: (context) =>
    context.contract.bindings.flatMap(({ operation: { id }, verb, resource, action }): Spot[] => {
      const set = context.part('operations')[id]?.['set'];
      if (verb !== 'delete' || resource.liveText === undefined || action !== undefined) return [];
      if (set === undefined || JSON.stringify(set).includes('"=')) return [];
      const changes = resource.live({ ...bornAs(context, resource.name), ...(set as object) });
      if (!changes) return [];
      return [
        {
          message: `a ${resource.name} is still live after ${id}`,
          path: ['operations', id, 'set'],
        },
      ];
    }),
};

/** The constants that a new record begins with, all other fields null. */
function bornAs(context: Context, name: string) {
  const resource = context.contract.resource(name);
  const blank = Object.fromEntries(resource.fields.map((field) => [field, null]));
  const starts = context.contract.rules.flatMap(({ kind, options }) =>
    kind === 'start' && options['of'] === name ? [options['shows'] as object] : [],
  );
  const text = context.part('resources')[name];
  return Object.assign(blank, text?.['start'], text?.['sample'], ...starts);
}
