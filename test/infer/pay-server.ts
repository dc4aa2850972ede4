// The payments API as somebody else may have written it, from the document alone: forms only, cursors by id, its own
// ids, no JSON read at all. It shares nothing with our code.

import express, { type Request, type Response } from 'express';
import { type Listening, listening } from './listening.ts';

type Row = Record<string, unknown>;

const SORTS = { customer: '/v1/customers', charge: '/v1/charges' } as const;
type Sort = keyof typeof SORTS;

type Test = (value: unknown) => boolean;

const isText: Test = (value) => typeof value === 'string';
const isWhole: Test = (value) => isText(value) && /^-?\d+$/.test(String(value));
const isMap: Test = (value) =>
  typeof value === 'object' && !Array.isArray(value) && Object.values(value as Row).every(isText);
const isAddress: Test = (value) => typeof value === 'object' && !Array.isArray(value);

const FIELDS: Readonly<Record<Sort, Readonly<Record<string, Test>>>> = {
  customer: {
    email: isText,
    name: isText,
    balance: isWhole,
    vip: (value) => value === 'true' || value === 'false',
    address: isAddress,
    metadata: isMap,
  },
  charge: {
    amount: isWhole,
    currency: isText,
    customer: isText,
    expand: (value) => Array.isArray(value) && value.every(isText),
  },
};

/** Listens on a free port of this machine. */
export function startPayServer(): Promise<Listening> {
  const app = express();
  app.use((request, response, next) => {
    if (/^Bearer (one|two)$/.test(request.headers.authorization ?? '')) next();
    else refuse(response, 401, 'who are you?');
  });
  app.use(express.urlencoded({ extended: true }));
  for (const sort of ['customer', 'charge'] as const) new Till(sort).serve(app);
  return listening(app);
}

/** The records of one sort, by who made them. */
class Till {
  readonly #sort: Sort;
  readonly #rows = new Map<string, Map<string, Row>>();
  #last = 0;

  constructor(sort: Sort) {
    this.#sort = sort;
  }

  serve(app: express.Express): void {
    const at = SORTS[this.#sort];
    app.get(at, (request, response) => this.#list(request, response));
    app.post(at, (request, response) => this.#make(request, response));
    app.get(`${at}/:id`, (request, response) =>
      this.#with(request, response, (row) => response.json(row)),
    );
    if (this.#sort === 'charge') {
      app.post(`${at}/:id/capture`, (request, response) =>
        this.#with(request, response, (row) => {
          row['captured'] = true;
          return response.json(row);
        }),
      );
      return;
    }
    app.post(`${at}/:id`, (request, response) =>
      this.#with(request, response, (row) => {
        const sent = (request.body ?? {}) as Row;
        const wrong = this.#wrong(sent);
        if (wrong !== undefined) return refuse(response, 400, wrong);
        Object.assign(row, read(sent));
        return response.json(row);
      }),
    );
    app.delete(`${at}/:id`, (request, response) =>
      this.#with(request, response, ({ id }) => {
        this.#own(request).delete(String(id));
        return response.json({ id, object: this.#sort, deleted: true });
      }),
    );
  }

  #own({ headers }: Request): Map<string, Row> {
    const who = headers.authorization ?? '';
    const own = this.#rows.get(who) ?? new Map<string, Row>();
    this.#rows.set(who, own);
    return own;
  }

  #with(request: Request, response: Response, then: (row: Row) => unknown): unknown {
    const row = this.#own(request).get(String(request.params['id']));
    return row === undefined ? refuse(response, 404, 'no such thing') : then(row);
  }

  #wrong(sent: Row): string | undefined {
    const tests = FIELDS[this.#sort];
    return Object.keys(tests).find(
      (field) => field in sent && tests[field]?.(sent[field]) === false,
    );
  }

  #make(request: Request, response: Response): unknown {
    const sent = (request.body ?? {}) as Row;
    const needed = this.#sort === 'charge' ? ['amount', 'currency'] : [];
    const wrong = this.#wrong(sent) ?? needed.find((field) => sent[field] === undefined);
    if (wrong !== undefined) return refuse(response, 400, wrong);
    this.#last += 1;
    const id = `${this.#sort}-${this.#last}`;
    const first =
      this.#sort === 'charge'
        ? { captured: false, status: 'pending' }
        : { livemode: false, balance: 0, email: null, name: null };
    const row = { id, object: this.#sort, created: 1_700_000_000, ...first, ...read(sent) };
    this.#own(request).set(id, row);
    return response.json(row);
  }

  #list(request: Request, response: Response): unknown {
    const { limit = '10', starting_after: after, ending_before: before, email } = request.query;
    const all = [...this.#own(request).values()].filter(
      (row) => email === undefined || row['email'] === email,
    );
    const placeOf = (id: unknown) => all.findIndex((row) => row['id'] === id);
    const size = Number(limit);
    const from =
      after !== undefined
        ? placeOf(after) + 1
        : before !== undefined
          ? Math.max(0, placeOf(before) - size)
          : 0;
    const data = all.slice(from, from + size);
    const url = SORTS[this.#sort];
    return response.json({ object: 'list', url, data, has_more: from + size < all.length });
  }
}

function read({ expand: _, ...sent }: Row): Row {
  const whole = Object.entries(sent).map(([field, value]): [string, unknown] => {
    if (field === 'balance' || field === 'amount') return [field, Number(value)];
    return [field, field === 'vip' ? value === 'true' : value];
  });
  return Object.fromEntries(whole);
}

function refuse(response: Response, status: number, message: string): unknown {
  return response.status(status).json({ error: { type: 'invalid_request', message } });
}
