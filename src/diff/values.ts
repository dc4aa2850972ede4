// Two schemas of one value: its types, listed values, limits, pattern, format and default.

import { sameJson } from '../model/json.ts';
import { type At, type Changes, valuesText } from './change.ts';
import type { View } from './view.ts';

/** What is compared: prefix of the ids, where it stands, and how messages name it. */
export interface Subject {
  readonly prefix: 'parameter' | 'request' | 'response';
  readonly at: At;
  readonly name: string;
}

/** Tells how the value changed. False when its type did so that nothing inside can be compared. */
export function compareValues(old: View, now: View, subject: Subject, changes: Changes): boolean {
  const { prefix, at, name } = subject;
  const tell = (word: string, message: string) =>
    changes.add(`${prefix}-${word}`, at, `${name} ${message}`);
  const typed = typeChange(old, now);
  if (typed !== undefined) {
    tell(`type-${typed}`, `was ${typesText(old)}, and is ${typesText(now)}`);
    if (typed === 'changed' || old.types === undefined || now.types === undefined) return false;
  }
  if (isClosed(old) && isClosed(now) && old.isNullable !== now.isNullable) {
    if (now.isNullable) tell('became-nullable', 'may be null');
    else tell('became-not-nullable', 'may no longer be null');
  }
  enums(old, now, tell);
  limits(old, now, tell);
  patterns(old, now, tell);
  formats(old, now, tell);
  if (prefix !== 'response' && !sameJson(old.default, now.default)) {
    const said = (value: unknown) => (value === undefined ? 'nothing' : JSON.stringify(value));
    tell(
      'default-changed',
      `meant ${said(old.default)} when left out, and means ${said(now.default)}`,
    );
  }
  if (!sameJson(old.others, now.others)) {
    const words = [...old.others, ...now.others].flatMap(Object.keys);
    tell('schema-changed', `has another ${[...new Set(words)].join(', ')}`);
  }
  return true;
}

type Tell = (word: string, message: string) => void;

/** Whether anything is said of what it may be; null is no news where anything goes. */
function isClosed({ types, enum: values, members }: View): boolean {
  return types !== undefined || values !== undefined || members.length > 0;
}

function typesText({ types, members }: View): string {
  if (types === undefined) return members.length > 0 ? 'one of several shapes' : 'anything';
  return [...types].join(' or ') || 'null';
}

function typeChange(old: View, now: View): 'changed' | 'narrowed' | 'widened' | undefined {
  if (old.types === undefined && now.types === undefined) return undefined;
  // A value that is listed has a type, said or not.
  if (old.types === undefined) return old.enum === undefined ? 'narrowed' : undefined;
  if (now.types === undefined) return now.enum === undefined ? 'widened' : undefined;
  const isMore = covers(now.types, old.types);
  const isLess = covers(old.types, now.types);
  if (isMore && isLess) return undefined;
  if (isMore) return 'widened';
  return isLess ? 'narrowed' : 'changed';
}

function covers(all: ReadonlySet<string>, some: ReadonlySet<string>): boolean {
  return [...some].every((type) => all.has(type) || (type === 'integer' && all.has('number')));
}

function enums(old: View, now: View, tell: Tell): void {
  if (old.enum === undefined && now.enum === undefined) return;
  if (old.enum === undefined) {
    tell('enum-added', `must be one of ${valuesText(now.enum ?? [])}`);
    return;
  }
  if (now.enum === undefined) {
    tell('enum-removed', `is no longer one of ${valuesText(old.enum)}`);
    return;
  }
  const without = (all: View['enum'] = [], others: View['enum'] = []) =>
    all.filter((value) => !others.some((other) => sameJson(value, other)));
  const gone = without(old.enum, now.enum);
  const fresh = without(now.enum, old.enum);
  if (gone.length > 0) tell('enum-value-removed', `is no longer ${valuesText(gone)}`);
  if (fresh.length > 0) tell('enum-value-added', `may be ${valuesText(fresh)}`);
}

function limits(old: View, now: View, tell: Tell): void {
  for (const word of new Set([...old.limits.keys(), ...now.limits.keys()])) {
    const before = old.limits.get(word);
    const after = now.limits.get(word);
    if (before === after) continue;
    const said = (value: number | undefined) => (value === undefined ? 'none' : String(value));
    const which = isTighter(word, before, after) ? 'limit-tightened' : 'limit-loosened';
    tell(which, `has ${word} ${said(after)}, and had ${said(before)}`);
  }
}

function isTighter(word: string, before: number | undefined, after: number | undefined): boolean {
  if (before === undefined) return true;
  if (after === undefined) return false;
  if (word === 'multipleOf') return before % after !== 0;
  return /^(max|exclusiveMax)/.test(word) ? after < before : after > before;
}

function patterns({ pattern: old }: View, { pattern: now }: View, tell: Tell): void {
  if (old === now) return;
  if (old === undefined) tell('pattern-added', `must match ${now}`);
  else if (now === undefined) tell('pattern-removed', `need no longer match ${old}`);
  else tell('pattern-changed', `must match ${now}, and no longer ${old}`);
}

/** Formats of numbers that hold all that the other one holds. */
const WIDER = new Map([
  ['int32', 'int64'],
  ['float', 'double'],
]);

function formats({ format: old }: View, { format: now }: View, tell: Tell): void {
  if (old === now) return;
  if (old === undefined) tell('format-added', `must be a ${now}`);
  else if (now === undefined) tell('format-removed', `need no longer be a ${old}`);
  else if (WIDER.get(old) === now) tell('type-widened', `was ${old}, and is ${now}`);
  else if (WIDER.get(now) === old) tell('type-narrowed', `was ${old}, and is ${now}`);
  else tell('format-changed', `was a ${old}, and is a ${now}`);
}
