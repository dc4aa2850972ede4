// `tallystick proxy` as a program: what it says while it runs, and what when it is stopped.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { client, ROOT } from '../http/mock.ts';
import { startReference } from '../reference/flexprice.ts';

const MAIN = join(ROOT, 'dist/src/cli/main.js');

interface Running {
  readonly url: string;
  /** Stops it as Ctrl-C does. */
  stop(): Promise<{ code: number | null; out: string; err: string }>;
}

async function run(...args: string[]): Promise<Running> {
  const child: ChildProcess = spawn(process.execPath, [MAIN, 'proxy', ...args, '--port', '0']);
  onTestFinished(() => void child.kill('SIGKILL'));
  let [out, err] = ['', ''];
  child.stdout?.on('data', (chunk) => {
    out += chunk;
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.on('exit', () => reject(new Error(err)));
    child.stderr?.on('data', (chunk) => {
      err += chunk;
      const [, found] = /: (http:\/\/\S+) -> /.exec(err) ?? [];
      if (found !== undefined) resolve(found);
    });
  });
  return {
    url,
    async stop() {
      const closed = once(child, 'close');
      child.kill('SIGINT');
      const [code] = (await closed) as [number | null];
      return { code, out, err };
    },
  };
}

test('what is broken is said at once, and again in a report that holds no credential', async () => {
  const reference = await startReference({ fault: 'plan-description-lost' });
  onTestFinished(() => reference.close());
  const proxy = await run('flexprice', '--target', reference.url, '--reporter', 'json');
  const call = client(proxy.url, 's3cret-of-the-client');
  await call('POST', '/plans', { name: 'Pro', description: 's3cret-of-the-client' });
  await call('GET', '/nowhere');
  const { code, out, err } = await proxy.stop();
  expect(code).toBe(1);
  expect(err).toMatch(/^POST +\/plans 201 \d.* ms +record\.kept\/traffic$/m);
  expect(err).toMatch(/^ {2}record\.kept\/traffic: description was sent as "\*\*\*", and is /m);
  expect(err).toMatch(/^GET +\/nowhere 404 .*not in the document$/m);
  const { checks, requests, summary } = JSON.parse(out);
  expect([requests, summary.violated]).toEqual([2, 1]);
  const [found] = checks.filter(({ verdict }: { verdict: string }) => verdict === 'violated');
  expect(found).toMatchObject({ rule: 'record.kept', operation: 'createPlan' });
  expect(found.place.file).toMatch(/flexprice\.yaml$/);
  expect(out + err).not.toContain('s3cret');
});

test('a document alone is judged by its schemas, and the proxy may bring the credential', async () => {
  const reference = await startReference({ keys: ['s3cret-of-mine'] });
  onTestFinished(() => reference.close());
  const document = join(ROOT, 'specs/flexprice.yaml');
  const header = ['--header', 'x-api-key: s3cret-of-mine'];
  const proxy = await run(document, '--target', reference.url, ...header);
  const answer = await fetch(`${proxy.url}/plans`, {
    method: 'POST',
    body: '{"name": "Pro"}',
    headers: { 'content-type': 'application/json' },
  });
  expect(answer.status).toBe(201);
  const { code, out, err } = await proxy.stop();
  expect(code).toBe(0);
  expect(out).toContain('createPlan/response-schema');
  expect(out).toMatch(/0 violated, 0 not exercised/);
  expect(out + err).not.toContain('s3cret');
});

test('a target that never answered is another exit code, and a bad flag is told', async () => {
  const proxy = await run('flexprice', '--target', 'http://127.0.0.1:1');
  expect((await fetch(`${proxy.url}/plans`)).status).toBe(502);
  const { code, err } = await proxy.stop();
  expect(code).toBe(3);
  expect(err).toContain('http://127.0.0.1:1 never answered');
  await expect(run('flexprice')).rejects.toThrow('--target is missing');
});
