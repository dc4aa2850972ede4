import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CONTRACT, client, group, mock, ROOT, scratch } from './mock.ts';

/** Flexprice under another name. */
function other(name: string): string {
  const text = readFileSync(CONTRACT, 'utf8')
    .replace(/^api: .*$/m, `api: ${name}`)
    .replace(/^spec: .*$/m, `spec: ${join(ROOT, 'specs/flexprice.yaml')}`);
  const file = join(scratch(), `${name}.yaml`);
  writeFileSync(file, text);
  return file;
}

test('several APIs are served side by side, each under its name only, with records of its own', async () => {
  const dataDir = scratch();
  const { url, apis } = await mock({
    apis: [{ contract: CONTRACT }, { contract: other('second') }],
    dataDir,
  });
  expect(apis).toEqual({ flexprice: `${url}/flexprice/v1`, second: `${url}/second/v1` });
  const call = client(url);
  for (const api of Object.values(apis)) {
    expect((await client(api)('POST', '/groups', group('same'))).status).toBe(201);
  }
  const lost = await call('POST', '/groups', group('root'));
  expect([lost.status, lost.body.apis]).toEqual([404, Object.values(apis)]);
  expect(readdirSync(dataDir).sort()).toEqual(['flexprice', 'second']);
});

test('reset and health are for all of them', async () => {
  const { url, apis } = await mock({
    apis: [{ contract: CONTRACT }, { contract: other('second') }],
  });
  for (const api of Object.values(apis)) await client(api)('POST', '/groups', group('gone'));
  expect((await client(url)('POST', '/_tallystick/v1/reset')).status).toBe(204);
  for (const api of Object.values(apis)) {
    expect((await client(api)('POST', '/groups/search', {})).body.items).toEqual([]);
  }
  const { body } = await client(url)('GET', '/_tallystick/v1/health');
  expect(Object.keys(body.apis)).toEqual(['flexprice', 'second']);
});
