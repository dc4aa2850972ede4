// Sends requests and writes the answers down.

type Body = Record<string, unknown>;

export interface Extras {
  headers?: Record<string, string>;
  raw?: string;
}

const UNSTABLE =
  /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f-]{21}|\b01[0-9A-HJKMNP-TV-Z]{24}\b|\d{4}-\d\d-\d\dT[\d:.]{12}\+00:00/g;

// Thrown at the first line that is not the expected one.
export class Differs extends Error {}

export class Visitor {
  readonly lines: string[] = [];
  readonly url: string;
  readonly #expected: string[] | undefined;
  readonly #names = new Map<string, string>();
  #token = 'main';

  constructor(url: string, expected?: string[]) {
    this.url = url;
    this.#expected = expected;
  }

  as(token: string): this {
    this.#token = token;
    return this;
  }

  async #fetch(method: string, path: string, body?: unknown, extras: Extras = {}) {
    const content: Record<string, string> = { 'content-type': 'application/json' };
    const text = extras.raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const response = await fetch(this.url + path, {
      method,
      headers: {
        authorization: `Bearer ${this.#token}`,
        ...(text === undefined ? {} : content),
        ...extras.headers,
      },
      ...(text === undefined ? {} : { body: text }),
    });
    return { response, text: await response.text() };
  }

  #named(text: string): string {
    return text.replace(UNSTABLE, (found) => {
      const name = this.#names.get(found) ?? `#${this.#names.size}`;
      this.#names.set(found, name);
      return name;
    });
  }

  async ask(method: string, path: string, body?: unknown, extras?: Extras): Promise<Body> {
    const { response, text } = await this.#fetch(method, path, body, extras);
    const { headers, status } = response;
    const heads = [headers.get('content-type'), headers.get('allow')].join(' ');
    const asked = `${method} ${path} ${JSON.stringify(body ?? null)}`;
    this.#note(this.#named(`${asked} -> ${status} ${heads} ${text}`));
    try {
      return JSON.parse(text) as Body;
    } catch {
      return {};
    }
  }

  async id(method: string, path: string, body: unknown): Promise<string> {
    return String((await this.ask(method, path, body))['id'] ?? 'none');
  }

  // Only the status, and nothing is written down: for requests sent at the same time.
  async status(method: string, path: string, body: unknown): Promise<number> {
    return (await this.#fetch(method, path, body)).response.status;
  }

  write(line: unknown): void {
    this.#note(JSON.stringify(line));
  }

  #note(line: string): void {
    const wanted = this.#expected?.[this.lines.length];
    this.lines.push(line);
    if (this.#expected && line !== wanted) throw new Differs(`${wanted}\n${line}`);
  }
}
