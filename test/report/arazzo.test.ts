// Violations as Arazzo: valid documents, whose workflows fail where the mock is broken and pass where it is not.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { expect, test } from 'vitest';
import { makeReporters } from '../../src/cli/reporters.ts';
import { mutants } from '../../src/conformance/mutate.ts';
import { DEFAULT_BASES, plan } from '../../src/conformance/plan.ts';
import { run } from '../../src/conformance/run.ts';
import type { Exchange, Report } from '../../src/conformance/verdict.ts';
import type { Contract } from '../../src/contract/contract.ts';
import { loadContract } from '../../src/contract/load.ts';
import { hooksOf, playable } from '../../src/mock/playable.ts';
import { arazzoOf, arazzoReport } from '../../src/report/arazzo.ts';
import { kinds } from '../../src/rules/index.ts';
import { inProcess } from '../../src/testing/in-process.ts';
import { playMutant } from '../../src/testing/mutant.ts';
import { type ArazzoWorkflow, playWorkflow } from './arazzo-player.ts';

const HEADERS: Record<string, string> = {
  flexprice: 'x-api-key',
  fynn: 'authorization',
  dodopayments: 'authorization',
};
/** So many mutants of an API are looked at. */
const MUTANTS = 9;
/** So many workflows of one mutant are played. */
const MOST = 3;
const EMPTY: Report = {
  api: 'x',
  target: 'http://x',
  seed: 1,
  requests: 0,
  summary: { conforms: 0, violated: 0, notExercised: 0, flaky: 0 },
  results: [],
};
const contractOf = (api: string) =>
  loadContract(join(import.meta.dirname, '..', '..', 'contracts', `${api}.yaml`), kinds);

/** The reports on some of the mutants, those without a violation left out. */
async function reportsOf(contract: Contract, header: string) {
  const checks = plan(contract, kinds, { bases: DEFAULT_BASES });
  const all = mutants(contract, kinds, DEFAULT_BASES);
  const every = Math.ceil(all.length / MUTANTS);
  const chosen = all.filter((_, i) => i % every === 0);
  const reports = [];
  for (const mutant of chosen) {
    const { send, sleep } = playMutant(contract, kinds, mutant);
    const own = checks.filter(({ rule }) => rule === mutant.rule);
    const report = await run({
      contract,
      checks: own.length > 0 ? own : checks,
      send,
      sleep,
      target: 'http://127.0.0.1:1/v1',
      headers: { [header]: 'Bearer one' },
      otherHeaders: { [header]: 'Bearer two' },
      seed: 3,
    });
    const results = report.results
      .filter(({ verdict }) => verdict === 'violated')
      .slice(0, 2 * MOST);
    if (results.length > 0) reports.push({ mutant, report: { ...report, results } });
  }
  return reports;
}

async function problemsOf(report: Report): Promise<unknown[]> {
  const config = await createConfig({ extends: ['recommended'] });
  const problems = await lintFromString({
    source: arazzoReport(report),
    absoluteRef: join(import.meta.dirname, 'violations.arazzo.json'),
    config,
  });
  return problems.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer]);
}

test.each(Object.entries(HEADERS))(
  '%s: workflows are valid, fail at their last step on the broken mock, and pass on the whole one',
  async (api, header) => {
    const contract = contractOf(api);
    const reports = await reportsOf(contract, header);
    const inputs = {
      run: '1234567',
      [header.replaceAll('-', '_')]: 'Bearer a',
      [`other_${header.replaceAll('-', '_')}`]: 'Bearer b',
    };
    const wrong: unknown[] = [];
    let judged = 0;
    for (const { mutant, report } of reports) {
      wrong.push(...(await problemsOf(report)));
      const shown = report.results
        .filter(
          ({ verdict, expected, requests }) =>
            verdict === 'violated' && expected !== undefined && requests?.at(-1)?.race !== true,
        )
        .slice(0, MOST);
      const { workflows } = arazzoOf(report, shown) as unknown as { workflows: ArazzoWorkflow[] };
      for (const [i, workflow] of workflows.entries()) {
        judged += 1;
        const broken = await playWorkflow(workflow, {
          spec: contract.spec,
          send: playMutant(contract, kinds, mutant).send,
          inputs,
        });
        const whole = await playWorkflow(workflow, {
          spec: contract.spec,
          send: inProcess(playable(contract, hooksOf(contract, kinds))).send,
          inputs,
        });
        const isSame =
          broken.lastIndexOf(true) === broken.length - 2 &&
          broken.indexOf(false) === broken.length - 1;
        if (!isSame || whole.at(-1) !== true)
          wrong.push([mutant.id, shown[i]?.id, shown[i]?.reason, broken.join(), whole.join()]);
      }
    }
    expect(wrong).toEqual([]);
    expect(judged).toBeGreaterThanOrEqual(4);
  },
  600_000,
);

