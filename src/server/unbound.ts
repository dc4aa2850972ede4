// Where an operation that no binding covers is answered: by Prism, from the document alone. Prism is loaded when
// the first such request comes.

import type { HttpRequest, HttpResponse } from '../model/http.ts';
import { prismAnswer } from '../prism/engine.ts';
import type { Operation } from '../spec/spec.ts';
import type { Served } from './play.ts';

/** Calls back with the answer; `otherwise` is the one to give should Prism not be there at all. */
export function answerUnbound(
  { api }: Served,
  operation: Operation,
  request: HttpRequest,
  otherwise: HttpResponse,
  finish: (response: HttpResponse) => void,
): void {
  prismAnswer(api.contract.spec, operation, request).then(finish, () => finish(otherwise));
}
