// A document played as its guesses say, in memory; every accepted answer is held against its schema.

import { expect } from 'vitest';
import { type Guessed, guessContract } from '../../src/infer/load.ts';
import { successAnswer } from '../../src/infer/shapes.ts';
import { makeEnv } from '../../src/mock/env.ts';
import { hooksOf, playable } from '../../src/mock/playable.ts';
import type { HttpRequest } from '../../src/model/http.ts';
import type { Json } from '../../src/model/json.ts';
import { kinds } from '../../src/rules/index.ts';
import { parseQuery } from '../../src/server/request.ts';
import { bodyKind } from '../../src/spec/contents.ts';
import { parseSpec, type Spec } from '../../src/spec/spec.ts';
import { seedOf } from '../../src/stores/fixture.ts';
import { inProcess } from '../../src/testing/in-process.ts';

export interface Answered {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: answers are read by path in tests
  readonly body: any;
}

export interface Player extends Guessed {
  readonly spec: Spec;
  /** `POST /pets`, with a JSON body or a form. */
  ask(line: string, body?: Json, form?: Json): Promise<Answered>;
  /** The same with a text. */
  tell(line: string, text: string): Promise<Answered>;
}

/** The document without a contract; its examples are there. */
export function guessed(document: object): Player {
  const spec = parseSpec(JSON.stringify(document), 'document.json');
  const { contract, inferred } = guessContract(spec, kinds);
  const api = playable(contract, hooksOf(contract, kinds));
  const { send } = inProcess(api, {
    seed: 1,
    clock: Date.parse('2026-03-01T00:00:00Z'),
    fixture: seedOf(inferred.rows, api, makeEnv({ seed: 2 })),
  });
  const asked = async (line: string, more: Partial<HttpRequest>, type?: string) => {
    const [method = '', target = ''] = line.split(' ');
    const [path = '', query = ''] = target.split('?');
    const response = await send({
      method,
      path,
      query: parseQuery(query),
      headers: {
        authorization: 'Bearer me',
        ...(type === undefined ? {} : { 'content-type': type }),
      },
      ...more,
    });
    const found = api.find(method, path);
    if (!Array.isArray(found) && 'route' in found && response.status < 300) {
      fitsIts(spec, found.route.binding.operation.id, response.body);
    }
    return { status: response.status, body: response.body };
  };
  const ask = (line: string, body?: Json, form?: Json): Promise<Answered> =>
    form === undefined
      ? asked(line, body === undefined ? {} : { body })
      : asked(line, { bodyFault: 'malformed', form }, 'application/x-www-form-urlencoded');
  const tell = (line: string, text: string): Promise<Answered> =>
    asked(line, { bodyFault: 'malformed', text }, 'text/plain');
  return { spec, contract, inferred, ask, tell };
}

function fitsIts(spec: Spec, id: string, body: Json | undefined): void {
  const operation = spec.operations.find((one) => one.id === id);
  const contents = operation === undefined ? undefined : successAnswer(operation)?.contents;
  for (const [type, schema] of contents ?? []) {
    if (bodyKind(type) !== 'json') continue;
    expect({ id, faults: spec.schemas.validator(schema)(body) }).toEqual({ id, faults: [] });
  }
}

/** The bindings as `operation: verb resource`. */
export function bindings({ inferred }: Guessed): string[] {
  return inferred.guesses.map(({ subject, is }) => `${subject}: ${is}`);
}
