// A page on another port is the mock's first user: a real browser creates a group, assigns a price to it, is
// refused a duplicate, and may read why.

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Mock, runMock } from '../support/cli.ts';
import { launchChromium } from './chromium.ts';

let mock: Mock;
let site: Server;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  mock = await runMock(['flexprice', '--ephemeral', '--quiet']);
  site = createServer((_, response) => {
    response.setHeader('content-type', 'text/html').end('<!doctype html><title>shop</title>');
  });
  await new Promise<void>((done) => site.listen(0, '127.0.0.1', done));
  browser = await launchChromium();
  page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}/`);
}, 600_000);

afterAll(async () => {
  await browser?.close();
  site?.close();
  await mock?.stop();
});

interface Seen {
  status: number;
  rule: string | null;
  body: Record<string, string> | null;
}

/** What the page's own `fetch` sees; the request has to pass a preflight for its header and method. */
function fetched(method: string, path: string, body?: object): Promise<Seen> {
  return page.evaluate(
    async ([url, verb, text]) => {
      const answer = await fetch(url, {
        method: verb,
        headers: { 'x-api-key': 'page', 'content-type': 'application/json' },
        ...(text === '' ? {} : { body: text }),
      });
      const json = await answer.text();
      return {
        status: answer.status,
        rule: answer.headers.get('x-tallystick-rule'),
        body: json === '' ? null : JSON.parse(json),
      };
    },
    [`${mock.api}${path}`, method, body === undefined ? '' : JSON.stringify(body)] as const,
  );
}

test('a page on another port creates a group and puts a price into it', async () => {
  const group = await fetched('POST', '/groups', {
    name: 'GPU',
    lookup_key: 'gpu',
    entity_type: 'price',
  });
  expect(group.status).toBe(201);
  const plan = await fetched('POST', '/plans', { name: 'Pro' });
  const price = await fetched('POST', '/prices', {
    type: 'FIXED',
    billing_model: 'FLAT_FEE',
    billing_period: 'MONTHLY',
    invoice_cadence: 'ADVANCE',
    currency: 'usd',
    amount: '10',
    entity_type: 'PLAN',
    entity_id: plan.body?.['id'],
  });
  const put = await fetched('PUT', `/prices/${price.body?.['id']}`, {
    group_id: group.body?.['id'],
  });
  expect(put).toMatchObject({ status: 200, body: { group_id: group.body?.['id'] } });
});

test('a page may read which rule refused it', async () => {
  const again = await fetched('POST', '/groups', {
    name: 'GPU',
    lookup_key: 'gpu',
    entity_type: 'price',
  });
  expect(again).toMatchObject({
    status: 400,
    rule: 'group.lookup-key-unique',
    body: { code: 'already_exists' },
  });
});

test('a page sees an empty answer of a delete', async () => {
  const group = await fetched('POST', '/groups', {
    name: 'Old',
    lookup_key: 'old',
    entity_type: 'price',
  });
  expect(await fetched('DELETE', `/groups/${group.body?.['id']}`)).toMatchObject({
    status: 204,
    body: null,
  });
});

test('a page can not reset the mock', async () => {
  const url = `${mock.url}/_tallystick/v1/reset`;
  const reached = await page.evaluate(
    (to) =>
      fetch(to, { method: 'POST' }).then(
        (answer) => answer.status,
        () => 'blocked',
      ),
    url,
  );
  expect(['blocked', 403]).toContain(reached);
});
