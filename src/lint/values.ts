// Values against schemas: what the contract sets, shows or refers to fits the fields that hold it, and what it
// asks of a body is neither impossible nor said already.

import {
  type Binding,
  type Contract,
  type Resource,
  requiredFields,
  splitPath,
} from '../contract/contract.ts';
import type { Path } from '../contract/positions.ts';
import { isObject, type Json, type JsonObject } from '../model/json.ts';
import type { Context } from './context.ts';
import { schemasAt, schemasOf, typesIn } from './fields.ts';
import { atRule, type LintRule, type Spot } from './rule.ts';

interface Constant {
  readonly resource: Resource;
  readonly field: string;
  readonly value: Json;
  readonly path: Path;
}

export const constantsFit: LintRule = {
  id: 'contract/constants-fit',
  severity: 'error',
  says: 'A constant that is set, shown or taken as a default fits the schema of its field: there is such a state.',
  mend: 'Use a value that the schema of the field allows.',
  find: (context) =>
    constantsOf(context).flatMap(({ resource, field, value, path }) => {
      const faults = misfits(context, resource, field, value);
      if (faults === undefined) return [];
      const owner = path[0] === 'rules' ? `rule ${path[1]}: ` : '';
      const message = `${owner}${resource.name}.${field} can't be ${JSON.stringify(value)}: it ${faults}`;
      return [{ message, path }];
    }),
};

/** What is wrong with the value, where every schema of the field refuses it; else undefined. */
function misfits(context: Context, resource: Resource, field: string, value: Json) {
  const { contract } = context;
  const schemas = schemasOf(contract, resource).flatMap((schema) => schemasAt(schema, field));
  const faults = schemas.map((schema) => contract.spec.schemas.validator(schema)(value)[0]);
  return faults.every((fault) => fault !== undefined) ? faults[0]?.says : undefined;
}

function constantsOf(context: Context): Constant[] {
  const { contract } = context;
  const resources = Object.entries(context.part('resources')).flatMap(([name, text]) =>
    ['start', 'touch'].flatMap((key) =>
      fieldsIn(contract.resource(name), text[key], ['resources', name, key]),
    ),
  );
  const operations = contract.bindings.flatMap(({ operation: { id }, resource }) =>
    fieldsIn(resource, context.part('operations')[id]?.['set'], ['operations', id, 'set']),
  );
  const rules = contract.rules.flatMap(({ id, kind, options }) => {
    if (kind === 'start' || kind === 'on-delete') {
      const resource = contract.resource(String(options['of']));
      return fieldsIn(resource, options['shows'], ['rules', id, kind, 'shows']);
    }
    const [owner, field] = splitPath(String(options['at']));
    const resource = contract.resources.get(owner);
    if (kind !== 'default' || resource === undefined) return [];
    return constant(resource, field, options['to'], ['rules', id, kind, 'to']);
  });
  return [...resources, ...operations, ...rules];
}

function fieldsIn(resource: Resource, value: Json | undefined, path: Path): Constant[] {
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([field, one]) =>
    constant(resource, field, one, [...path, field]),
  );
}

/** Nothing for what holds an expression: its value is not known here. */
function constant(
  resource: Resource,
  field: string,
  value: Json | undefined,
  path: Path,
): Constant[] {
  if (value === undefined || value === null || JSON.stringify(value).includes('"=')) return [];
  return [{ resource, field, value, path }];
}

export const defaultPossible: LintRule = {
  id: 'contract/default-possible',
  severity: 'error',
  says: 'A field with a default can be left out: no create requires it.',
  mend: 'Take the field out of `required`, or the default out of the contract.',
  find: ({ contract }) =>
    contract.rules.flatMap(({ id, kind, options }): Spot[] => {
      if (kind !== 'default' || !(options['for'] as Json[]).includes('absent')) return [];
      const [owner, field] = splitPath(String(options['at']));
      const creates = contract.bindings.filter(
        ({ verb, resource, body }) =>
          verb === 'create' && resource.name === owner && body !== undefined,
      );
      const needing = creates.filter((binding) => needs(contract, binding, field));
      if (creates.length === 0 || needing.length < creates.length) return [];
      return [atRule(id, `${needing[0]?.operation.id} requires ${field}`, kind, 'at')];
    }),
};

function needs(contract: Contract, { body, operation }: Binding, field: string): boolean {
  const stated = contract.rules.flatMap(({ kind, options }) => {
    const here = kind === 'value' && ([options['at']].flat() as string[]).includes(operation.id);
    return here ? requiredFields(options['is'] as JsonObject) : [];
  });
  return [...requiredFields(body), ...stated].includes(field);
}

const PLAIN = ['string', 'number', 'integer', 'boolean'];

export const uniquePlain: LintRule = {
  id: 'contract/unique-plain',
  severity: 'error',
  says: 'A value that must be unique is plain text, a number or a boolean; lists and objects are never equal.',
  mend: 'Name a plain field inside it.',
  find: ({ contract }) =>
    contract.rules.flatMap(({ id, kind, options }): Spot[] => {
      if (kind !== 'unique') return [];
      const resource = contract.resource(String(options['of']));
      const types = typesOf(contract, resource, String(options['by']));
      if (types.length === 0 || types.some((type) => PLAIN.includes(type))) return [];
      return [atRule(id, `${options['by']} is ${types.join(' or ')}`, kind, 'by')];
    }),
};

export const referenceFits: LintRule = {
  id: 'contract/reference-fits',
  severity: 'error',
  says: 'A field that refers to a record can hold its id: their types have one in common.',
  mend: 'Name the field that holds the id, or the resource that it is an id of.',
  find: ({ contract }) =>
    contract.rules.flatMap(({ id, kind, options }): Spot[] => {
      const [owner, field] = splitPath(String(options['from']));
      const from = contract.resources.get(owner);
      if (kind !== 'reference' || from === undefined) return [];
      const to = contract.resource(String(options['to']));
      const here = typesOf(contract, from, field);
      const there = typesOf(contract, to, to.key);
      if (here.length === 0 || there.length === 0 || here.some((type) => there.includes(type)))
        return [];
      const message = `${options['from']} is ${here.join(' or ')}, an id of ${to.name} is ${there.join(' or ')}`;
      return [atRule(id, message, kind, 'from')];
    }),
};

/** The types that a field of the record can have, null aside; empty where some schema leaves that open. */
function typesOf(contract: Contract, resource: Resource, field: string): string[] {
  const schemas = schemasOf(contract, resource).flatMap((schema) => schemasAt(schema, field));
  const types = schemas.map(typesIn);
  if (types.some((one) => one === undefined)) return [];
  return [...new Set(types.flatMap((one) => one ?? []))].filter((type) => type !== 'null');
}
