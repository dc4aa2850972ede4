import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lockFolder } from '../../src/stores/lock.ts';
import { scratch } from './folder.ts';

test('a folder that is in use is refused, with the number of the process', () => {
  const folder = scratch();
  lockFolder(folder);
  expect(() => lockFolder(folder)).toThrow(`is in use by process ${process.pid}`);
});

test('a released folder can be taken again', () => {
  const folder = scratch();
  lockFolder(folder)();
  expect(readdirSync(folder)).toEqual([]);
  expect(() => lockFolder(folder)).not.toThrow();
});

test.each([
  ['a process that is gone', '{"pid":999999999,"started":"x 1"}'],
  ['an earlier process of our own number', `{"pid":${process.pid},"started":"another start"}`],
  ['an earlier process of the number 1', '{"pid":1,"started":"another start"}'],
  ['nobody that can be read', '{"pid'],
])('the lock of %s is taken over', (_, text) => {
  const folder = scratch();
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'lock'), text);
  lockFolder(folder);
  expect(JSON.parse(readFileSync(join(folder, 'lock'), 'utf8')).pid).toBe(process.pid);
  expect(readdirSync(folder)).toEqual(['lock']);
});

test('a folder that cannot be made is told', () => {
  const folder = scratch();
  mkdirSync(join(folder, '..'), { recursive: true });
  writeFileSync(folder, 'a file');
  expect(() => lockFolder(folder)).toThrow(
    /can't use the data folder .+ Choose another with --data-dir/,
  );
});
