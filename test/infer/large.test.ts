// Twelve hundred operations whose schemas all reach each other.

import { expect, test } from 'vitest';
import { guessed } from './guessed.ts';
import { largeDocument } from './large.ts';

test('every one of 1,200 operations is bound, and the last collection works like the first', async () => {
  const { spec, inferred, ask } = guessed(largeDocument(1_200));
  expect(spec.operations).toHaveLength(1_200);
  expect(inferred.unbound).toEqual([]);
  expect(Object.keys(inferred.contract['resources'] as object)).toHaveLength(300);
  for (const i of [0, 149]) {
    const made = await ask(`POST /things${i}`, { name: 'first' });
    expect(made).toMatchObject({ status: 201, body: { name: 'first' } });
    const at = `/things${i}/${made.body.id}`;
    expect((await ask(`GET ${at}`)).body).toEqual(made.body);
    expect((await ask(`GET /things${i}?page=1&per_page=1`)).body).toEqual({
      data: [made.body],
      total: 1,
    });
    expect((await ask(`POST ${at}/close`)).body.status).toBe('closed');
    const note = await ask(`POST ${at}/notes`, { text: 'hi' });
    expect((await ask(`GET ${at}/notes`)).body).toEqual([note.body]);
    expect((await ask(`PATCH ${at}`, { next: { name: 3 } })).status).toBe(400);
    expect((await ask(`DELETE ${at}`)).status).toBe(204);
    expect((await ask(`GET ${at}`)).status).toBe(404);
  }
});
