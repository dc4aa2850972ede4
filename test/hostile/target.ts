// What there is to be attacked, as the server tells it of itself: each API's operations, a caller's
// credential, and from the records that its lists show: ids that exist and bodies that are taken.

import { isObject, type Json, type JsonObject } from '../../src/model/json.ts';
import { type Operation, parseSpec, type Spec } from '../../src/spec/spec.ts';
import type { Answer, Message } from './message.ts';
import { marked, rowBodies } from './sample.ts';
import type { Line } from './wire.ts';

export interface Target {
  readonly api: string;
  /** Path of its base URL: `/flexprice/v1`. */
  readonly base: string;
  readonly spec: Spec;
  readonly operations: readonly Operation[];
  /** The records that every new tenant has. */
  readonly rows: readonly JsonObject[];
  /** Path template -> values of its parameter that answer 200. */
  readonly ids: ReadonlyMap<string, readonly string[]>;
  /** Requests whose answers are all that a tenant sees: its lists, and each record by its id. */
  readonly reads: readonly { readonly operation: Operation; readonly id: string | undefined }[];
  /** Operation -> a body that it takes, of a caller who has the records of the fixture. */
  readonly taken: ReadonlyMap<string, JsonObject>;
}

/** All APIs that the server has. */
export async function targets(url: string, line: Line): Promise<Target[]> {
  const about = (await (await fetch(url)).json()) as {
    apis: Record<string, { url: string; openapi: string }>;
  };
  const found: Target[] = [];
  for (const [api, at] of Object.entries(about.apis)) {
    const spec = parseSpec(await (await fetch(at.openapi)).text(), `${api}.json`);
    found.push(await explored(api, new URL(at.url).pathname.replace(/\/$/, ''), spec, line));
  }
  return found;
}

/** The operation, called with a credential; `id` stands for every path parameter. */
export function call(
  target: Target | Pick<Target, 'base'>,
  operation: Operation,
  tenant: string,
  options: { id?: string; body?: Json; query?: string } = {},
): Message {
  const { id, body, query } = options;
  const path = operation.path.replace(/\{[^}]+\}/g, id ?? 'none');
  const [credential] = operation.credentials;
  const headers: [string, string][] = [['content-type', 'application/json']];
  if (credential !== undefined) headers.push([credential.name, credential.prefix + tenant]);
  return {
    method: operation.method,
    target: `${target.base}${path}${query === undefined ? '' : `?${query}`}`,
    headers,
    ...(body === undefined ? {} : { body: Buffer.from(JSON.stringify(body)) }),
  };
}

/** The answer's body, when it is JSON. */
export function jsonOf({ body }: Answer): Json | undefined {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

async function explored(api: string, base: string, spec: Spec, line: Line): Promise<Target> {
  const { operations } = spec;
  const rows = new Map<string, JsonObject>();
  const ids = new Map<string, string[]>();
  const reads: { operation: Operation; id: string | undefined }[] = [];
  const look = async (operation: Operation, id?: string) => {
    const options = { ...whole(operation), ...(id === undefined ? {} : { id }) };
    const answer = await line.ask(call({ base }, operation, 'scout', options));
    if (answer.status !== 200) return false;
    reads.push({ operation, id });
    for (const row of rowsIn(jsonOf(answer))) rows.set(String(row['id']), row);
    return true;
  };
  const plain = operations.filter(({ path }) => !path.includes('{'));
  for (const operation of plain) if (/GET|POST/.test(operation.method)) await look(operation);
  for (const { path } of operations.filter((operation) => operation.path.includes('{'))) {
    const read = operations.find((other) => other.path === path && other.method === 'GET');
    if (ids.has(path)) continue;
    const known = idsIn([...rows.values()]);
    ids.set(path, read === undefined ? known : []);
    for (const id of known) {
      if (read !== undefined && (await look(read, id))) ids.get(path)?.push(id);
    }
  }
  const found = { api, base, spec, operations, rows: [...rows.values()], ids, reads };
  return { ...found, taken: await takenBodies(found, line) };
}

async function takenBodies(target: Omit<Target, 'taken'>, line: Line) {
  const taken = new Map<string, JsonObject>();
  const ids = new Set(target.rows.map((row) => String(row['id'])));
  for (const operation of target.operations) {
    const known = target.ids.get(operation.path);
    const firsts = [...target.ids.values()].flatMap(([first = '']) => first);
    for (const row of rowBodies(operation, target.rows, firsts)) {
      const body = marked(operation, row, '-taken', ids);
      const id = known?.[0];
      const message = call(target, operation, 'scout-2', {
        body,
        ...(id === undefined ? {} : { id }),
      });
      if ((await line.ask(message)).status >= 300) continue;
      taken.set(operation.id, row);
      break;
    }
  }
  return taken;
}

/** The query or body that asks for the longest page, as far as the schema tells. */
export function whole({ method, parameters, body }: Operation): { query?: string; body?: Json } {
  const isSize = (name: string) => /limit|size|per_?page/i.test(name);
  const size = parameters.find(({ name, in: at }) => at === 'query' && isSize(name));
  const query = size === undefined ? {} : { query: `${size.name}=1000` };
  if (method === 'GET') return query;
  const [schema] = body?.contents.values() ?? [];
  const fields = Object.keys(isObject(schema) ? ((schema['properties'] ?? {}) as JsonObject) : {});
  return { ...query, body: Object.fromEntries(fields.filter(isSize).map((name) => [name, 1000])) };
}

/** The records' own ids, and those by which they name others. */
function idsIn(rows: readonly JsonObject[]): string[] {
  const all = rows.flatMap((row) =>
    Object.entries(row).flatMap(([key, value]) =>
      /id$/i.test(key) && typeof value === 'string' ? [encodeURIComponent(value)] : [],
    ),
  );
  return [...new Set(all)];
}

function rowsIn(value: Json | undefined): JsonObject[] {
  if (Array.isArray(value)) return value.flatMap(rowsIn);
  if (!isObject(value)) return [];
  const inner = Object.values(value).flatMap(rowsIn);
  return typeof value['id'] === 'string' ? [value, ...inner] : inner;
}
