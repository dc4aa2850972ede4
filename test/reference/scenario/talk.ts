// Talks to a server and writes down what it answers, ids and times replaced by their order of
// appearance, so that two servers that behave alike leave the same transcript.

export interface Reply {
  status: number;
  type: string;
  text: string;
  data: Data;
}

// A parsed body with the keys the scenarios look at.
export interface Data {
  id?: string;
  items?: Data[];
}

export interface Extras {
  key?: string;
  env?: string;
  auth?: string;
  raw?: string;
}

const VOLATILE =
  /\b(?:group|price|plan|meter|cust)_[0-9A-Z]{26}\b|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z/g;

function parsed(text: string): Data {
  try {
    return JSON.parse(text) as Data;
  } catch {
    return {};
  }
}

export class Talk {
  readonly lines: string[] = [];
  readonly #base: string;
  readonly #names = new Map<string, string>();

  constructor(base: string) {
    this.#base = base;
  }

  #steady(text: string): string {
    return text.replace(VOLATILE, (found) => {
      const name = this.#names.get(found) ?? `<${this.#names.size}>`;
      this.#names.set(found, name);
      return name;
    });
  }

  async ask(method: string, path: string, body?: unknown, extras: Extras = {}): Promise<Reply> {
    const headers: Record<string, string> = { 'content-type': 'application/json' };
    const key = extras.key ?? 'key-one';
    if (key !== '') headers['x-api-key'] = key;
    if (extras.auth !== undefined) headers.authorization = extras.auth;
    if (extras.env !== undefined) headers['X-Environment-ID'] = extras.env;
    const sent = extras.raw ?? (body === undefined ? null : JSON.stringify(body));
    const answer = await fetch(`${this.#base}${path}`, { method, headers, body: sent });
    const text = await answer.text();
    const type = answer.headers.get('content-type') ?? '-';
    return { status: answer.status, type, text, data: parsed(text) };
  }

  // Asks and writes the answer down.
  async say(method: string, path: string, body?: unknown, extras: Extras = {}): Promise<Data> {
    const reply = await this.ask(method, path, body, extras);
    const line = `${method} ${path} ${reply.status} ${reply.type} ${reply.text}`;
    this.lines.push(this.#steady(line));
    return reply.data;
  }

  async id(path: string, body: unknown, extras: Extras = {}): Promise<string> {
    return (await this.say('POST', path, body, extras)).id ?? 'none';
  }
}

export const group = (key: string, name = `Group ${key}`) => ({
  name,
  lookup_key: key,
  entity_type: 'price',
});

export const price = (plan: string, more: Record<string, unknown> = {}) => ({
  entity_type: 'PLAN',
  entity_id: plan,
  type: 'FIXED',
  billing_model: 'FLAT_FEE',
  billing_period: 'MONTHLY',
  billing_period_count: 1,
  invoice_cadence: 'ADVANCE',
  price_unit_type: 'FIAT',
  currency: 'usd',
  amount: '10',
  ...more,
});

export const meter = (more: Record<string, unknown> = {}) => ({
  name: 'API calls',
  event_name: 'api_call',
  aggregation: { type: 'SUM', field: 'count' },
  reset_usage: 'BILLING_PERIOD',
  ...more,
});

export const PAST = { start_date: '2020-01-01T00:00:00Z', end_date: '2021-01-01T00:00:00Z' };

export const byGroup = (id: string) => ({
  filters: [{ field: 'group_id', operator: 'eq', data_type: 'string', value: { string: id } }],
});
