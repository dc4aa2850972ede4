// A contract's text against its spec: does it have the right shape, and does everything it names exist?
// Gives findings, all of them; knows the names' meaning only by the `format` of each string.

import type { Finding } from '../model/finding.ts';
import { isObject, type Json, type JsonObject } from '../model/json.ts';
import { pointer } from '../model/pointer.ts';
import { didYouMean } from '../model/suggest.ts';
import { type Schema, Schemas } from '../schema/validate.ts';
import { recordContent } from '../spec/contents.ts';
import type { Spec } from '../spec/spec.ts';
import { fieldNames, fieldSchema, joined, splitPath } from './contract.ts';
import { compileExpression } from './expression.ts';
import { contractSchema, type KindShape } from './format.ts';
import type { Path, YamlText } from './positions.ts';

interface Names {
  readonly spec: Spec;
  readonly resources: Readonly<Record<string, string>>;
  readonly errors: readonly string[];
  /** Resource -> the bodies that write one (what they hold may be kept without being shown), and what else is shown of it. */
  readonly beside: ReadonlyMap<string, readonly Schema[]>;
}

/** Everything wrong with the contract's shape; names are only worth checking when this is empty. */
export function checkShape(yaml: YamlText, kinds: readonly KindShape[]): Finding[] {
  const validate = new Schemas().validator(contractSchema(kinds) as JsonObject);
  const unknownKinds = checkKindNames(yaml, kinds);
  if (unknownKinds.length > 0) return unknownKinds;
  return validate(yaml.value).map((fault) => {
    const path = fault.field.split(/[.[\]]+/).filter((key) => key !== '');
    return found(
      yaml,
      rulePath(yaml.value, fault.field) ?? path,
      'contract/shape',
      sayFault(fault),
    );
  });
}

function sayFault(fault: { field: string; says: string }): string {
  return fault.field === '' ? fault.says : `${fault.field} ${fault.says}`;
}

/** Rule ids hold dots, so a dotted field of the rules part is split with the known ids at hand. */
function rulePath(value: unknown, field: string): Path | undefined {
  if (!isObject(value) || !isObject(value['rules'])) return undefined;
  const id = Object.keys(value['rules']).find((key) => field.startsWith(`rules.${key}`));
  if (id === undefined) return undefined;
  const rest = field.slice(`rules.${id}`.length).split(/[.[\]]+/);
  return ['rules', id, ...rest.filter((key) => key !== '')];
}

/** A rule's unknown key, said with the nearest known one: ajv alone would list every alternative. */
function checkKindNames(yaml: YamlText, kinds: readonly KindShape[]): Finding[] {
  const names = kinds.map((kind) => kind.name);
  const heads = ['says', 'documented', 'observed', 'assumed', 'protocol', 'refuse', 'examples'];
  const known = [...heads, 'profiles', ...names];
  const rules = isObject(yaml.value) ? yaml.value['rules'] : undefined;
  return Object.entries(isObject(rules) ? rules : {}).flatMap(([id, rule]) => {
    if (!isObject(rule)) return [];
    const unknown = Object.keys(rule).filter((key) => !known.includes(key));
    const mistakes = unknown.map((key) =>
      found(
        yaml,
        ['rules', id, key],
        'contract/shape',
        `rule ${id}: "${key}" is neither a key of a rule nor a kind${didYouMean(key, known)}`,
      ),
    );
    const kindsUsed = names.filter((name) => name in rule).length;
    if (unknown.length === 0 && kindsUsed !== 1) {
      const says = kindsUsed === 0 ? 'has no kind' : 'has more than one kind';
      mistakes.push(
        found(yaml, ['rules', id], 'contract/shape', `rule ${id}: ${says} (${names.join(', ')})`),
      );
    }
    return mistakes;
  });
}

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

export function found(yaml: YamlText, path: Path, check: string, message: string): Finding {
  const known = existing(yaml.value, path);
  return {
    check,
    severity: 'error',
    message,
    place: yaml.place(path),
    pointer: pointer(...known),
  };
}

/** As much of the path as there is. */
export function existing(value: unknown, path: Path): Path {
  const [head, ...rest] = path;
  if (head === undefined || typeof value !== 'object' || value === null) return [];
  if (!Object.hasOwn(value, head)) return [];
  return [head, ...existing((value as Record<string, unknown>)[head], rest)];
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

const CHECKS: Record<
  string,
  (value: string, names: Names, beside: JsonObject | undefined) => string | undefined
> = {
  resource: (value, { resources }) =>
    value in resources ? undefined : unknown('resource', value, Object.keys(resources)),
  error: (value, { errors }) =>
    errors.includes(value) ? undefined : unknown('error', value, errors),
  schema: (value, { spec }) =>
    spec.schema(value) ? undefined : unknown('schema', value, spec.schemaNames()),
  operation: unknownOperation,
  field(value, names, beside) {
    const owners = [beside?.['of'] ?? []].flat() as string[];
    const field = joined(typeof beside?.['at'] === 'string' ? beside['at'] : '', value);
    return owners.map((of) => unknownField(of, field, names)).find((message) => message);
  },
  path(value, names) {
    const [resource, field] = splitPath(value);
    const operation = names.spec.operations.find(({ id }) => id === resource);
    if (operation !== undefined) {
      const known = operation.parameters.map(({ name }) => name);
      return known.includes(field) ? undefined : unknown('parameter', field, known);
    }
    return CHECKS['resource']?.(resource, names, undefined) ?? unknownField(resource, field, names);
  },
  place: unknownPlace,
  cel(value) {
    try {
      compileExpression(value);
      return undefined;
    } catch (error) {
      return `"${value}" is no CEL expression: ${firstLine(error)}`;
    }
  },
};

function unknownOperation(id: string, { spec }: Names): string | undefined {
  const ids = spec.operations.map((operation) => operation.id);
  return ids.includes(id) ? undefined : unknown('operation', id, ids);
}

function unknownField(resource: string, field: string, { spec, resources, beside }: Names) {
  const name = resources[resource];
  const known = beside.get(resource) ?? [];
  if (field !== '' && known.some((one) => fieldSchema(one, field) !== undefined)) return undefined;
  const schema = name === undefined ? undefined : spec.schema(name);
  if (schema === undefined || field === '') return undefined;
  return missingField(schema, field, String(name));
}

function missingField(schema: JsonObject, field: string, owner: string): string | undefined {
  if (fieldSchema(schema, field) !== undefined) return undefined;
  return `field "${field}" is not in ${owner}${didYouMean(field, fieldNames(schema))}`;
}

function unknownPlace(value: string, names: Names): string | undefined {
  const { spec, resources } = names;
  const [owner, field] = splitPath(value);
  if (owner.startsWith('#')) {
    const schema = spec.schema(owner.slice(1));
    if (schema === undefined) return unknown('schema', owner.slice(1), spec.schemaNames());
    return field === '' ? undefined : missingField(schema, field, owner);
  }
  if (owner in resources) return unknownField(owner, field, names);
  const operation = spec.operations.find(({ id }) => id === owner);
  if (operation === undefined) {
    const known = [...spec.operations.map(({ id }) => id), ...Object.keys(resources)];
    return unknown('operation or resource', owner, known);
  }
  const body = recordContent(operation.body?.contents);
  if (field === '' || typeof body !== 'object') return undefined;
  return missingField(body, field, `the body of ${owner}`);
}

function unknown(what: string, word: string, known: readonly string[]): string {
  return `unknown ${what} "${word}"${didYouMean(word, known, true)}`;
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

function firstLine(error: unknown): string {
  return (error as Error).message.split('\n')[0] ?? '';
}
