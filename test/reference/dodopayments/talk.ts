// Talks to a server and writes down what it answers, ids and times replaced by their order of
// appearance, so that two servers that behave alike leave the same lines.

import type { IncomingHttpHeaders } from 'node:http';
import { Agent, request } from 'node:http';
import type { Fields, Json } from './model.ts';
import { isFields } from './model.ts';

export const KEYS = ['main-key-one', 'main-key-two', 'MAIN-KEY-ONE'];
export const [ONE = '', TWO = '', CAPITALS = ''] = KEYS;

export interface Extras {
  key?: string;
  raw?: string;
  headers?: Record<string, string>;
}

export interface Reply {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
  data: Fields;
  all: Json;
}

const VOLATILE =
  /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f-]{21}|\b(?:pdc|pdt|mtr|adn|cde|bus|brnd)_[0-9A-Za-z]{21}\b|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g;

// Thrown at the first line that is not the expected one.
export class Differs extends Error {}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return {};
  }
}

export class Talk {
  readonly lines: string[] = [];
  readonly #base: string;
  readonly #expected: string[] | undefined;
  readonly #names = new Map<string, string>();
  readonly #agent = new Agent({ keepAlive: true });
  #key = ONE;

  constructor(base: string, expected?: string[]) {
    this.#base = base;
    this.#expected = expected;
  }

  as(key: string): this {
    this.#key = key;
    return this;
  }

  close(): void {
    this.#agent.destroy();
  }

  #headers(sent: string | undefined, extras: Extras): Record<string, string | number> {
    const key = extras.key ?? this.#key;
    return {
      ...(key === '' ? {} : { authorization: `Bearer ${key}` }),
      ...(sent === undefined
        ? {}
        : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(sent) }),
      ...extras.headers,
    };
  }

  async ask(method: string, path: string, body?: unknown, extras: Extras = {}): Promise<Reply> {
    const sent = extras.raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const headers = this.#headers(sent, extras);
    return new Promise((resolve, reject) => {
      const asking = request(
        this.#base + path,
        { method, headers, agent: this.#agent },
        (answer) => {
          const parts: Buffer[] = [];
          answer.on('data', (part: Buffer) => parts.push(part));
          answer.on('error', reject);
          answer.on('end', () => {
            const text = Buffer.concat(parts).toString('utf8');
            const all = parsed(text);
            const data = isFields(all) ? all : {};
            resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text, data, all });
          });
        },
      );
      asking.on('error', reject);
      asking.end(sent);
    });
  }

  #steady(text: string): string {
    return text.replace(VOLATILE, (found) => {
      const name = this.#names.get(found) ?? `<${this.#names.size}>`;
      this.#names.set(found, name);
      return name;
    });
  }

  // Asks and writes the answer down; what a message says does not count.
  async say(method: string, path: string, body?: unknown, extras?: Extras): Promise<Reply> {
    const reply = await this.ask(method, path, body, extras);
    const type = reply.headers['content-type'] ?? '-';
    const text = reply.text.replace(/"message":"[^"]*"/, '"message":"..."');
    const asked = `${method} ${path} ${JSON.stringify(body ?? null)}`;
    this.write(`${asked} -> ${reply.status} ${type} ${text}`);
    return reply;
  }

  // Sends several requests at the same time and writes down only their statuses, in order.
  async race(method: string, calls: [path: string, body?: unknown][]): Promise<void> {
    const all = await Promise.all(calls.map(([path, body]) => this.ask(method, path, body)));
    this.write(
      all
        .map((each) => each.status)
        .sort((a, b) => a - b)
        .join(' '),
    );
  }

  write(text: string): void {
    const line = this.#steady(text);
    const wanted = this.#expected?.[this.lines.length];
    this.lines.push(line);
    if (this.#expected && line !== wanted) throw new Differs(`want ${wanted}\nhave ${line}`);
  }
}

export const idIn = (reply: Reply): string =>
  String(reply.data['id'] ?? reply.data['product_id'] ?? 'none');

export const partsOf = (value: Json | undefined): Fields[] =>
  Array.isArray(value) ? value.filter(isFields) : [];

export const oneTime = (more: Fields = {}): Fields => ({
  type: 'one_time_price',
  currency: 'USD',
  price: 1000,
  discount: 0,
  purchasing_power_parity: false,
  ...more,
});

const PERIOD: Fields = {
  payment_frequency_count: 1,
  payment_frequency_interval: 'Month',
  subscription_period_count: 1,
  subscription_period_interval: 'Year',
};

export const recurring = (more: Fields = {}): Fields =>
  oneTime({ type: 'recurring_price', ...PERIOD, ...more });

export function usage(more: Fields = {}): Fields {
  const { price: _, ...rest } = oneTime({ type: 'usage_based_price', fixed_price: 500, ...PERIOD });
  return { ...rest, ...more };
}

export const product = (name: string, more: Fields = {}): Fields => ({
  name,
  price: oneTime(),
  tax_category: 'digital_products',
  ...more,
});

// The requests that more than one scenario starts with.
export class Shop {
  readonly talk: Talk;

  constructor(talk: Talk) {
    this.talk = talk;
  }

  async product(name: string, more: Fields = {}, key?: string): Promise<string> {
    const extras = key === undefined ? {} : { key };
    return idIn(await this.talk.say('POST', '/products', product(name, more), extras));
  }

  async products(count: number, name = 'P'): Promise<string[]> {
    const ids: string[] = [];
    for (let n = 0; n < count; n += 1) ids.push(await this.product(`${name}${n}`));
    return ids;
  }

  // A collection with one group for each list of products; their names are A, B, C...
  async collection(name: string, groups: string[][], key?: string): Promise<string> {
    const sent = groups.map((ids, at) => ({
      group_name: 'ABCDEFGH'.charAt(at),
      products: ids.map((id) => ({ product_id: id })),
    }));
    const extras = key === undefined ? {} : { key };
    const body = { name, groups: sent };
    return idIn(await this.talk.say('POST', '/product-collections', body, extras));
  }

  async see(id: string, key?: string): Promise<Reply> {
    const extras = key === undefined ? {} : { key };
    return this.talk.say('GET', `/product-collections/${id}`, undefined, extras);
  }

  // The ids of the groups of a collection, and of the rows in each.
  async parts(id: string, key?: string): Promise<{ groups: string[]; rows: string[][] }> {
    const groups = partsOf((await this.see(id, key)).data['groups']);
    return {
      groups: groups.map((each) => String(each['group_id'])),
      rows: groups.map((each) => partsOf(each['products']).map((row) => String(row['id']))),
    };
  }
}

export const put = (...ids: string[]): Fields => ({
  products: ids.map((id) => ({ product_id: id })),
});
