// One answer against one step's expectation.

import type { Binding } from '../contract/contract.ts';
import { compileExpression, type Scope, type Tools } from '../contract/expression.ts';
import type { Call, Make } from '../model/steps.ts';
import { isMake } from '../model/steps.ts';
import type { Received } from './verdict.ts';

export interface Judgement {
  readonly verdict: 'violated' | 'notExercised';
  readonly reason: string;
  readonly hiccup: boolean;
  /** What the status had to be, as `400`, `4xx`, `2xx`. */
  readonly expected?: string;
}

/** The status of a server that takes no more for now. */
export const BUSY = 429;

/** What is wrong with the answer's status; undefined when it is what the step needs. */
export function judgeStatus(
  step: Make | Call,
  binding: Binding,
  received: Received,
): Judgement | undefined {
  if ('failure' in received) {
    return {
      verdict: step.expect ? 'violated' : 'notExercised',
      reason: `${said(step)}: ${received.failure}`,
      hiccup: true,
    };
  }
  const { status } = received;
  if (status === BUSY) {
    const reason = `${said(step)}: the target is busy (${BUSY}), which is no answer to the request`;
    return { verdict: 'notExercised', reason, hiccup: true };
  }
  if (isAbsent(binding, status) && step.expect !== undefined) {
    const reason = `${said(step)}: the server has no ${binding.operation.id}, which no document describes`;
    return { verdict: 'notExercised', reason, hiccup: false };
  }
  const verdict = isJudged(step, binding) ? 'violated' : 'notExercised';
  const wrong = (expected: string): Judgement => ({
    // That a part is missing is no status: what holds it is answered as ever.
    ...(isPart(step) ? {} : { expected: (expected.match(/\d\w\w/g) ?? []).join(' ') }),
    verdict,
    reason: `${said(step)}: expected ${expected}, got ${status}`,
    hiccup: status >= 500,
  });
  const refused = status >= 400 && status < 500;
  if (step.given === 'missing') {
    return refused ? undefined : { ...wrong('a refusal (any 4xx)'), verdict: 'notExercised' };
  }
  const accepted = status >= 200 && status < 300;
  switch (step.expect) {
    case 'refused': {
      const exact = exactStatus(step, binding);
      if (exact !== undefined) return status === exact ? undefined : wrong(`${exact}`);
      return refused ? undefined : wrong('a refusal (any 4xx)');
    }
    case 'missing':
      return refused ? undefined : wrong('a refusal (any 4xx)');
    case 'any':
      return refused || accepted ? undefined : wrong('a 2xx or 4xx');
    default:
      return accepted ? undefined : wrong('a 2xx');
  }
}

/** What is wrong with the answers to one body sent many times at once: exactly one may have won. */
export function judgeRace(
  step: Make,
  binding: Binding,
  answers: readonly Received[],
): Judgement | undefined {
  const busy = answers.find((received) => 'status' in received && received.status === BUSY);
  if (busy !== undefined) return judgeStatus(step, binding, busy);
  const statuses = answers.map((received) => ('failure' in received ? 0 : received.status));
  const won = statuses.filter((status) => status >= 200 && status < 300).length;
  const wrong = (how: string, hiccup: boolean): Judgement => ({
    verdict: 'violated',
    reason: `${said(step)}: ${how} accepted`,
    hiccup,
  });
  if (won > 1) return wrong(`${won} of ${answers.length} were`, false);
  if (won === 0) return wrong(`none of ${answers.length} was`, true);
  return answers
    .filter((received) => 'failure' in received || received.status >= 300)
    .map((received) => judgeStatus({ ...step, expect: 'refused' }, binding, received))
    .find((judgement) => judgement !== undefined);
}

function isPart(step: Make | Call): boolean {
  return !isMake(step) && step.part !== undefined;
}

/** Whether the answer says that there is no such operation, where none is documented either. */
function isAbsent({ operation, idParameter }: Binding, status: number): boolean {
  const isGuess = operation.basis === 'assumed' && idParameter === undefined;
  return isGuess && (status === 404 || status === 405 || status === 501);
}

/** A claim on a record of ours that can't be read any more is broken; a list that is refused shows nothing. */
function isJudged(step: Make | Call, binding: Binding): boolean {
  if (step.expect !== undefined) return true;
  return (
    step.that !== undefined && !isMake(step) && binding.verb === 'read' && step.by === undefined
  );
}

/** The status that the spec documents for this refusal; undefined when any 4xx will do. */
function exactStatus({ status }: Make | Call, { operation }: Binding): number | undefined {
  if (status === undefined) return undefined;
  const declared = operation.answers.find((answer) => answer.status === String(status));
  return declared?.basis === 'documented' ? status : undefined;
}

/** Why the claim fails, with what was there instead; undefined when it holds. */
export function claimFailure(claim: string, scope: Scope, tools: Tools): string | undefined {
  const failed = conjuncts(claim).find((part) => !compileExpression(part).holds(scope, tools));
  if (failed === undefined) return undefined;
  return `${failed} does not hold${shown(failed, scope)}`;
}

/** The parts joined by a top-level `&&`, so that the one that fails can be named. */
function conjuncts(claim: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < claim.length; i++) {
    if ('([{'.includes(claim[i] ?? '')) depth += 1;
    if (')]}'.includes(claim[i] ?? '')) depth -= 1;
    if (depth === 0 && claim.startsWith(' || ', i)) return [claim];
    if (depth === 0 && claim.startsWith(' && ', i)) {
      parts.push(claim.slice(start, i));
      start = i + 4;
    }
  }
  return [...parts, claim.slice(start)];
}

/** The values of the simple paths that the claim names: ` (answer.status is "published")`. */
function shown(claim: string, scope: Scope): string {
  const paths = [...new Set(claim.match(/\b(?:answer|before|sent)(?:\.[A-Za-z_]+)+/g) ?? [])];
  const values = paths.flatMap((path) => {
    try {
      const text = JSON.stringify(compileExpression(path).value(scope));
      return text === undefined || text.length > 200 ? [] : [`${path} is ${text}`];
    } catch {
      return [];
    }
  });
  return values.length === 0 ? '' : ` (${values.join(', ')})`;
}

/** What the step is about, for a reason. */
export function said(step: Make | Call): string {
  return step.because ?? (isMake(step) ? `making a ${step.make}` : step.call);
}
