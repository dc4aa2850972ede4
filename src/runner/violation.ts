// How a test fails: with what the list reporter says of a violation, and no stack, for it is no line of code
// that is wrong.

import pc from 'picocolors';
import { exercisedShare, type Report, type Result } from '../conformance/verdict.ts';
import { violationText } from '../report/list.ts';

const PLAIN = pc.createColors(false);

/** The server breaks a rule: its sentence, its source, what was seen, and the requests as a block for a shell. */
export class Violation extends Error {
  override readonly name = 'Violation';

  constructor(result: Result, report: Pick<Report, 'target' | 'seed'>) {
    const text = violationText(result, report, PLAIN).trimEnd();
    super(`${text}\n   seed  ${report.seed}`);
    this.stack = `${this.name}: ${this.message}`;
  }
}

/** So little could be exercised that the run says nothing. */
export class NotConclusive extends Error {
  override readonly name = 'NotConclusive';

  constructor(results: readonly Result[]) {
    const share = Math.floor(exercisedShare(results) * 100);
    const reasons = new Set(
      results.flatMap(({ verdict, reason }) => (verdict === 'notExercised' ? (reason ?? []) : [])),
    );
    super([`only ${share} % of the rules could be exercised:`, ...reasons].join('\n  '));
    this.stack = `${this.name}: ${this.message}`;
  }
}
