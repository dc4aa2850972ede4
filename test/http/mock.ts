// A mock on a real port and a client for it; both are gone when the test is.

import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import type { Json } from '../../src/model/json.ts';
import { type MockOptions, type RunningMock, startMock } from '../../src/server/start.ts';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const CONTRACT = join(ROOT, 'contracts/flexprice.yaml');
export const DEMO = join(ROOT, 'fixtures/flexprice/demo.json');
export const DEMO_GROUPS = 7;

/** Flexprice, served; with what the options change. */
export async function mock(options: Partial<MockOptions> = {}): Promise<RunningMock> {
  const running = await startMock({ apis: [{ contract: CONTRACT }], ...options });
  onTestFinished(() => running.close());
  return running;
}

/** One mock for all tests of a file; each test brings a key of its own, and so has a tenant of its own. */
export function sharedMock(): { readonly url: string; key(): string } {
  let running: RunningMock | undefined;
  let keys = 0;
  beforeAll(async () => {
    running = await startMock({ apis: [{ contract: CONTRACT }] });
  });
  afterAll(() => running?.close());
  return {
    get url() {
      return running?.url ?? '';
    },
    key: () => `key-${keys++}`,
  };
}

/** An empty folder. */
export function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tallystick-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed, when it is JSON; its text otherwise. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers freely
  readonly body: any;
}

export type Client = (
  method: string,
  path: string,
  body?: Json,
  headers?: Record<string, string>,
) => Promise<Answered>;

/** Calls the URL with this API key. */
export function client(url: string, key = 'alice'): Client {
  return async (method, path, body, headers = {}) => {
    const response = await fetch(url + path, {
      method,
      headers: { 'x-api-key': key, 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return answered(response);
  };
}

export async function answered(response: Response): Promise<Answered> {
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') === true;
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: isJson && text !== '' ? JSON.parse(text) : text,
  };
}

/** A group's smallest body. */
export function group(key: string): { name: string; lookup_key: string; entity_type: string } {
  return { name: `Group ${key}`, lookup_key: key, entity_type: 'price' };
}

/** A flat price of the plan. */
export function price(plan: string, more: Record<string, Json> = {}): Record<string, Json> {
  return {
    type: 'FIXED',
    billing_model: 'FLAT_FEE',
    billing_period: 'MONTHLY',
    billing_period_count: 1,
    billing_cadence: 'RECURRING',
    invoice_cadence: 'ADVANCE',
    currency: 'usd',
    amount: '10',
    price_unit_type: 'FIAT',
    entity_type: 'PLAN',
    entity_id: plan,
    ...more,
  };
}

/** Sends bytes as they are, and gives back all that comes until the server closes, or `until` is there. */
export async function raw(url: string, bytes: string | Buffer, until?: string): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.setEncoding('latin1');
  socket.on('error', () => undefined);
  socket.write(bytes);
  let text = '';
  for await (const chunk of socket) {
    text += chunk;
    if (until !== undefined && text.includes(until)) break;
  }
  socket.destroy();
  return text;
}
