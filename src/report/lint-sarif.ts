// Findings as SARIF 2.1.0, each on its line of the contract or the document.

import type { Ignored } from '../lint/contract.ts';
import type { LintReport } from '../lint/files.ts';
import type { Finding } from '../model/finding.ts';
import { ignoredWords } from './lint-junit.ts';
import { SCHEMA, uriOf } from './sarif.ts';

/** The report as one JSON text; what is ignored is there, suppressed. */
export function lintSarif({ findings, ignored, rules }: LintReport): string {
  const used = [...findings, ...ignored.map(({ finding }) => finding)];
  const ids = [...new Set([...rules.map(({ id }) => id), ...used.map(({ check }) => check)])];
  const descriptors = ids.map((id) => {
    const rule = rules.find((one) => one.id === id);
    return {
      id,
      shortDescription: { text: rule?.says ?? `Redocly's rule ${id.replace('openapi/', '')}.` },
      ...(rule === undefined ? {} : { help: { text: rule.mend } }),
    };
  });
  const run = {
    tool: { driver: { name: 'tallystick', rules: descriptors } },
    automationDetails: { id: 'tallystick/lint/' },
    results: [
      ...findings.map((finding) => resultOf(finding, ids)),
      ...ignored.map((one) => ({
        ...resultOf(one.finding, ids),
        suppressions: [suppressionOf(one)],
      })),
    ],
  };
  return `${JSON.stringify({ $schema: SCHEMA, version: '2.1.0', runs: [run] }, null, 2)}\n`;
}

function resultOf({ check, severity, message, place, pointer }: Finding, ids: readonly string[]) {
  return {
    ruleId: check,
    ruleIndex: ids.indexOf(check),
    kind: 'fail',
    level: severity,
    message: { text: message },
    ...(place === undefined ? {} : { locations: [locationOf(place)] }),
    ...(pointer === undefined
      ? {}
      : { partialFingerprints: { 'tallystick/pointer/v1': `${check} ${pointer}` } }),
  };
}

function locationOf({ file, line, column }: NonNullable<Finding['place']>): object {
  const region = { startLine: line, startColumn: column };
  return { physicalLocation: { artifactLocation: { uri: uriOf(file) }, region } };
}

function suppressionOf({ reason, until }: Ignored): object {
  const kind = until === '' ? 'external' : 'inSource';
  return { kind, status: 'accepted', justification: ignoredWords(reason, until) };
}