test('the reporter writes the document to its file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tallystick-'));
  const file = join(folder, 'out', 'violations.json');
  for (const reporter of makeReporters([{ name: 'arazzo', file }])) reporter.end(EMPTY);
  expect(readFileSync(file, 'utf8')).toBe(arazzoReport(EMPTY));
  rmSync(folder, { recursive: true });
});

test('a run without violations has no workflow', () => {
  expect(JSON.parse(arazzoReport(EMPTY))).toMatchObject({ arazzo: '1.0.1', workflows: [] });
});

test('who sends, what is new and what is captured are expressions; secrets are nowhere', async () => {
  const request = (
    by: Exchange['by'],
    path: string,
    headers: Record<string, string>,
    body?: string,
  ): Exchange => ({
    operation: 'get /a',
    route: '/a/{id}/b',
    ...(by === undefined ? {} : { by }),
    request: {
      method: 'GET',
      path,
      query: new Map([['q', ['ts-3-1', 'x']]]),
      headers,
      ...(body === undefined ? {} : { body }),
    },
    received: { status: 200, headers: {}, body: { list: [{ id: 17 }] } },
  });
  const requests = [
    request(undefined, '/a/b%2Fc/b', { 'x-key': 'secret' }),
    request('other', '/a/17/b', { 'x-key': 'secret' }, 'ts-3-2 and 17'),
    request('elsewhere', '/a/17/b', { 'x-key': '***', 'x-env': 'e-ts-3' }),
    request('stranger', '/a/17/b', { authorization: '***' }),
    request('nobody', '/a/17/b', {}),
  ];
  const result = {
    id: 'a b',
    rule: 'a',
    says: 'S',
    basis: 'documented',
    source: 's',
    operation: 'x',
    verdict: 'violated',
    requests,
    expected: '2xx 4xx',
  } as const;
  const report: Report = {
    api: 'x y',
    target: 'http://x',
    seed: 3,
    requests: 5,
    summary: { conforms: 0, violated: 1, notExercised: 0, flaky: 0 },
    results: [result, result],
  };
  const document = arazzoOf(report, report.results);
  expect(JSON.stringify(document)).not.toContain('secret');
  const [{ steps, inputs }, second] = document['workflows'] as unknown as [
    ArazzoWorkflow,
    ArazzoWorkflow,
  ];
  expect(second.workflowId).toBe('a-b--2');
  expect(Object.keys(inputs.properties)).toEqual([
    'run',
    'x_key',
    'other_x_key',
    'x_env',
    'authorization',
  ]);
  expect(
    steps.map(({ parameters = [] }) =>
      parameters.filter((item) => item.in !== 'query').map(({ value }) => value),
    ),
  ).toEqual([
    ['b/c', '$inputs.x_key'],
    ['$steps.w1-step1.outputs.id_1', '$inputs.other_x_key'],
    ['$steps.w1-step1.outputs.id_1', '$inputs.x_key', 'env-ts-{$inputs.run}'],
    ['$steps.w1-step1.outputs.id_1', 'Bearer tallystick-stranger-0000000000'],
    ['$steps.w1-step1.outputs.id_1'],
  ]);
  expect(steps[0]).toMatchObject({
    operationPath: '{$sourceDescriptions.x-y.url}#/paths/~1a~1{id}~1b/get',
    outputs: { id_1: '$response.body#/list/0/id' },
    successCriteria: [{ condition: '$statusCode == 200' }],
  });
  expect(steps[0]?.parameters?.[1]).toEqual({
    name: 'q',
    in: 'query',
    value: ['ts-{$inputs.run}-1', 'x'],
  });
  expect(steps[4]?.successCriteria).toEqual([
    {
      condition:
        '($statusCode >= 200 && $statusCode < 300) || ($statusCode >= 400 && $statusCode < 500)',
    },
  ]);
  expect(await problemsOf(report)).toEqual([]);
});
