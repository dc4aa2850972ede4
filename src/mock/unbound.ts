// The answer to an operation that the document has and the contract says nothing of. The server may put another
// engine's answer in its place (`server/unbound.ts`); this is what is said where there is none.

import type { HttpResponse } from '../model/http.ts';
import type { Operation } from '../spec/spec.ts';

/** 501, with what would have to be done. */
export function unboundAnswer({ id, method, path }: Operation): HttpResponse {
  const says = `${method} ${path} (${id}) is in the document, but no operation of the contract binds it`;
  return {
    status: 501,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: { code: 'not_bound', message: says, operation: id },
  };
}
