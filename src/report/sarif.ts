// A run as SARIF 2.1.0: a violation stands on its rule's line in the contract, where a code review shows it.

import { pathToFileURL } from 'node:url';
import type { Exchange, Report, Result } from '../conformance/verdict.ts';
import { searchOf } from '../model/http.ts';
import { curlBlock } from './curl-block.ts';
import { bodyText, cut, placeOf, sourceOf } from './shown.ts';

export const SCHEMA =
  'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
const MOST_OF_A_BODY = 20_000;

/** The report as one JSON text. Violations are its results, known ones suppressed; all else is a note of the run. */
export function sarifReport(report: Report): string {
  const rules = new Map<string, Result>();
  for (const result of report.results) if (!rules.has(result.rule)) rules.set(result.rule, result);
  const ids = [...rules.keys()];
  const violated = report.results.filter(({ verdict }) => verdict === 'violated');
  const run = {
    tool: { driver: { name: 'tallystick', rules: [...rules.values()].map(descriptorOf) } },
    automationDetails: { id: `tallystick/${report.api}/` },
    invocations: [
      {
        executionSuccessful: report.ended === undefined,
        toolExecutionNotifications: notesOn(report),
      },
    ],
    properties: { target: report.target, seed: report.seed, summary: report.summary },
    results: violated.map((result) => resultOf(report, result, ids.indexOf(result.rule))),
  };
  return `${JSON.stringify({ $schema: SCHEMA, version: '2.1.0', runs: [run] }, null, 2)}\n`;
}

function descriptorOf(result: Result): object {
  const { rule, says, basis } = result;
  const source = sourceOf(result);
  return {
    id: rule,
    shortDescription: { text: says },
    help: { text: `${says} Source (${basis}): ${source}` },
    defaultConfiguration: { level: 'error' },
    properties: { basis, source },
  };
}

function resultOf(report: Report, result: Result, ruleIndex: number): object {
  const { id, rule, says, reason = '', operation, known, requests = [] } = result;
  const last = requests.at(-1);
  const location = locationOf(result);
  return {
    ruleId: rule,
    ruleIndex,
    kind: 'fail',
    level: 'error',
    message: { text: `${reason}\n\n${says}\nSource: ${sourceOf(result)}\nCheck: ${id}` },
    ...(location === undefined ? {} : { locations: [location] }),
    partialFingerprints: { 'tallystick/check/v1': id },
    ...(last === undefined ? {} : webOf(report.target, last)),
    ...(known === undefined
      ? {}
      : {
          suppressions: [
            {
              kind: 'external',
              status: 'accepted',
              justification: `until ${known.until}: ${known.reason}`,
            },
          ],
        }),
    properties: { check: id, operation, curl: curlBlock(report, result) },
  };
}

function locationOf(result: Result): object | undefined {
  const place = placeOf(result);
  if (place === undefined) return undefined;
  const region =
    'line' in place ? { region: { startLine: place.line, startColumn: place.column } } : {};
  return { physicalLocation: { artifactLocation: { uri: uriOf(place.file) }, ...region } };
}

/** A relative reference for what is below the working folder, else a file URL. */
export function uriOf(file: string): string {
  if (/^(\/|[A-Za-z]:)/.test(file)) return pathToFileURL(file).href;
  return file.split('/').map(encodeURIComponent).join('/');
}

/** The last request and its answer; the rest is in the curl text. */
function webOf(target: string, { request, received }: Exchange): object {
  const { method, path, query, headers, body } = request;
  return {
    webRequest: {
      protocol: 'HTTP',
      method,
      target: `${target}${path}${searchOf(query)}`,
      headers,
      ...(body === undefined ? {} : { body: artifact(bodyText(body)) }),
    },
    webResponse:
      'failure' in received
        ? { noResponseReceived: true, reasonPhrase: received.failure }
        : {
            statusCode: received.status,
            headers: received.headers,
            ...(received.body === undefined ? {} : { body: artifact(bodyText(received.body)) }),
          },
  };
}

function artifact(text: string): object {
  return { text: cut(text, MOST_OF_A_BODY) };
}

function notesOn({ results, baseline, ended }: Report): object[] {
  const note = (level: string, text: string, rule?: string) => ({
    level,
    message: { text },
    ...(rule === undefined ? {} : { associatedRule: { id: rule } }),
  });
  return [
    ...(ended === undefined ? [] : [note('error', `ended early: ${ended}`)]),
    ...results
      .filter(({ verdict }) => verdict === 'flaky')
      .map(({ id, rule, reason }) => note('warning', `flaky: ${id}: ${reason}`, rule)),
    ...results
      .filter(({ verdict }) => verdict === 'notExercised')
      .map(({ id, rule, reason }) => note('note', `not exercised: ${id}: ${reason}`, rule)),
    ...(baseline?.expired ?? []).map((line) => note('warning', `baseline, expired: ${line}`)),
    ...(baseline?.stale ?? []).map((line) => note('warning', `baseline, stale: ${line}`)),
  ];
}
