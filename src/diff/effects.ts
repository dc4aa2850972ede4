// What the changes do to a contract and to records: which rules and operations speak of what changed, what the
// contract names that the new document lacks, and which records no longer fit.

import { checkNames } from '../contract/check-names.ts';
import { type Contract, fieldNames, type Resource } from '../contract/contract.ts';
import { countText, type Kept, misfitsOf } from '../contract/fit.ts';
import { readYaml } from '../contract/positions.ts';
import type { Finding } from '../model/finding.ts';
import { isObject, type Json } from '../model/json.ts';
import { pointerKeys } from '../model/pointer.ts';
import type { Kind } from '../rules/kind.ts';
import { SCHEMA_NAME } from '../schema/named.ts';
import type { Spec } from '../spec/spec.ts';
import type { Change } from './change.ts';

export interface Effect {
  readonly on: 'rule' | 'operation' | 'resource' | 'contract' | 'fixture' | 'stored';
  /** The rule's id, the operation's, the resource's name. */
  readonly name: string;
  /** One sentence without its stop. */
  readonly says: string;
  /** `note` where nothing is wrong with it, such as a field that is kept and no longer shown. */
  readonly level: 'broken' | 'note';
  readonly place?: Finding['place'];
  readonly ids?: readonly string[];
}

/** Rows by resource, and what they are: the fixture, or what a data folder holds. */
export interface Rows {
  readonly on: 'fixture' | 'stored';
  readonly file: string;
  readonly rows: ReadonlyMap<string, readonly Kept[]>;
}

/** The changes, each with what of the contract speaks of it. */
export function withTouches(changes: readonly Change[], contract: Contract): Change[] {
  return changes.map((change) => {
    const touches = touchedBy(change, contract);
    return touches.length === 0 ? change : { ...change, touches };
  });
}

function touchedBy({ operation, field, id }: Change, contract: Contract): string[] {
  const binding = contract.binding(operation);
  if (/rule|binding|resource/.test(id) || operation === '') return [];
  const owners = [operation, ...(binding === undefined ? [] : [binding.resource.name])];
  const words = field?.split(/[.[\]]+/).filter((word) => word !== '') ?? [];
  const rules = contract.rules.filter(({ options }) => {
    const texts = textsIn(options);
    const isOwn = texts.some((text) =>
      owners.some((owner) => text === owner || text.startsWith(`${owner}.`)),
    );
    if (words.length === 0) return texts.some((text) => text.split('.')[0] === operation);
    return isOwn && texts.some((text) => namesField(text, words.at(-1) ?? ''));
  });
  return [
    ...(binding === undefined ? [] : [`operation ${operation}`]),
    ...rules.map((rule) => `rule ${rule.id}`),
  ];
}

function textsIn(value: Json): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return isObject(value)
    ? Object.entries(value).flatMap(([key, child]) => [key, ...textsIn(child)])
    : [];
}

function namesField(text: string, field: string): boolean {
  return text.split(/[^\w-]+/).includes(field);
}

/** What the contract, in its own text, names that the document lacks. */
export function namesLost(
  text: string,
  file: string,
  spec: Spec,
  kinds: readonly Kind[],
): Effect[] {
  const yaml = readYaml(text, file);
  return checkNames(yaml, spec, kinds).map((finding) => {
    const [part = '', name = ''] = pointerKeys(finding.pointer ?? '');
    const { place } = finding;
    return {
      on: ON[part] ?? 'contract',
      name,
      level: 'broken',
      says: `${LOST[part] ?? 'the contract does not fit'}: ${finding.message.replace(/^rule \S+: /, '')}`,
      ...(place === undefined ? {} : { place }),
    };
  });
}

const ON: Readonly<Record<string, Effect['on']>> = {
  rules: 'rule',
  operations: 'operation',
  resources: 'resource',
};
const LOST: Readonly<Record<string, string>> = {
  rules: 'can no longer be kept or checked',
  operations: 'can no longer be played',
  resources: 'can no longer be kept',
};

/** The records that fitted the contract as it was and do not fit the new document. */
export function recordsLost(
  old: Contract,
  now: Contract | Spec,
  { on, file, rows }: Rows,
): Effect[] {
  return [...rows].flatMap(([name, kept]): Effect[] => {
    const before = old.resources.get(name);
    if (before === undefined || kept.length === 0) return [];
    const contract = 'resources' in now ? now : onto(old, now);
    const after = contract.resources.get(name);
    const ids = kept.map(({ id }) => id);
    if (after === undefined) {
      const says = `${countText(ids)} of ${file} would not be served: there is no ${name}`;
      return [{ on, name, level: 'broken', says, ids }];
    }
    const known = misfitsOf(old, before, kept, []).map(({ field, says }) => `${field} ${says}`);
    const gone = before.fields.filter((field) => !after.fields.includes(field));
    return misfitsOf(contract, after, kept, gone)
      .filter(({ field, says }) => !known.includes(`${field} ${says}`))
      .map((misfit) => {
        const what = misfit.says === undefined ? 'is kept and no longer shown' : misfit.says;
        const level = misfit.says === undefined ? 'note' : 'broken';
        return {
          on,
          name,
          level,
          says: `${misfit.field} ${what}: ${countText(misfit.ids)} of ${file}`,
          ids: misfit.ids,
        };
      });
  });
}

/** The contract with the schemas of another document; resources whose schema is not there are left out. */
function onto(contract: Contract, spec: Spec): Contract {
  const resources = [...contract.resources].flatMap(([name, resource]): [string, Resource][] => {
    const schema = spec.schema(String(resource.schema[SCHEMA_NAME]));
    return schema === undefined
      ? []
      : [[name, { ...resource, schema, fields: fieldNames(schema) }]];
  });
  return { ...contract, spec, resources: new Map(resources) };
}
