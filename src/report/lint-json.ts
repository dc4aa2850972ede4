// Findings as JSON: `version` grows when a reader of an earlier one would be wrong.

import type { LintReport } from '../lint/files.ts';
import type { Finding } from '../model/finding.ts';
import { countsOf } from './lint-pretty.ts';

/** The report as one JSON text. */
export function lintJson({ files, findings, ignored, rules }: LintReport): string {
  const ruleOf = (id: string) => rules.find((rule) => rule.id === id);
  const shown = ({ check, severity, message, place, pointer }: Finding) => ({
    rule: check,
    severity,
    message,
    ...place,
    ...(pointer === undefined ? {} : { pointer }),
    ...(ruleOf(check) === undefined
      ? {}
      : { says: ruleOf(check)?.says, mend: ruleOf(check)?.mend }),
  });
  const report = {
    version: 1,
    files,
    summary: { ...countsOf(findings), ignored: ignored.length },
    findings: findings.map(shown),
    ignored: ignored.map(({ finding, reason, until }) => ({ ...shown(finding), reason, until })),
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}
