// What to look at first when nothing went well: one cause that is behind all that was seen, such as a wrong
// credential, a base URL that is not the API's, or a page to log in.

import type { Exchange, Report } from '../conformance/verdict.ts';
import { newViolations } from '../conformance/verdict.ts';
import { type HttpResponse, mediaType } from '../model/http.ts';

/** Fewer answers of one sort may be an operation's own fault. */
const FEWEST = 2;

interface Cause {
  is(answer: HttpResponse): boolean;
  says(answer: HttpResponse, asked: string): string;
}

const CAUSES: readonly Cause[] = [
  {
    is: ({ status }) => status >= 300 && status < 400,
    says: ({ status, headers: { location } }) =>
      `a redirect (${status}${location === undefined ? '' : ` to ${location}`}), and redirects are not followed: ` +
      'name the URL that answers by itself as --target, and a credential that needs no page to log in',
  },
  {
    is: ({ headers }) => mediaType(headers['content-type']) === 'text/html',
    says: ({ status }, asked) =>
      `a web page (${status}, text/html) and none of an API: does --target end where the API's paths begin? ` +
      `${asked} was asked for`,
  },
  {
    is: ({ status }) => status === 401 || status === 403,
    says: ({ status }) =>
      `${status}: is the credential in --header right, written as 'name: value', and good for this server?`,
  },
  {
    is: ({ status }) => status === 404 || status === 405,
    says: ({ status }, asked) =>
      `${status}: does --target end where the API's paths begin? ${asked} was asked for`,
  },
  {
    is: ({ status }) => status >= 500,
    says: ({ status }) =>
      `${status}: is the server well, with its database? Its own log may say more`,
  },
];

/** One cause for all violations, with what to do about it; undefined where there are several, or none. */
export function adviceOn({ results, target }: Report): string | undefined {
  const exchanges = newViolations(results).flatMap(({ requests = [] }) => requests.filter(isOwn));
  const answers = exchanges.flatMap(({ received }) => ('failure' in received ? [] : [received]));
  const [exchange] = exchanges;
  const [first] = answers;
  if (exchange === undefined || first === undefined) return undefined;
  if (answers.length < FEWEST || answers.length < exchanges.length) return undefined;
  const cause = CAUSES.find(({ is }) => answers.every(is));
  const { method, path } = exchange.request;
  return cause && `every wrong answer is ${cause.says(first, `${method} ${target}${path}`)}`;
}

/** Those of the first caller: others may well be sent away. */
function isOwn({ by }: Exchange): boolean {
  return by === undefined;
}
