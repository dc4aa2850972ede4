// The short siege: the whole corpus of test/hostile, every case of broken framing, and a little fuzz.
// `npm run hostile` is the long one.

import { expect, test } from 'vitest';
import { siege } from '../hostile/siege.ts';

test('hostile requests of every kind at every operation do the server no harm', async () => {
  const { sent, megabytes } = await siege({ count: 400, isLong: false });
  expect(sent).toBeGreaterThan(3_000);
  expect(Math.max(...megabytes)).toBeLessThan(700);
});
