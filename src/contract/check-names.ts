// A contract's text against its spec: does everything that it names exist? Gives findings, all of them; knows
// the names' meaning only by the `format` of each string.

import type { Finding } from '../model/finding.ts';
import { isObject, type Json, type JsonObject } from '../model/json.ts';
import type { Schema } from '../schema/validate.ts';
import { recordContent } from '../spec/contents.ts';
import type { Spec } from '../spec/spec.ts';
import { fieldSchema } from './contract.ts';
import { compileExpression } from './expression.ts';
import { contractSchema, type KindShape } from './format.ts';
import { found } from './found.ts';
import { CHECKS, firstLine, type Names, unknownOperation } from './names.ts';
import type { Path, YamlText } from './positions.ts';

/** Everything the contract names that the spec, or the contract itself, does not have. */
export function checkNames(yaml: YamlText, spec: Spec, kinds: readonly KindShape[]): Finding[] {
  const text = yaml.value as JsonObject;
  const resources = Object.fromEntries(
    Object.entries(text['resources'] as JsonObject).map(([name, resource]) => [
      name,
      String((resource as JsonObject)['schema']),
    ]),
  );
  const errors = Object.keys(text['errors'] as JsonObject).filter(
    (n) => n !== 'body' && n !== 'type',
  );
  const names: Names = { spec, resources, errors, beside: schemasOf(text, spec) };
  const mistakes: Finding[] = [];
  const report = (path: Path, message: string) => {
    const owner = path[0] === 'rules' ? `rule ${path[1]}: ` : '';
    mistakes.push(found(yaml, path, 'contract/names', owner + message));
  };
  walk(contractSchema(kinds) as JsonObject, text, [], undefined, (format, value, path, beside) => {
    const message = CHECKS[format]?.(value, names, beside);
    if (message !== undefined) report(path, message);
  });
  for (const id of Object.keys(text['operations'] as JsonObject)) {
    const message = unknownOperation(id, names);
    if (message !== undefined) report(['operations', id], message);
  }
  everyExpression(text, [], report);
  return mistakes;
}

function schemasOf(text: JsonObject, spec: Spec): Names['beside'] {
  const schemas = new Map<string, Schema[]>();
  for (const [id, does] of Object.entries(text['operations'] as JsonObject)) {
    const { create, update, list, read, each, show } = does as JsonObject;
    const resource = String(create ?? update ?? list ?? read ?? '');
    const sent = spec.operations.find((item) => item.id === id)?.body?.contents;
    const body = recordContent(sent);
    const record = each === undefined ? body : fieldSchema(body ?? true, `${each}[]`);
    const shown = typeof show === 'string' ? spec.schema(show) : undefined;
    const writes = create !== undefined || update !== undefined;
    const own = [...(writes && record !== undefined ? [record] : []), ...(shown ? [shown] : [])];
    schemas.set(resource, [...(schemas.get(resource) ?? []), ...own]);
  }
  return schemas;
}

type Visit = (format: string, value: string, path: Path, beside: JsonObject | undefined) => void;

/** Visits every string of the value that its schema gives a `format`. */
function walk(
  schema: Schema,
  value: Json,
  path: Path,
  beside: JsonObject | undefined,
  visit: Visit,
) {
  if (typeof schema !== 'object') return;
  if (typeof value === 'string' && typeof schema['format'] === 'string') {
    visit(schema['format'], value, path, beside);
  }
  for (const part of [
    ...list(schema['anyOf']),
    ...list(schema['oneOf']),
    ...list(schema['allOf']),
  ]) {
    walk(part, value, path, beside, visit);
  }
  if (Array.isArray(value)) {
    value.forEach((item: Json, i: number) => {
      walk((schema['items'] ?? true) as Schema, item, [...path, i], beside, visit);
    });
  } else if (isObject(value)) {
    const properties = (schema['properties'] ?? {}) as JsonObject;
    for (const [key, child] of Object.entries(value)) {
      const known = properties[key] ?? schema['additionalProperties'] ?? true;
      walk(known as Schema, child, [...path, key], value, visit);
    }
  }
}

function list(value: Json | undefined): Schema[] {
  return (Array.isArray(value) ? value : []) as Schema[];
}

function everyExpression(value: Json, path: Path, report: (path: Path, message: string) => void) {
  if (typeof value === 'string' && value.startsWith('=')) {
    try {
      compileExpression(value.slice(1));
    } catch (error) {
      report(path, `"${value}" is no CEL expression: ${firstLine(error)}`);
    }
  } else if (Array.isArray(value)) {
    value.forEach((item: Json, i: number) => {
      everyExpression(item, [...path, i], report);
    });
  } else if (isObject(value)) {
    for (const [key, child] of Object.entries(value))
      everyExpression(child, [...path, key], report);
  }
}
