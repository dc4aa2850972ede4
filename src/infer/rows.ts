// The first records: those that the document gives as examples of an answer.

import { fieldSchema, OWNER, PLACE } from '../contract/contract.ts';
import { isObject, type Json, type JsonObject, valuesAt } from '../model/json.ts';
import type { Spec } from '../spec/spec.ts';
import { typesOf } from '../spec/styles.ts';
import type { Bindings } from './bindings.ts';
import { boundTo } from './bound.ts';
import { answerExamples, givesExamples, schemaExamples } from './document.ts';
import type { Found } from './guess.ts';
import { listIn, recordIn, successBody } from './shapes.ts';

/** Of one resource. */
const MOST_ROWS = 50;

/** By resource: rows with an id each; resources without examples have none. */
export function rowsOf(
  spec: Spec,
  resources: ReadonlyMap<string, Found>,
  bindings: Bindings,
): Map<string, JsonObject[]> {
  return owned(examplesAsRows(spec, resources, bindings), resources);
}

function examplesAsRows(
  spec: Spec,
  resources: ReadonlyMap<string, Found>,
  bindings: Bindings,
): Map<string, JsonObject[]> {
  const rows = new Map<string, JsonObject[]>();
  if (!givesExamples(spec)) return rows;
  for (const found of resources.values()) {
    const known = new Map<string, JsonObject>();
    for (const example of examplesOf(spec, found, bindings)) {
      if (!isObject(example) || known.size >= (found.single ? 1 : MOST_ROWS)) continue;
      const row = asRow(found, example);
      if (row !== undefined && !known.has(String(row[found.key])))
        known.set(String(row[found.key]), row);
    }
    if (known.size > 0) rows.set(found.name, [...known.values()]);
  }
  return rows;
}

function examplesOf(spec: Spec, { name, place, record }: Found, bindings: Bindings): Json[] {
  const own = boundTo(name, bindings);
  const of = (verbs: readonly string[]) => own.filter(({ verb }) => verbs.includes(verb));
  const single = of(['read', 'create', 'update']).flatMap(({ operation }) => {
    const keys = recordIn(successBody(operation), place.noun)?.keys ?? [];
    return answerExamples(spec, operation).flatMap((one) => valuesAt(one, keys.join('.')));
  });
  const listed = of(['list']).flatMap(({ operation }) => {
    const keys = listIn(successBody(operation), place.noun)?.keys ?? [];
    return answerExamples(spec, operation).flatMap((one) => {
      const [entries] = valuesAt(one, keys.join('.'));
      return Array.isArray(entries) ? (entries as Json[]) : [];
    });
  });
  const reads = of(['read']).length > 0;
  return [...(reads ? single : []), ...listed, ...schemaExamples(record.schema)];
}

/** As the example has it: what is missing or wrong is put right when it is shown, for that takes a validator. */
function asRow({ key, record, single, name }: Found, example: JsonObject): JsonObject | undefined {
  const id = example[key] ?? (single ? name : undefined);
  if ((typeof id !== 'string' && typeof id !== 'number') || id === '') return undefined;
  const schema = fieldSchema(record.schema, key);
  const isText = schema === undefined || typesOf(schema).includes('string');
  return { ...example, [key]: isText ? String(id) : id };
}

/** The rows with what they are parts of: the first example of that. */
function owned(
  rows: ReadonlyMap<string, readonly JsonObject[]>,
  resources: ReadonlyMap<string, Found>,
): Map<string, JsonObject[]> {
  const keyed = (name: string) => {
    const [first] = rows.get(name) ?? [];
    const key = resources.get(name)?.key ?? 'id';
    return first === undefined ? undefined : String(first[key]);
  };
  const isWhole = (name: string | undefined): boolean =>
    name === undefined || (rows.has(name) && isWhole(resources.get(name)?.owner));
  return new Map(
    [...rows].flatMap(([name, own]): [string, JsonObject[]][] => {
      const owner = resources.get(name)?.owner;
      if (owner === undefined) return [[name, [...own]]];
      const id = keyed(owner);
      if (id === undefined || !isWhole(owner)) return [];
      return [[name, own.map((row, i) => ({ ...row, [OWNER]: id, [PLACE]: i + 1 }))]];
    }),
  );
}
