// Expressions: that every name in them stands for something, every field can be there, and every constant that a
// field is compared with is one that it can have.

import { joined } from '../contract/contract.ts';
import { type Read, readsOf } from '../contract/reads.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { didYouMean } from '../model/suggest.ts';
import type { Context } from './context.ts';
import { expressionsOf, type Located } from './expressions.ts';
import { mayHave, noSuchField, schemasAt, schemasOf } from './fields.ts';
import type { LintRule, Spot } from './rule.ts';

export const expressionNames: LintRule = {
  id: 'contract/expression-names',
  severity: 'error',
  says: 'An expression only uses names that it is given; another one never holds, and nothing tells.',
  mend: 'Use one of the names that are known at this place.',
  find: (context) =>
    expressionsOf(context).flatMap(({ path, text, names }) => {
      const unknown = readsOf(text).reads.filter(({ root }) => !Object.hasOwn(names, root));
      return [...new Set(unknown.map(({ root }) => root))].map((root) => ({
        message: `${about(path)}nothing here is called "${root}"${didYouMean(root, Object.keys(names), true)}`,
        path,
      }));
    }),
};

export const expressionFields: LintRule = {
  id: 'contract/expression-fields',
  severity: 'error',
  says: 'A field that an expression reads is one that the record can have; else the condition never holds.',
  mend: 'Correct the name of the field.',
  find: (context) =>
    expressionsOf(context).flatMap((located) => {
      const missing = readsOf(located.text).reads.flatMap((read) =>
        missingField(context, located, read),
      );
      return [...new Set(missing)].map((message) => ({
        message: about(located.path) + message,
        path: located.path,
      }));
    }),
};

function missingField(context: Context, { names }: Located, { root, path }: Read): string[] {
  const meaning = names[root];
  if (meaning === undefined || meaning === null || path === '') return [];
  const field = joined(meaning.at, path);
  return mayHave(context, meaning.resource, field)
    ? []
    : [noSuchField(context, meaning.resource, field)];
}

export const comparedValues: LintRule = {
  id: 'contract/state-exists',
  severity: 'error',
  says: 'A constant that a field is compared with is one of its values; no record is ever in another state.',
  mend: "Use one of the values of the field's enum.",
  find: (context) =>
    expressionsOf(context).flatMap(({ path, text, names }) =>
      readsOf(text).comparisons.flatMap(({ root, path: field, value }): Spot[] => {
        const meaning = names[root];
        if (meaning === undefined || meaning === null || field === '') return [];
        const known = enumOf(context, meaning.resource.name, joined(meaning.at, field));
        if (known === undefined || value === '' || known.includes(value)) return [];
        const word = `${root}.${field} is never ${JSON.stringify(value)}`;
        return [
          {
            message: about(path) + word + didYouMean(String(value), known.map(String), true),
            path,
          },
        ];
      }),
    ),
};

/** The values that the field can have; undefined where some schema of the field leaves that open. */
function enumOf(context: Context, resource: string, field: string): Json[] | undefined {
  const { contract } = context;
  const schemas = schemasOf(contract, contract.resource(resource)).flatMap((schema) =>
    schemasAt(schema, field),
  );
  const values = schemas.map(valuesOf);
  if (schemas.length === 0 || values.some((one) => one === undefined)) return undefined;
  return values.flatMap((one) => one ?? []);
}

/** The values that a schema leaves; undefined where it leaves more than it lists. */
function valuesOf(schema: JsonObject): Json[] | undefined {
  if (schema['const'] !== undefined) return [schema['const']];
  if (Array.isArray(schema['enum'])) return [...schema['enum']];
  if (schema['type'] === 'null') return [null];
  const all = ((schema['allOf'] ?? []) as JsonObject[]).map(valuesOf);
  const one = all.find((values) => values !== undefined);
  if (one !== undefined) return one;
  const union = [
    ...((schema['oneOf'] ?? []) as JsonObject[]),
    ...((schema['anyOf'] ?? []) as JsonObject[]),
  ];
  const members = union.map(valuesOf);
  if (members.length === 0 || members.some((values) => values === undefined)) return undefined;
  return members.flatMap((values) => values ?? []);
}

/** `rule group.live: `, for what stands in a rule. */
function about(path: readonly (string | number)[]): string {
  return path[0] === 'rules' ? `rule ${path[1]}: ` : '';
}
