// 200 kills, for a quiet hour: `npx vitest run --config test/vitest.long.ts test/soak` after `npm run build`.

import { expect, test } from 'vitest';
import { killRounds } from '../http/kill.ts';

test('200 kills lose nothing that was answered, and leave nothing half done', async () => {
  const { wrong, ...counts } = await killRounds(200);
  console.log(counts);
  expect(wrong).toEqual([]);
  expect(counts.kills).toBe(200);
});
