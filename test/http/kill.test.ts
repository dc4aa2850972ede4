import { expect, test } from 'vitest';
import { killRounds } from './kill.ts';

// KILLS=200 for a soak.
const kills = Number(process.env['KILLS'] ?? 20);

test('a server that is killed again and again loses nothing that it answered, and does nothing by halves', async () => {
  const { wrong, ...counts } = await killRounds(kills);
  console.log(counts);
  expect(wrong).toEqual([]);
  expect(counts.kills).toBe(kills);
  expect(counts.answered).toBeGreaterThan(500);
  expect(counts.duringRewrite).toBeGreaterThan(0);
  expect(counts.duringDelete).toBeGreaterThan(0);
}, 3_600_000);
