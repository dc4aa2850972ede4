import { expect, test } from 'vitest';
import { client, group, mock, raw, sharedMock } from './mock.ts';

const server = sharedMock();

test('an API that is served alone answers under its name, at its base path and at the root', async () => {
  const { url } = server;
  const call = client(url, server.key());
  const paths = ['/flexprice/v1/groups', '/v1/groups', '/groups'];
  for (const [i, path] of paths.entries()) {
    expect(await call('POST', path, group(`key-${i}`))).toMatchObject({ status: 201 });
  }
  const { body } = await call('POST', '/flexprice/v1/groups/search', {});
  expect(body.items).toHaveLength(3);
});

test('the root says what is served and where', async () => {
  const { url } = server;
  const { body } = await client(url, server.key())('GET', '/');
  expect(body).toMatchObject({
    name: 'tallystick',
    apis: { flexprice: { url: `${url}/flexprice/v1` } },
  });
});

test('the spec is given as JSON, with the mock in place of its servers', async () => {
  const { url } = server;
  const { status, body } = await client(url, server.key())('GET', '/flexprice/openapi.json');
  expect(status).toBe(200);
  expect(body.servers).toEqual([{ url: `${url}/flexprice/v1`, description: 'tallystick' }]);
  expect(body.paths['/groups'].post.operationId).toBe('createGroup');
});

test('an unknown path is a 404 in the error shape of the API', async () => {
  const { url } = server;
  const { status, body } = await client(url, server.key())('GET', '/flexprice/v1/nothing/here');
  expect(status).toBe(404);
  expect(body).toMatchObject({ code: 'not_found', http_status_code: 404, details: {} });
});

test('a lost base path is a 404 that names it', async () => {
  const { url } = server;
  const { status, body } = await client(url, server.key())('GET', '/flexprice/groups');
  expect(status).toBe(404);
  expect(body.message).toContain(`${url}/flexprice/v1`);
});

test('a wrong method is a 405 that lists the right ones', async () => {
  const { url } = server;
  const { status, headers } = await client(url, server.key())('PATCH', '/flexprice/v1/groups/x');
  expect(status).toBe(405);
  expect(headers['allow']?.split(', ').sort()).toEqual(['DELETE', 'GET']);
});

test('HEAD is answered like GET, without the body', async () => {
  const { url } = server;
  const call = client(`${url}/flexprice/v1`, server.key());
  const { body } = await call('POST', '/groups', group('head'));
  const [get, head] = [
    await call('GET', `/groups/${body.id}`),
    await call('HEAD', `/groups/${body.id}`),
  ];
  expect(head.status).toBe(200);
  expect(head.body).toBe('');
  expect(head.headers['content-length']).toBe(get.headers['content-length']);
});

test('a whole URL as request target is understood', async () => {
  const { url } = server;
  const answer = await raw(
    url,
    `GET ${url}/flexprice/v1/groups/none HTTP/1.1\r\nhost: x\r\nx-api-key: a\r\nconnection: close\r\n\r\n`,
  );
  expect(answer).toContain('"code":"not_found"');
  expect(answer).toContain('none');
});

test('a request without an API key is a 401', async () => {
  const { url } = await mock();
  const { status, body } = await client(url, '')('POST', '/groups', group('x'));
  expect(status).toBe(401);
  expect(body.code).toBe('permission_denied');
});

test('only the given keys are let in, a tenant each', async () => {
  const keys = new Map([
    ['s1', 'alice'],
    ['s2', 'bob'],
  ]);
  const { url } = await mock({ keys });
  const { body } = await client(url, 's1')('POST', '/groups', group('mine'));
  expect((await client(url, 's1')('GET', `/groups/${body.id}`)).status).toBe(200);
  expect((await client(url, 's2')('GET', `/groups/${body.id}`)).status).toBe(404);
  expect((await client(url, 's3')('GET', `/groups/${body.id}`)).status).toBe(401);
});

test('a rule that refuses is named in a header', async () => {
  const { url } = await mock();
  const call = client(url);
  await call('POST', '/groups', group('twice'));
  const { status, headers } = await call('POST', '/groups', group('twice'));
  expect(status).toBe(400);
  expect(headers['x-tallystick-rule']).toBe('group.lookup-key-unique');
});
