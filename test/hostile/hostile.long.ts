// The long siege: `npm run hostile`, after `npm run build`. HOSTILE_SEED repeats one, HOSTILE_COUNT makes
// it longer.

import { expect, test } from 'vitest';
import { siege } from './siege.ts';

const COUNT = Number(process.env['HOSTILE_COUNT'] ?? 30_000);

test('tens of thousands of hostile requests do the server no harm', async () => {
  const told = await siege({ count: COUNT, isLong: true });
  console.log(told);
  expect(told.sent).toBeGreaterThanOrEqual(Math.min(20_000, COUNT));
  expect(told.megabytes.every((size) => size < 700)).toBe(true);
});
