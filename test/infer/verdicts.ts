// Whether a request is taken: by the mock that is guessed from the document, and by Prism. Only what is wrong with
// the request itself counts, and no record that is not there.

import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { createInstance, getHttpOperationsFromSpec } from '@stoplight/prism-http';
import { guessContract } from '../../src/infer/load.ts';
import { makeEnv } from '../../src/mock/env.ts';
import { handle } from '../../src/mock/handle.ts';
import { hooksOf, playable, shapeOf } from '../../src/mock/playable.ts';
import type { Json } from '../../src/model/json.ts';
import { kinds } from '../../src/rules/index.ts';
import { type Body, readBody } from '../../src/server/body.ts';
import { parseQuery } from '../../src/server/request.ts';
import { parseSpec, type Spec } from '../../src/spec/spec.ts';
import { State } from '../../src/state/state.ts';
import type { Sent } from './requests.ts';

export interface Verdict {
  readonly taken: boolean;
  readonly why: string;
}

export interface Judge {
  readonly spec: Spec;
  /** Ids of the operations that the mock plays. */
  readonly bound: ReadonlySet<string>;
  ours(sent: Sent): Promise<Verdict>;
  prism(sent: Sent): Promise<Verdict>;
}

/** Both, for the document. */
export async function judge(document: object): Promise<Judge> {
  const spec = parseSpec(JSON.stringify(document), 'document.json');
  const { contract } = guessContract(spec, kinds);
  return {
    spec,
    bound: new Set(contract.bindings.map(({ operation }) => operation.id)),
    ours: mock(contract),
    prism: await prism(document),
  };
}

function headersOf({ type, text }: Sent): Record<string, string> {
  return {
    authorization: 'Bearer me',
    ...(type === undefined ? {} : { 'content-type': type }),
    ...(text === undefined ? {} : { 'content-length': String(Buffer.byteLength(text)) }),
  };
}

function mock(contract: ReturnType<typeof guessContract>['contract']): Judge['ours'] {
  const api = playable(contract, hooksOf(contract, kinds));
  const state = new State(shapeOf(contract, () => []));
  const env = makeEnv({ seed: 1, clock: 0 });
  return async (sent) => {
    const { operation, path, query } = sent;
    const headers = headersOf(sent);
    const body = await read(sent.text, headers);
    const request = { method: operation.method, path, query: parseQuery(query), headers, ...body };
    const { trace, response } = handle(api, request, state, env);
    const refused = trace.find(({ step }) => step === 'validate');
    const route = trace[0]?.because;
    if (route !== operation.id) throw new Error(`${operation.id}: ${path} leads to ${route}`);
    return { taken: refused === undefined, why: refused?.because ?? String(response.status) };
  };
}

/** The body as the server reads it. */
function read(text: string | undefined, headers: Record<string, string>): Promise<Body> {
  const message = Readable.from(text === undefined ? [] : [Buffer.from(text)]);
  return new Promise((done) =>
    readBody(Object.assign(message, { headers }) as unknown as IncomingMessage, done),
  );
}

const silent = () => undefined;
export const SILENT = {
  ...{ trace: silent, debug: silent, info: silent, warn: silent, error: silent, fatal: silent },
  success: silent,
  child: () => SILENT,
};
export const CONFIG = {
  isProxy: false,
  validateRequest: true,
  validateResponse: false,
  checkSecurity: true,
  errors: false,
  upstreamProxy: undefined,
  mock: { dynamic: false },
} as const;

interface Diagnostic {
  readonly severity: number;
  readonly message: string;
}

const ERROR = 0;

/** In place of the answers, which take Prism a hundred times as long as the verdict. */
const unanswered = () => () => ({ _tag: 'Right', right: { statusCode: 204 } });

/** Prism reads the document by itself, but for the servers: paths are asked for as they stand. */
async function prism(document: object): Promise<Judge['prism']> {
  const { servers: _, ...rest } = structuredClone(document) as { servers?: unknown };
  const resources = await getHttpOperationsFromSpec(rest);
  const instance = createInstance(CONFIG, { logger: SILENT as never, mock: unanswered as never });
  return async (sent) => {
    const headers = headersOf(sent);
    const method = sent.operation.method.toLowerCase();
    const own = resources.filter(
      (one) => one.path === sent.operation.path && one.method === method,
    );
    const body = prismBody(sent);
    if (body === undefined) return { taken: false, why: 'the body is not JSON' };
    const query = Object.fromEntries(
      [...parseQuery(sent.query)].map(([name, values]) => [
        name,
        values.length === 1 ? values[0] : values,
      ]),
    );
    const input = {
      method,
      url: { path: sent.path, query },
      headers,
      ...(body === null ? {} : { body: body.read }),
    };
    const result = await instance.request(input as never, own, CONFIG)();
    if (result._tag === 'Left') throw result.left;
    const faults = result.right.validations.input as readonly Diagnostic[];
    const errors = faults.filter(({ severity }) => severity === ERROR);
    return { taken: errors.length === 0, why: errors.map(({ message }) => message).join('; ') };
  };
}

/** As Prism's server reads it: JSON by its media type, anything else as text; null without one. */
function prismBody({ type, text }: Sent): { readonly read: Json } | null | undefined {
  if (text === undefined || text === '') return null;
  if (!/^application\/(.*\+)?json\b/i.test(type ?? '')) return { read: text };
  try {
    return { read: JSON.parse(text) as Json };
  } catch {
    return undefined;
  }
}
