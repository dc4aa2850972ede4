// Requests that several checks share are sent once, judged by each, and sent anew once one of these was violated.

import { expect, test } from 'vitest';
import { run } from '../../src/conformance/run.ts';
import { keyOf, sharingSetUp } from '../../src/conformance/sharing.ts';
import type { PlannedCheck, Result } from '../../src/conformance/verdict.ts';
import { hooksOf, playable } from '../../src/mock/playable.ts';
import type { HttpRequest } from '../../src/model/http.ts';
import type { Call, Step } from '../../src/model/steps.ts';
import { kinds } from '../../src/rules/index.ts';
import { inProcess } from '../../src/testing/in-process.ts';
import { contractOf } from '../golden/flexprice/talk.ts';

const contract = contractOf();
const make: Step = { make: 'group', as: 'made' };
const read: Call = { call: 'getGroup', path: { id: '=made.id' } };

function checkOf(id: string, ...steps: Step[]): PlannedCheck {
  const probe = sharingSetUp({ id, operation: 'getGroup', steps }, contract);
  const about = { rule: 'a.rule', says: 'So it is.', basis: 'documented', source: 'here' } as const;
  return { id, ...about, operation: 'getGroup', probe };
}

/** The verdicts, and what was sent. */
async function played(...checks: PlannedCheck[]) {
  const mock = inProcess(playable(contract, hooksOf(contract, kinds)), {
    now: () => 1_800_000_000_000,
  });
  const sent: string[] = [];
  const send = (request: HttpRequest) => {
    sent.push(`${request.method} ${request.path.startsWith('/groups/') ? 'one' : request.path}`);
    return mock.send(request);
  };
  const headers = { 'x-api-key': 'one' };
  const about = { contract, checks, send, target: 'memory', headers, seed: 7, traffic: false };
  const sleep = async () => undefined;
  const { results } = await run({ ...about, settle: 300, sleep });
  return { sent, verdicts: results.map(({ verdict }: Result) => verdict), results };
}

test('what two checks ask is sent once, and each judges the answer for itself', async () => {
  const { sent, verdicts } = await played(
    checkOf('a', make, { ...read, expect: 'ok', that: 'answer.id == made.id' }),
    checkOf('b', make, { ...read, that: "answer.name != ''" }),
    checkOf('c', { ...make, expect: 'ok', that: "made_up == 'x'" }),
  );
  expect(sent).toEqual(['POST /groups', 'GET one']);
  expect(verdicts).toEqual(['conforms', 'conforms', 'violated']);
});

test('what a violated check has used is not shared any further', async () => {
  const { sent, verdicts, results } = await played(
    checkOf('a', make, read),
    checkOf('b', make, { ...read, that: "answer.name == 'another'" }),
    checkOf('c', make, read),
  );
  expect(verdicts).toEqual(['conforms', 'violated', 'conforms']);
  expect(sent).toEqual(['POST /groups', 'GET one', 'POST /groups', 'GET one']);
  // The violation brings the request that it judged, though another check had it sent.
  expect(results[1]?.requests?.map(({ request }) => request.method)).toEqual(['GET']);
  expect(results[1]?.setup?.map(({ request }) => request.method)).toEqual(['POST']);
});

test('with what a violated check has used, all goes that was read of it', async () => {
  const { sent, verdicts } = await played(
    checkOf('a', make, { ...read, that: 'answer.id == made.id' }),
    checkOf('b', { ...make, expect: 'ok', that: 'false' }),
    checkOf('c', make, { ...read, that: 'answer.id == made.id' }),
  );
  expect(verdicts).toEqual(['conforms', 'violated', 'conforms']);
  expect(sent).toEqual(['POST /groups', 'GET one', 'POST /groups', 'GET one']);
});

test('a list that never shows what a claim is about is no violation; one that shows it wrong is', async () => {
  const list = (that: string, seen: string): Step => ({
    call: 'queryGroup',
    with: {},
    until: `${seen} && ${that}`,
    seen,
    that,
  });
  const has = 'answer.items.exists(i, i.id == made.id)';
  const wrong = 'answer.items.all(i, i.id != made.id)';
  const { verdicts } = await played(
    checkOf('a', make, list(wrong, has)),
    checkOf('b', make, list(wrong, "answer.items.exists(i, i.id == 'nobody')")),
    checkOf('c', make, list(has, has)),
  );
  expect(verdicts).toEqual(['violated', 'notExercised', 'conforms']);
});

test('the key of a step is its request: what it is judged by, and its name, are no part of it', () => {
  const judged: Step = { ...read, as: 'before', expect: 'ok', that: 'true', because: 'so' };
  expect(keyOf(judged)).toBe(keyOf(read));
  expect(keyOf({ ...read, by: 'other' })).not.toBe(keyOf(read));
  expect(keyOf({ ...read, query: { expand: 'all' } })).not.toBe(keyOf(read));
});
