// `tallystick init`, and `tallystick mock` of a bare document, as a user runs them.

import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { petstore } from '../infer/petstore.ts';
import { travel } from '../infer/travel.ts';
import { runMock, tallystick } from '../support/cli.ts';

function folderWith(document: object): string {
  const folder = mkdtempSync(join(tmpdir(), 'tallystick-init-'));
  writeFileSync(join(folder, 'api.json'), JSON.stringify(document));
  return folder;
}

test('what it writes is never written over, unless that is asked for, and is served', async () => {
  const folder = folderWith(petstore);
  const init = (...more: string[]) => tallystick(['init', 'api.json', ...more], {}, folder);
  const file = join('contracts', 'corner-pet-shop.yaml');
  expect(await init()).toMatchObject({ code: 0, stdout: `${file}\n` });
  writeFileSync(join(folder, file), `${readFileSync(join(folder, file), 'utf8')}# mine\n`);
  const again = await init();
  expect(again.code).toBe(2);
  expect(again.stderr).toContain('is there already: --force overwrites it');
  expect(readFileSync(join(folder, file), 'utf8')).toContain('# mine');
  expect((await init('--force')).code).toBe(0);
  expect(readFileSync(join(folder, file), 'utf8')).not.toContain('# mine');
  expect(await init('-o', 'mine.yaml')).toMatchObject({ code: 0, stdout: 'mine.yaml\n' });
  const mock = await runMock([join(folder, 'mine.yaml'), '--ephemeral']);
  const made = await fetch(`${mock.api}/pets`, {
    method: 'POST',
    body: JSON.stringify({ name: 'Rex', tags: [] }),
  });
  expect(made.status).toBe(201);
  expect(await (await fetch(`${mock.api}/pets/1`)).json()).toEqual(await made.json());
  await mock.stop();
});

test('a document that can not be read is told in one line, and nothing is written', async () => {
  const folder = folderWith({ swagger: '2.0' });
  const { code, stderr } = await tallystick(['init', 'api.json'], {}, folder);
  expect(code).toBe(2);
  expect(stderr).toMatch(/^error: api\.json is Swagger 2\.0.*convert it first/);
  expect(existsSync(join(folder, 'contracts'))).toBe(false);
  expect((await tallystick(['mock', 'api.json'], {}, folder)).code).toBe(2);
});

test('a bare document is served with its examples, or without', async () => {
  const file = join(folderWith(travel), 'api.json');
  const stations = async (...flags: string[]) => {
    const mock = await runMock([file, '--ephemeral', '--quiet', ...flags]);
    const headers = { authorization: 'Bearer me' };
    const response = await fetch(`${mock.api}/stations`, { headers });
    await mock.stop();
    return ((await response.json()) as { data: { name: string }[] }).data.map(({ name }) => name);
  };
  expect(await stations()).toEqual(['North', 'South']);
  expect(await stations('--empty')).toEqual([]);
});
