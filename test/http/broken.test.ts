import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { loadContract } from '../../src/contract/load.ts';
import { makeEnv } from '../../src/mock/env.ts';
import { playable, shapeOf } from '../../src/mock/playable.ts';
import { kinds } from '../../src/rules/index.ts';
import { makeApp } from '../../src/server/app.ts';
import { makeLog } from '../../src/server/log.ts';
import { serverOf } from '../../src/server/prototypes.ts';
import { State } from '../../src/state/state.ts';
import { MemoryStore } from '../../src/stores/memory.ts';
import { CONTRACT, client, group } from './mock.ts';

test('a bug in a rule is a 500 in the error shape, with its stack in the log, and the server goes on', async () => {
  const contract = loadContract(CONTRACT, kinds);
  const [rule] = contract.rules;
  if (rule === undefined) throw new Error('a contract without rules');
  const check = () => {
    throw new Error('a bug for the test');
  };
  const api = playable(contract, [{ rule, hooks: { check } }]);
  const state = new State(shapeOf(contract, () => []));
  let said = '';
  const err = { write: (text: string) => (said += text) };
  const app = makeApp({
    served: [
      {
        name: 'flexprice',
        api,
        state,
        store: new MemoryStore(state),
        env: makeEnv(),
        specHash: '',
        ready: true,
      },
    ],
    log: makeLog({ quiet: true, err }),
    host: '127.0.0.1',
    token: undefined,
    instance: 'one',
    delay: undefined,
    url: () => '',
  });
  const server = serverOf(app).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const call = client(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const { status, body } = await call('POST', '/groups', group('x'));
  expect([status, body.http_status_code]).toEqual([500, 500]);
  expect(said).toContain('Error: a bug for the test\n    at check');
  expect(state.version).toBe(0);
  expect((await call('GET', '/groups/none')).status).toBe(404);
});
