// Two versions of an API -> a report: every change, where it stands, and what it does to a contract and to records.

import { readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import type { Contract } from '../contract/contract.ts';
import { pointerKeys } from '../model/pointer.ts';
import type { Kind } from '../rules/kind.ts';
import { placesIn } from '../spec/places.ts';
import type { Spec } from '../spec/spec.ts';
import { type Change, isBreaking } from './change.ts';
import { diffContracts } from './contracts.ts';
import { type Effect, namesLost, type Rows, recordsLost, withTouches } from './effects.ts';
import { diffSpecs } from './specs.ts';

/** One side: a document, with the contract over it where there is one. */
export interface Side {
  /** How the user named it. */
  readonly name: string;
  readonly spec: Spec;
  readonly contract?: Contract;
}

export interface DiffOptions {
  readonly kinds: readonly Kind[];
  /** A contract over the old document, where neither side is one. */
  readonly contract?: Contract;
  readonly rows?: readonly Rows[];
}

export interface DiffReport {
  readonly old: string;
  readonly new: string;
  /** Those that break first. */
  readonly changes: readonly Change[];
  readonly effects: readonly Effect[];
}

const ORDER = ['breaking-request', 'breaking-response', 'warning', 'compatible'];

/** The report. Throws UsageError when the contract's text can't be read again. */
export function diffApis(old: Side, now: Side, options: DiffOptions): DiffReport {
  const { kinds, rows = [] } = options;
  const judged = options.contract ?? old.contract ?? now.contract;
  const specChanges = placed(diffSpecs(old.spec, now.spec), old.spec, now.spec);
  const both = old.contract !== undefined && now.contract !== undefined;
  const all = [...specChanges, ...(both ? diffContracts(old.contract, now.contract, kinds) : [])];
  const changes = judged === undefined ? all : withTouches(all, judged);
  const names =
    judged === undefined || now.contract !== undefined ? [] : lost(judged, now.spec, kinds);
  const records =
    judged === undefined
      ? []
      : rows.flatMap((held) => recordsLost(judged, now.contract ?? now.spec, held));
  return {
    old: old.name,
    new: now.name,
    changes: changes.sort((a, b) => ORDER.indexOf(a.level) - ORDER.indexOf(b.level)),
    effects: [...names, ...records],
  };
}

function lost({ file }: Contract, spec: Spec, kinds: readonly Kind[]): Effect[] {
  return namesLost(readFileSync(file, 'utf8'), shown(file), spec, kinds);
}

/** The changes with their lines: in the new document, or in the old one where they are gone. */
function placed(changes: readonly Change[], old: Spec, now: Spec): Change[] {
  const before = placesOf(old);
  const after = placesOf(now);
  return changes.map((change) => {
    const stands = change.new === undefined ? before : after;
    return { ...change, place: stands(pointerKeys(change.new ?? change.old ?? '')) };
  });
}

function placesOf({ file }: Spec) {
  let places: ReturnType<typeof placesIn> | undefined;
  return (path: readonly string[]) => {
    places ??= placesIn(textOf(file), shown(file));
    return places(path);
  };
}

/** What came from the net has no lines here. */
function textOf(file: string): string {
  return /^https?:/.test(file) ? '' : readFileSync(file, 'utf8');
}

function shown(file: string): string {
  const near = relative(process.cwd(), resolve(file));
  return /^https?:/.test(file) || near.startsWith('..') ? file : near;
}

/** How many changes there are of each level. */
export function levelCounts({ changes }: DiffReport): Record<Change['level'], number> {
  const counts = { 'breaking-request': 0, 'breaking-response': 0, warning: 0, compatible: 0 };
  for (const { level } of changes) counts[level] += 1;
  return counts;
}

/** Whether the contract's rules can't be kept any more, or a change breaks callers. */
export function breaks({ changes, effects }: DiffReport): boolean {
  return changes.some(isBreaking) || effects.some(({ level }) => level === 'broken');
}
