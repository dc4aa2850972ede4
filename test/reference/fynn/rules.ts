// Checks of one field each, and the gathering of everything that is wrong with a body.

import type { Call, FaultId, Fields, Json, Violation } from './model.ts';
import { broken, Refusal } from './model.ts';

const CODES = {
  blank: 'c1051bb4-d103-4f74-8988-acbcafc7fdc3',
  none: 'ad32d13f-c3d4-423b-909a-857b961eb720',
  long: 'd94b19cc-114f-4f44-9cc4-4138e80a87b9',
  choice: '8e179f1b-97aa-4560-a02f-2a8b42e49df7',
  low: '778b7ae0-84d3-481a-9dec-35fdb64b1d78',
  high: '30fbb013-d015-4232-8b3b-8f3be97a7e14',
  type: 'ba785a8c-82cb-4283-967c-3cf342181b40',
  other: '6e5212ed-a197-4339-99aa-5654798a4854',
};

export interface Problem {
  kind: keyof typeof CODES;
  message: string;
}

export type Value = Json | undefined;
export type Rule = (value: Value, body: Fields, call: Call) => Problem | undefined;
export type Condition = readonly [FaultId, string, (value: Value, body: Fields) => boolean];

export const MAX_NAME = 255;
const wrongType = (wanted: string): Problem => ({
  kind: 'type',
  message: `This value should be of type ${wanted}.`,
});

const given = (value: Value): value is Json => value !== undefined && value !== null;

export const requiredText: Rule = (value) => {
  if (!given(value)) return { kind: 'none', message: 'This value should not be null.' };
  if (typeof value !== 'string') return wrongType('string');
  if (value.trim() === '') return { kind: 'blank', message: 'This value should not be blank.' };
  return undefined;
};

export function lengthOf(text: string, { on }: Pick<Call, 'on'>): number {
  if (on('name-counted-in-bytes')) return Buffer.byteLength(text);
  return on('name-counted-in-halves') ? text.length : [...text].length;
}

export const optionalText: Rule = (value, _body, call) => {
  if (!given(value)) return undefined;
  if (typeof value !== 'string') return wrongType('string');
  if (lengthOf(value, call) <= MAX_NAME) return undefined;
  return { kind: 'long', message: 'This value is too long. It has 255 characters at most.' };
};

export const both =
  (first: Rule, second: Rule): Rule =>
  (value, body, call) =>
    first(value, body, call) ?? second(value, body, call);

export const oneOf =
  (choices: readonly string[]): Rule =>
  (value) => {
    if (!given(value)) return undefined;
    if (typeof value !== 'string') return wrongType('string');
    if (choices.includes(value)) return undefined;
    return { kind: 'choice', message: 'The value you selected is not a valid choice.' };
  };

export const upTo =
  (most: number): Rule =>
  (value) => {
    if (!given(value)) return undefined;
    if (typeof value !== 'number' || !Number.isInteger(value)) return wrongType('int|null');
    if (value <= 0) return { kind: 'low', message: 'This value should be greater than 0.' };
    if (value <= most) return undefined;
    return { kind: 'high', message: `This value should be less than or equal to ${most}.` };
  };

const violationOf = (path: string, { kind, message }: Problem): Violation => ({
  path,
  message,
  code: CODES[kind],
});

// Everything wrong with the body at once; other violations come from looking things up.
export function problemsOf(
  call: Call,
  rules: { [field: string]: Rule },
  accepted: readonly Condition[] = [],
  refused: readonly Condition[] = [],
): Map<string, Problem> {
  const found = new Map<string, Problem>();
  for (const [field, rule] of Object.entries(rules)) {
    const value = call.body[field];
    const met = ([fault, about, test]: Condition): boolean =>
      about === field && call.on(fault) && test(value, call.body);
    const problem = rule(value, call.body, call);
    if (problem && !accepted.some(met)) found.set(field, problem);
    if (!problem && refused.some(met)) {
      found.set(field, { kind: 'other', message: 'This value is not valid.' });
    }
  }
  return found;
}

export function refuse(call: Call, problems: Map<string, Problem>): void {
  if (problems.size === 0) return;
  const list = [...problems];
  const wrong = list.filter(([, problem]) => problem.kind === 'type');
  if (wrong.length > 0 && call.on('wrong-types-500')) throw broken();
  if (wrong.length > 0 && !call.odd('wrong-types-422')) {
    const text = wrong.map(([path, problem]) => `${path}: ${problem.message}`).join('\n');
    throw new Refusal(400, text);
  }
  const violations = list.map(([path, problem]) => violationOf(path, problem));
  const text = violations.map((each) => `${each.path}: ${each.message}`).join('\n');
  throw new Refusal(422, text, violations);
}

export const plainId = (text: string, folder: string): string =>
  text.startsWith(`/${folder}/`) ? text.slice(folder.length + 2) : text;

export const textOf = (value: Value): string | null => (typeof value === 'string' ? value : null);
