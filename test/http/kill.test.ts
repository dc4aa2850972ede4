import { expect, test } from 'vitest';
import { killRounds } from './kill.ts';

// 200 of them: test/soak.
const KILLS = 20;

test('a server that is killed 20 times loses nothing that it answered, and does nothing by halves', async () => {
  const { wrong, ...counts } = await killRounds(KILLS);
  expect(wrong).toEqual([]);
  expect(counts.kills).toBe(KILLS);
  expect(counts.answered).toBeGreaterThan(500);
  expect(counts.duringRewrite).toBeGreaterThan(0);
  expect(counts.duringDelete).toBeGreaterThan(0);
}, 600_000);
