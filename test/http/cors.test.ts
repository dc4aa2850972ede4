import { expect, test } from 'vitest';
import { answered, client, group, mock } from './mock.ts';

test('a preflight is answered without credentials, and allows what the page asks for', async () => {
  const { url } = await mock();
  const { status, headers, body } = await answered(
    await fetch(`${url}/flexprice/v1/groups`, {
      method: 'OPTIONS',
      headers: {
        origin: 'http://localhost:5173',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type,x-api-key,x-own',
      },
    }),
  );
  expect(status).toBe(204);
  expect(body).toBe('');
  expect(headers['access-control-allow-origin']).toBe('*');
  expect(headers['access-control-allow-headers']).toBe('content-type,x-api-key,x-own');
  expect(headers['access-control-allow-methods']).toContain('DELETE');
});

test('every answer of an API may be read by a page of another origin, refusals and errors too', async () => {
  const { url } = await mock();
  const call = client(url);
  const made = await call('POST', '/groups', group('a'));
  const answers = [
    made,
    await call('POST', '/groups', group('a')),
    await call('GET', '/nothing'),
    await call('PATCH', '/groups'),
    await call('DELETE', `/groups/${made.body.id}`),
    await client(url, '')('GET', '/groups/x'),
    await call('GET', '/flexprice/openapi.json'),
  ];
  expect(answers.map(({ status }) => status)).toEqual([201, 400, 404, 405, 204, 401, 200]);
  for (const { headers } of answers) {
    expect(headers['access-control-allow-origin']).toBe('*');
    expect(headers['access-control-expose-headers']).toContain('x-tallystick-rule');
  }
});

test('the admin API has no CORS', async () => {
  const { url } = await mock();
  const call = client(url);
  for (const [method, path] of [
    ['GET', '/_tallystick/v1/health'],
    ['OPTIONS', '/_tallystick/v1/reset'],
  ] as const) {
    const { headers } = await call(method, path, undefined, { origin: url });
    expect(headers['access-control-allow-origin']).toBeUndefined();
  }
});
