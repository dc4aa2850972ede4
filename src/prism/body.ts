// A body that could not be read as JSON: whether that is wrong depends on what the operation takes.

import { type HttpRequest, type HttpResponse, mediaType } from '../model/http.ts';
import { problem } from '../model/problem.ts';
import { bodyKind } from '../spec/contents.ts';
import type { Operation } from '../spec/spec.ts';

/** Why the operation can't take the body; undefined where it can, or where nobody here can tell. */
export function bodyProblem(
  { body }: Pick<Operation, 'body'>,
  { bodyFault, headers }: HttpRequest,
): HttpResponse | undefined {
  if (bodyFault === undefined || body === undefined) return undefined;
  if (bodyFault === 'too-large') return problem(413, 'Too large', 'the body is too large');
  const types = [...body.contents.keys()];
  const sent = mediaType(headers['content-type']);
  const isTaken = types.some((type) => mediaType(type) === sent || type.includes('*'));
  if (bodyFault === 'unsupported') {
    const says = `the body is ${sent || 'of no stated type'}, documented is ${types.join(', ')}`;
    return isTaken ? undefined : problem(415, 'Unsupported body', says);
  }
  // A form, or plain text, is no JSON and need not be.
  if (isTaken && bodyKind(sent) !== 'json') return undefined;
  const isJson = types.some((type) => bodyKind(type) === 'json');
  return isJson ? problem(400, 'Bad body', 'the body is not JSON that can be read') : undefined;
}
