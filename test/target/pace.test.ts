// The pace that requests keep: rates as text, and no span of time with more requests than its rate allows.

import { expect, test } from 'vitest';
import { pacer, ratesOf } from '../../src/target/pace.ts';

test('rates are read, and what is none is told', () => {
  expect(ratesOf('10')).toEqual([{ most: 10, within: 1000 }]);
  expect(ratesOf('40/s, 240/m,9/h')).toEqual([
    { most: 40, within: 1000 },
    { most: 240, within: 60_000 },
    { most: 9, within: 3_600_000 },
  ]);
  for (const text of ['', '0', '0/s', '-1', '1/d', '1.5', '10 per second', '1,']) {
    expect(ratesOf(text)).toBeUndefined();
  }
});

test('no span of time holds more requests than its rate allows, whoever asks', async () => {
  let time = 0;
  const sleep = async (ms: number) => {
    time += ms;
  };
  const rates = [
    { most: 5, within: 1000 },
    { most: 12, within: 10_000 },
  ];
  const pace = pacer(rates, sleep, () => time);
  const sent: number[] = [];
  await Promise.all(Array.from({ length: 40 }, () => pace().then(() => sent.push(time))));
  for (const { most, within } of rates) {
    for (const start of sent) {
      const held = sent.filter((at) => at >= start && at < start + within).length;
      expect(held).toBeLessThanOrEqual(most);
    }
  }
  // And it is no slower than it has to be: 12 in each 10 seconds.
  expect(sent.at(-1)).toBeLessThanOrEqual(31_000);
  expect(sent.slice(0, 5)).toEqual([0, 0, 0, 0, 0]);
});
