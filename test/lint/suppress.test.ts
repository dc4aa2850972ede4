// What a contract asks lint not to count: with a reason, until a day, and only as long as there is something.

import { expect, test } from 'vitest';
import { lintContract } from '../../src/lint/contract.ts';
import type { Json } from '../../src/model/json.ts';
import { library } from './library.ts';

const GONE = { status: 410, basis: 'documented' };
const RIGHT = { rule: 'contract/error-used', reason: 'needed by v2', until: '2026-06-15' };

async function linted(entry: Json, errors: Json = { old: GONE, older: GONE }) {
  const context = library({ contract: { errors, lint: { ignore: [entry] } } });
  const { findings, ignored } = await lintContract(context);
  return {
    findings: findings.map(({ check, severity, message }) => `${severity} ${check} ${message}`),
    ignored: ignored.map(({ finding, reason, until }) => `${finding.pointer} ${until} ${reason}`),
  };
}

const UNUSED = ['old', 'older'].map(
  (name) => `warning contract/error-used no rule refuses with the error ${name}`,
);
const STATUS = ['old', 'older'].map(
  (name) => `error contract/status-documented error ${name}: no operation documents the status 410`,
);
const statusOf = (findings: string[]) =>
  findings.filter((one) => one.includes('status-documented'));

test('an entry hides what it speaks of, on its last day too', async () => {
  const { findings, ignored } = await linted(RIGHT);
  expect(findings).toEqual(STATUS);
  expect(ignored).toEqual([
    '/errors/old 2026-06-15 needed by v2',
    '/errors/older 2026-06-15 needed by v2',
  ]);
});

test.each([['old'], ['/errors/old'], ['/errors/old/status']])(
  'an entry at %s hides that and no other',
  async (at) => {
    const rule = at.endsWith('status') ? 'contract/status-documented' : RIGHT.rule;
    const { findings, ignored } = await linted({ ...RIGHT, rule, at });
    const hidden = (rule === RIGHT.rule ? UNUSED : STATUS)[0];
    expect(findings.sort()).toEqual([...UNUSED, ...STATUS].filter((one) => one !== hidden).sort());
    expect(ignored).toHaveLength(1);
  },
);

test.each([
  ['no reason', { rule: RIGHT.rule, until: RIGHT.until }, 'has no reason'],
  ['no day', { rule: RIGHT.rule, reason: 'x' }, 'has no last day (until: YYYY-MM-DD)'],
  ['no such day', { ...RIGHT, until: 'soon' }, 'has no such day as "soon" (until: YYYY-MM-DD)'],
  ['a day that passed', { ...RIGHT, until: '2026-06-14' }, 'expired on 2026-06-14: needed by v2'],
])('an entry with %s hides nothing, and is a finding', async (_, entry, why) => {
  const { findings, ignored } = await linted(entry, { old: { status: 400, basis: 'documented' } });
  expect(findings).toEqual([
    'warning contract/error-used no rule refuses with the error old',
    `error lint/suppression ignoring contract/error-used ${why}`,
  ]);
  expect(ignored).toEqual([]);
});

test('an entry that hides nothing is a finding, with the nearest rule where there is none of its name', async () => {
  expect((await linted({ ...RIGHT, at: 'newest' }, {})).findings).toEqual([
    'warning lint/suppression ignoring contract/error-used ignores nothing',
  ]);
  expect((await linted({ ...RIGHT, rule: 'contract/errors-used' }, {})).findings).toEqual([
    'error lint/suppression ignoring contract/errors-used has no effect: no rule is called that (did you mean contract/error-used?)',
  ]);
});

test('what is ignored keeps later rules from nothing', async () => {
  const { findings } = await linted({ ...RIGHT, rule: 'contract/status-documented' });
  expect(statusOf(findings)).toEqual([]);
  expect(findings.sort()).toEqual(UNUSED);
});

test('what keeps a contract from being read can not be ignored', async () => {
  const context = library({
    contract: {
      operations: { getAuthor: { read: 'autor' } },
      lint: { ignore: [{ ...RIGHT, rule: 'contract/names' }] },
    },
  });
  const { findings, ignored } = await lintContract(context);
  expect(findings.map(({ check }) => check)).toEqual(['contract/names']);
  expect(ignored).toEqual([]);
});
