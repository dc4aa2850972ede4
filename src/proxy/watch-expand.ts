// What is expanded equals what is read: judged where two reads of the record that agree stand around the answer.

import {
  type Contract,
  fieldNames,
  fieldSchema,
  type Resource,
  type Rule,
  splitPath,
} from '../contract/contract.ts';
import { isObject, type Json, type JsonObject, sameJson } from '../model/json.ts';
import type { Options } from '../rules/expand/options.ts';
import { referredBy } from '../rules/relations.ts';
import { type Basis, basisOf } from '../spec/spec.ts';
import {
  type Heard,
  isBefore,
  isUnchanged,
  type Judged,
  keyOf,
  type Showing,
  type Watcher,
} from './heard.ts';
import { Recent } from './recent.ts';
import type { Writes } from './writes.ts';

interface Suspicion {
  readonly before: Showing;
  readonly heard: Heard;
  readonly reason: string;
}

/** Listens for one rule; undefined where no rule says what the field refers to. */
export function watchExpand(
  { options }: Rule<Options>,
  contract: Contract,
  bases: readonly Basis[],
  writes: Writes,
): Watcher | undefined {
  const [owner, field] = splitPath(options.at);
  const to = referredBy(contract, options.at);
  if (to === undefined) return undefined;
  const target = contract.resource(to);
  const reads = new Recent<Showing>();
  const suspicions = new Recent<Suspicion>();

  const ofOwner = (heard: Heard, { record, shown }: Showing): Judged[] => {
    const embedded = record[options.into] ?? null;
    const id = record[field];
    if (!isAsked(heard, options)) {
      if (embedded === null) return [];
      return [broken(`${options.into} is there, and nobody asked for it`, heard)];
    }
    if (typeof id !== 'string' || id === '') return [];
    const inside = isObject(embedded) ? embedded : {};
    const named = inside[target.key] ?? id;
    if (named !== id) return [broken(`${field} is ${id}, ${options.into} is ${named}`, heard)];
    const key = keyOf(heard.caller, to, id);
    const before = reads.get(key);
    if (before === undefined || !isBefore(before.heard, heard)) return [];
    const schema = fieldSchema(shown, options.into);
    const other = differing(contract, target, schema, bases, before.record, inside);
    if (other === undefined) return [{}];
    const reason = `${options.into}.${other} is ${told(inside[other])}, read is ${told(before.record[other])}`;
    suspicions.set(key, { before, heard, reason });
    return [];
  };

  const ofTarget = (heard: Heard, showing: Showing): Judged[] => {
    const key = keyOf(heard.caller, to, showing.id);
    const suspicion = suspicions.get(key);
    reads.set(key, showing);
    if (suspicion === undefined || !isBefore(suspicion.heard, heard)) return [];
    suspicions.delete(key);
    const { before, heard: between, reason } = suspicion;
    const isSame = isUnchanged(before, showing);
    if (!isSame || !writes.isQuiet(before.heard.began, heard.ended)) return [];
    const exchanges = [before.heard.exchange, between.exchange, heard.exchange];
    return [{ reason, exchanges }];
  };

  return {
    hear: (heard, showings) => {
      const { verb, resource } = heard.binding;
      if (verb !== 'read' && verb !== 'list') return [];
      return showings.flatMap((showing) => [
        ...(resource.name === to && verb === 'read' ? ofTarget(heard, showing) : []),
        ...(resource.name === owner ? ofOwner(heard, showing) : []),
      ]);
    },
  };
}

function broken(reason: string, { exchange }: Heard): Judged {
  return { reason, exchanges: [exchange] };
}

function isAsked({ binding, exchange, input }: Heard, options: Options): boolean {
  const { id } = binding.operation;
  if (options.always?.includes(id)) return true;
  if (!options.by.includes(id)) return false;
  const texts = [...(exchange.request.query.get(options.param) ?? []), input[options.param] ?? []];
  return texts
    .flat()
    .flatMap((text) => String(text).split(','))
    .some((word) => word.trim() === options.name);
}

/** The first documented field that both forms have and that is not the same. */
function differing(
  contract: Contract,
  target: Resource,
  embeddedAs: JsonObject | undefined,
  bases: readonly Basis[],
  read: JsonObject,
  embedded: JsonObject,
): string | undefined {
  const partial = new Set(
    contract.rules.flatMap(({ kind, options: { at, by, into } }) =>
      kind === 'filled' && by !== undefined
        ? [String(at)]
        : kind === 'expand'
          ? [`${splitPath(String(at))[0]}.${into}`]
          : [],
    ),
  );
  return fieldNames(embeddedAs).find((field) => {
    const schema = fieldSchema(target.schema, field);
    if (schema === undefined || !bases.includes(basisOf(schema))) return false;
    if (partial.has(`${target.name}.${field}`) || target.parts.has(field)) return false;
    if (!Object.hasOwn(read, field)) return false;
    return !sameJson(read[field], embedded[field] ?? null);
  });
}

/** A value, short enough for a line. */
function told(value: Json | undefined): string {
  const text = JSON.stringify(value ?? null);
  return text.length > 80 ? `${text.slice(0, 80)}...` : text;
}
