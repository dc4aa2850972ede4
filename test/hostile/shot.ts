// One hostile request, and what every answer to one must be like.

import { isObject } from '../../src/model/json.ts';
import type { Operation } from '../../src/spec/spec.ts';
import type { Answer, Message } from './message.ts';
import { jsonOf, type Target } from './target.ts';

export interface Shot {
  readonly name: string;
  readonly target: Target;
  readonly operation: Operation;
  /** Whether method and path are the operation's own, so that its answer can be held against the spec. */
  readonly isDirect: boolean;
  message(tenant: string): Message;
}

/** Whether the answer speaks of a write that was accepted. */
export function isAccepted({ method }: Message, { status }: Answer): boolean {
  return status >= 200 && status < 300 && !['GET', 'HEAD', 'OPTIONS'].includes(method);
}

/** What is wrong with the answer; undefined when nothing is. */
export function wrongWith(
  shot: Shot,
  message: Message,
  answer: Answer,
  secret: string,
): string | undefined {
  const { status, headers, body } = answer;
  if (status >= 500) return `answered ${status}: ${body.toString('utf8', 0, 500)}`;
  if (body.includes(secret) || [...headers.values()].some((value) => value.includes(secret))) {
    return 'shows what belongs to another tenant';
  }
  const reads = shot.isDirect && shot.operation.body !== undefined;
  if (reads && isAccepted(message, answer) && holdsInfinity(message.body))
    return 'takes a number that it cannot keep';
  // Dodo Payments answers some writes with a 200 that has no body; then it must not say that it is JSON.
  const isVoid = status === 200 && !headers.has('content-type');
  const mayBeEmpty = message.method === 'HEAD' || isVoid || [204, 304, 417, 431].includes(status);
  if (body.length === 0) {
    return mayBeEmpty || !isWellFormed(message) ? undefined : `answered ${status} without a body`;
  }
  const type = headers.get('content-type') ?? '';
  const accept = message.headers
    .flatMap(([name, value]) => (name === 'accept' ? [value] : []))
    .join();
  if (
    !/^application\/(problem\+)?json\b/.test(type) &&
    !accept.includes(type.split(';')[0] ?? '')
  ) {
    return `answered in the type "${type}"`;
  }
  const json = jsonOf(answer);
  if (!isObject(json)) return `answered with no JSON object: ${body.toString('utf8', 0, 200)}`;
  return status < 300 && shot.isDirect ? misfit(shot, status, json) : undefined;
}

function holdsInfinity(body: Buffer | undefined): boolean {
  const text = body?.toString('utf8') ?? '';
  if (!/\de\+?\d{3}|\d{309}/i.test(text)) return false;
  let found = false;
  JSON.parse(text.replace(/^\ufeff/, ''), (_, value) => {
    found ||= value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY;
    return value;
  });
  return found;
}

/** Whether a server has to read it at all (RFC 9110, 9112): else the HTTP parser may refuse it. */
function isWellFormed({ method, target, headers }: Message): boolean {
  const isKnown = /^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|TRACE|PROPFIND|QUERY|LOCK)$/.test(
    method,
  );
  const isClean = headers.every(
    ([name, value]) =>
      /^[!#$%&'*+.^`|~\w-]+$/.test(name) && /^[\t -~\u0080-\u{10ffff}]*$/u.test(value),
  );
  return isKnown && /^(\/|[a-z]+:\/\/)[!-~]*$/.test(target) && isClean;
}

function misfit({ target, operation }: Shot, status: number, json: unknown): string | undefined {
  const documented = operation.answers.find((answer) => answer.status === String(status));
  if (documented === undefined) return `answered ${status}, which is not documented`;
  const schema = documented.contents.get('application/json');
  if (schema === undefined) return undefined;
  const [fault] = target.spec.schemas.validator(schema)(json);
  return fault && `its answer does not fit the spec: ${fault.field} ${fault.says}`;
}
