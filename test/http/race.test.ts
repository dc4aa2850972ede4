import { expect, test } from 'vitest';
import { client, group, mock, scratch } from './mock.ts';

test('of 50 creates of one key at once exactly one wins, 20 times over', async () => {
  const { url } = await mock({ dataDir: scratch() });
  const call = client(`${url}/flexprice/v1`);
  for (let round = 0; round < 20; round++) {
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => call('POST', '/groups', group(`key-${round}`))),
    );
    const won = answers.filter(({ status }) => status === 201);
    const refused = answers.filter(({ status }) => status === 400);
    expect([won.length, refused.length]).toEqual([1, 49]);
    const { body } = await call('POST', '/groups/search', { lookup_key: `key-${round}` });
    expect(body.pagination.total).toBe(1);
  }
});
