// What an accepted write answers: the defaults of what was left out, and what was sent.

import {
  type Binding,
  type Contract,
  fieldSchema,
  type Rule,
  splitPath,
} from '../contract/contract.ts';
import { isObject, type Json, sameJson } from '../model/json.ts';
import type { Options as Default } from '../rules/default/options.ts';
import type { Options as Kept } from '../rules/kept/options.ts';
import { type Basis, basisOf } from '../spec/spec.ts';
import type { Heard, Judged, Showing, Watcher } from './heard.ts';
import type { Writes } from './writes.ts';

/** Listens for one rule; undefined where the field is not one of the record itself, or the value is worked out. */
export function watchDefault({ options }: Rule<Default>, contract: Contract): Watcher | undefined {
  const [owner, field] = splitPath(options.at);
  const to = options.to as Json;
  const isWorkedOut = typeof to === 'string' && to.startsWith('=');
  if (!contract.resources.has(owner) || /[.[]/.test(field) || isWorkedOut) return undefined;
  return {
    hear: (heard, showings) => {
      const { verb, resource } = heard.binding;
      const [showing] = showings;
      if (verb !== 'create' || resource.name !== owner || showing === undefined) return [];
      const isAbsent = !Object.hasOwn(heard.input, field);
      const isNull = heard.input[field] === null;
      const counts =
        (isAbsent && options.for.includes('absent')) || (isNull && options.for.includes('as-null'));
      // An answer may leave out what it does not want to show; a value that it shows is the record's.
      if (!counts || !Object.hasOwn(showing.record, field)) return [];
      const value = showing.record[field] ?? null;
      if (sameJson(value, to)) return [{}];
      const reason = `${field} was ${isAbsent ? 'left out' : 'null'}, and is ${JSON.stringify(value)}, not ${JSON.stringify(to)}`;
      return [{ reason, exchanges: [heard.exchange] }];
    },
  };
}

/** Listens for one rule: a plain value that was sent in a field is shown by the answer to that very write. */
export function watchKept(
  { options }: Rule<Kept>,
  contract: Contract,
  bases: readonly Basis[],
  writes: Writes,
): Watcher {
  return {
    hear: (heard, showings) => {
      const { binding } = heard;
      const [showing] = showings;
      const isWrite = binding.verb === 'create' || binding.verb === 'update';
      const isOwn = isWrite && options.of.includes(binding.resource.name);
      // What the operation writes by itself may be any of the fields.
      if (showing === undefined || !isOwn || binding.set !== undefined) return [];
      // Nobody else knows a record that is being made; one that is changed may be changed by others too.
      const isAlone = writes.isQuiet(heard.began, heard.ended, heard.began);
      if (binding.verb === 'update' && !isAlone) return [];
      return judged(heard, showing, (field) => isKept(options, contract, binding, bases, field));
    },
  };
}

function judged(heard: Heard, { record }: Showing, isJudged: (field: string) => boolean): Judged[] {
  const sent = Object.entries(heard.input).filter(
    ([field, value]) => isPlain(value) && Object.hasOwn(record, field) && isJudged(field),
  );
  const lost = sent.find(([field, value]) => !sameJson(record[field], value));
  if (lost === undefined) return sent.length === 0 ? [] : [{}];
  const [field, value] = lost;
  const shown = JSON.stringify(record[field] ?? null);
  const reason = `${field} was sent as ${JSON.stringify(value)}, and is ${shown}`;
  return [{ reason, exchanges: [heard.exchange] }];
}

/** An empty text often means that there shall be none. */
function isPlain(value: Json | undefined): boolean {
  return value !== '' && value !== null && !isObject(value) && !Array.isArray(value);
}

/** Whether the field is documented in both directions, in one form, and no other rule speaks of it. */
function isKept(
  { except = [] }: Kept,
  contract: Contract,
  { resource, shown, body, operation }: Binding,
  bases: readonly Basis[],
  field: string,
): boolean {
  const path = `${resource.name}.${field}`;
  const schema = fieldSchema(shown, field);
  const sentAs = fieldSchema(body ?? true, field);
  if (schema === undefined || sentAs === undefined || except.includes(path)) return false;
  if (!bases.includes(basisOf(schema)) || !bases.includes(basisOf(sentAs))) return false;
  if (schema['format'] !== undefined || sentAs['format'] !== undefined) return false;
  if (!sameJson(typesOf(schema['type']), typesOf(sentAs['type']))) return false;
  if (sentAs['writeOnly'] === true || resource.parts.has(field)) return false;
  return !contract.rules.some(({ kind, options }) => {
    if (kind === 'default' || kind === 'value' || kind === 'unique') return false;
    if (kind === 'start') {
      return options['of'] === resource.name && Object.hasOwn(options['shows'] as object, field);
    }
    const { at, fields = [] } = options as { at?: unknown; fields?: unknown };
    const places = [at].flat().map(String);
    const isNamed = Array.isArray(fields) && fields.includes(field);
    return (
      places.includes(path) ||
      places.includes(`${operation.id}.${field}`) ||
      (isNamed && (places.includes(operation.id) || places.includes(resource.name)))
    );
  });
}

function typesOf(type: Json | undefined): Json[] {
  return [type ?? []].flat().filter((one) => one !== 'null') as Json[];
}
