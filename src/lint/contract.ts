// One contract -> its findings: the stages of `index.ts`, each rule on the whole contract.

import { existing } from '../contract/found.ts';
import type { Finding } from '../model/finding.ts';
import { pointer } from '../model/pointer.ts';
import { didYouMean } from '../model/suggest.ts';
import type { Context } from './context.ts';
import { lintRules, stages } from './index.ts';
import type { LintRule, Spot } from './rule.ts';
import {
  objection,
  type Suppression,
  speaksOf,
  spotOf,
  suppression,
  suppressionsOf,
} from './suppress.ts';

export interface Ignored {
  readonly finding: Finding;
  readonly reason: string;
  readonly until: string;
}

export interface LintedContract {
  readonly findings: readonly Finding[];
  readonly ignored: readonly Ignored[];
}

/** Stages whose errors keep the contract from being compiled: nobody can ignore them. */
const NEEDED = 5;

/**
 * Everything wrong with the contract, in the order of its lines. What else was found in the spec that it names can
 * be ignored by its entries too.
 */
export async function lintContract(
  context: Context,
  ofSpec: readonly Finding[] = [],
): Promise<LintedContract> {
  const entries = suppressionsOf(context);
  const valid = entries.filter((entry) => objection(entry, context.today) === undefined);
  const covers = (one: Finding) => valid.find((entry) => speaksOf(entry, one));
  const all: Finding[] = [...ofSpec];
  const needed = new Set<Finding>();
  let isWhole = true;
  for (const [i, stage] of stages.entries()) {
    for (const rule of stage) all.push(...(await findingsOf(rule, context)));
    if (i < NEEDED) for (const one of all) needed.add(one);
    const counts = (one: Finding) => needed.has(one) || covers(one) === undefined;
    isWhole = !all.some((one) => isOwn(one) && one.severity === 'error' && counts(one));
    if (!isWhole) break;
  }
  const ignored = all.flatMap((finding): Ignored[] => {
    const entry = needed.has(finding) && isOwn(finding) ? undefined : covers(finding);
    return entry === undefined ? [] : [{ finding, ...reasonOf(entry) }];
  });
  const hidden = new Set(ignored.map(({ finding }) => finding));
  const idle = entries.flatMap((entry, i) => {
    if (!valid.includes(entry) || all.some((one) => speaksOf(entry, one))) return [];
    return idleEntry(entry, i, isWhole).map((one) => findingOf(one.rule, one.spot, context));
  });
  const findings = [...all.filter((one) => !hidden.has(one)), ...idle];
  return { findings: findings.sort(byPlace), ignored };
}

/** What is wrong with an entry that speaks of no finding; nothing as long as not all rules were run. */
function idleEntry(entry: Suppression, index: number, isWhole: boolean) {
  const known = lintRules.map(({ id }) => id);
  if (!known.includes(entry.rule) && !entry.rule.startsWith('openapi/')) {
    const why = `has no effect: no rule is called that${didYouMean(entry.rule, known)}`;
    return [{ rule: suppression, spot: spotOf(entry, index, why) }];
  }
  if (!isWhole) return [];
  const rule = { id: suppression.id, severity: 'warning' } as const;
  return [{ rule, spot: spotOf(entry, index, 'ignores nothing') }];
}

function isOwn({ check }: Finding): boolean {
  return !check.startsWith('openapi/');
}

function reasonOf({ reason = '', until = '' }: Suppression) {
  return { reason, until };
}

/** What one rule finds. A rule that fails itself is a finding too. */
export async function findingsOf(rule: LintRule, context: Context): Promise<Finding[]> {
  let spots: readonly Spot[];
  try {
    spots = await rule.find(context);
  } catch (error) {
    const [reason] = (error as Error).message.split('\n');
    spots = [{ message: `this can't be judged: ${reason}`, path: [] }];
  }
  return spots.map((spot) => findingOf(rule, spot, context));
}

function findingOf(
  { id, severity }: Pick<LintRule, 'id' | 'severity'>,
  { message, path, place }: Spot,
  context: Context,
): Finding {
  const found = { check: id, severity, message };
  if (context.parsed.mistakes.length > 0) {
    return { ...found, place: place ?? { file: context.file, line: 1, column: 1 }, pointer: '' };
  }
  return {
    ...found,
    place: place ?? context.yaml.place(path),
    pointer: pointer(...existing(context.data, path)),
  };
}

/** The order of a text: by file, line and column. */
export function byPlace(a: Finding, b: Finding): number {
  const [left, right] = [a.place, b.place];
  if (left === undefined || right === undefined) return 0;
  if (left.file !== right.file) return left.file < right.file ? -1 : 1;
  return left.line - right.line || left.column - right.column;
}
