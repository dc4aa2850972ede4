// The contract tests in the test runners that people have: real ones, each in a process of its own.

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { plan } from '../../src/conformance/plan.ts';
import { Traffic } from '../../src/conformance/traffic.ts';
import { kinds } from '../../src/rules/index.ts';
import { judge, subjects, violations } from '../conformance/judge.ts';
import { startReference } from '../reference/flexprice.ts';
import { type Mock, ROOT, runMock } from '../support/cli.ts';
import { project, type Ran, type RunnerName, runTests, type Seen } from './project.ts';

const RUNNERS: readonly RunnerName[] = ['vitest', 'node-test'];
const flexprice = subjects.find(({ api }) => api === 'flexprice') ?? expect.unreachable();
const { contract } = flexprice;
const checks = plan(contract, kinds).map(({ id }) => id);
const heard = new Traffic(contract, ['documented', 'protocol']).results().map(({ id }) => id);
const FAULT = 'group-duplicate-accepted';
const CONCLUSIVE = '80 % of the rules could be exercised';
const SECRET = 'one-that-nobody-may-see';

let mock: Mock;
let folder: string;
/** What is violated where the fault is, in a run of our own. */
let broken: readonly string[];
beforeAll(async () => {
  mock = await runMock(['flexprice', '--ephemeral']);
  folder = project();
  broken = violations(await judge(flexprice, { fault: FAULT })).map(({ id }) => id);
});
afterAll(() => mock.stop());

/** A test file that a team could have. */
function file(runner: RunnerName, target: string, more: object = {}): string {
  const options = {
    contract: 'flexprice',
    target,
    headers: { 'X-API-Key': SECRET },
    otherHeaders: { 'x-api-key': 'another-that-nobody-may-see' },
    seed: 1,
    ...more,
  };
  return `import { contractTests } from 'tallystick/${runner}';\ncontractTests(${JSON.stringify(options)});\n`;
}

function named({ tests }: Ran, state: Seen['state']): string[] {
  return tests.filter((item) => item.state === state).map(({ name }) => name);
}

function sorted(names: readonly string[]): string[] {
  return [...names].sort();
}

/** The block of the README that imports from this door of the package. */
function readmeBlock(runner: RunnerName): string {
  const blocks = readFileSync(join(ROOT, 'README.md'), 'utf8').matchAll(/```[jt]s\n([\s\S]*?)```/g);
  const [block] = [...blocks].flatMap(([, text = '']) =>
    text.includes(`'tallystick/${runner}'`) ? [text] : [],
  );
  return block ?? expect.unreachable();
}

test.each(RUNNERS)("%s: the README's test passes, one test a check and more", async (runner) => {
  const text = readmeBlock(runner).replaceAll('http://127.0.0.1:4620', mock.url);
  const ran = await runTests(folder, runner, text);
  expect(ran.tests.filter(({ state }) => state !== 'passed')).toEqual([]);
  expect(sorted(named(ran, 'passed'))).toEqual(sorted([...checks, ...heard, CONCLUSIVE]));
  expect(ran.code).toBe(0);
  // All is removed that can be, and with it the ledger.
  expect(existsSync(join(folder, '.tallystick'))).toBe(false);
});

test("the README's tests have the types that they need", () => {
  for (const runner of RUNNERS) {
    writeFileSync(join(folder, `${runner}-types.ts`), readmeBlock(runner));
  }
  const wrong = "import { contractTests } from 'tallystick/vitest';\ncontractTests({});\n";
  writeFileSync(join(folder, 'wrong-types.ts'), wrong);
  const check = (...names: string[]) => {
    const flags = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2023'];
    const tsc = [join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc'), ...flags];
    const all = [...tsc, '--skipLibCheck', '--types', 'node', ...names];
    return execFileSync(process.execPath, all, { cwd: folder, encoding: 'utf8' });
  };
  expect(check('vitest-types.ts', 'node-test-types.ts')).toBe('');
  expect(() => check('wrong-types.ts')).toThrow(/Command failed/);
});

test.each(RUNNERS)(
  '%s: of a server with a fault exactly the broken checks fail',
  async (runner) => {
    const server = await startReference({ fault: FAULT });
    const ran = await runTests(folder, runner, file(runner, server.url, { settle: 300 }));
    await server.close();
    expect(sorted(named(ran, 'failed'))).toEqual(sorted(broken));
    expect(named(ran, 'failed')).toContain('group.lookup-key-unique/duplicate-create');
    expect(ran.code).toBe(1);
    const { why = '' } =
      ran.tests.find(({ name }) => name === 'group.lookup-key-unique/duplicate-create') ?? {};
    const rule = contract.rules.find(({ id }) => id === 'group.lookup-key-unique');
    for (const part of [
      rule?.says,
      rule?.source,
      'contracts/flexprice.yaml:',
      'seen',
      'ask -X POST "$BASE/groups"',
      'seed  1',
    ]) {
      expect(why).toContain(part);
    }
    expect(JSON.stringify(ran)).not.toContain('nobody-may-see');
  },
);

test.each(RUNNERS)('%s: a few of the tests can be run without the others', async (runner) => {
  const ran = await runTests(folder, runner, file(runner, mock.api), 'group.lookup-key-unique/');
  expect(sorted(named(ran, 'passed'))).toEqual(
    sorted(checks.filter((id) => id.startsWith('group.lookup-key-unique/'))),
  );
  expect(named(ran, 'failed')).toEqual([]);
  expect(ran.code).toBe(0);
});

test.each(RUNNERS)('%s: what needs a second tenant is skipped without one', async (runner) => {
  const text = file(runner, mock.api, { only: 'group.*', otherHeaders: undefined });
  const ran = await runTests(folder, runner, text);
  const skipped = ran.tests.filter(
    ({ name, state }) => checks.includes(name) && state === 'skipped',
  );
  expect(skipped.length).toBeGreaterThan(0);
  for (const { why } of skipped) expect(why).toContain('needs the credentials of a second tenant');
  expect(named(ran, 'failed')).toEqual([]);
});

test.each(RUNNERS)('%s: where nobody answers one test fails, and says so', async (runner) => {
  const ran = await runTests(
    folder,
    runner,
    file(runner, 'http://127.0.0.1:9/v1', { only: 'group.*' }),
  );
  const [failed, ...others] = ran.tests.filter(({ state }) => state === 'failed');
  expect(failed?.why).toContain('http://127.0.0.1:9/v1 does not answer');
  expect(others).toEqual([]);
  expect(named(ran, 'passed')).toEqual([]);
  expect(ran.code).toBe(1);
});

test.each(RUNNERS)(
  '%s: a hiccup passes and is told, a known violation is skipped',
  async (runner) => {
    const server = await hiccup(mock.api);
    const { port } = server.address() as AddressInfo;
    const flaky = await runTests(
      folder,
      runner,
      file(runner, `http://127.0.0.1:${port}`, { only: 'createGroup/*' }),
    );
    server.close();
    expect(flaky.tests.filter(({ state }) => state === 'failed')).toEqual([]);
    expect(named(flaky, 'passed')).toEqual(
      expect.arrayContaining(checks.filter((id) => id.startsWith('createGroup/'))),
    );
    expect(`${flaky.output}${JSON.stringify(flaky.tests)}`).toContain('well when repeated');

    const known = await startReference({ fault: FAULT });
    writeFileSync(
      join(folder, 'known.yaml'),
      '- { check: group.lookup-key-unique/*, reason: told to its makers, until: 2999-12-31 }\n',
    );
    const text = file(runner, known.url, {
      only: 'group.lookup-key-unique/*',
      baseline: 'known.yaml',
    });
    const ran = await runTests(folder, runner, text);
    await known.close();
    expect(named(ran, 'failed')).toEqual([]);
    const duplicate = ran.tests.find(
      ({ name }) => name === 'group.lookup-key-unique/duplicate-create',
    );
    expect(duplicate).toMatchObject({
      state: 'skipped',
      why: expect.stringContaining('told to its makers'),
    });
  },
);

test.each(RUNNERS)("%s: what can't be a test is said before any is run", async (runner) => {
  const unknown = await runTests(folder, runner, file(runner, mock.api, { contract: 'flexprise' }));
  expect(unknown.output).toContain('unknown api "flexprise" (did you mean flexprice?');
  expect(unknown.code).toBe(1);
  const none = await runTests(folder, runner, file(runner, mock.api, { only: 'nothing.*' }));
  expect(none.output).toContain('only nothing.*: no check of flexprice matches');
  expect(none.code).toBe(1);
});

/** A server that drops the first create of a group, and else passes on what it is asked. */
async function hiccup(to: string): Promise<Server> {
  let dropped = false;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    if (!dropped && request.method === 'POST' && request.url === '/groups') {
      dropped = true;
      request.socket.destroy();
      return;
    }
    const { host: _, connection: __, 'content-length': ___, ...headers } = request.headers;
    const answer = await fetch(`${to}${request.url}`, {
      method: request.method ?? 'GET',
      headers: headers as Record<string, string>,
      ...(chunks.length === 0 ? {} : { body: Buffer.concat(chunks) }),
    });
    const type = answer.headers.get('content-type');
    response.writeHead(answer.status, type === null ? {} : { 'content-type': type });
    response.end(Buffer.from(await answer.arrayBuffer()));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}
