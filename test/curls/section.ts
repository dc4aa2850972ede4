// The part of fixtures/README.md that is about one API: for each rule that can refuse, a request that the
// demo makes it refuse, and what is answered.

import type { Rule } from '../../src/contract/contract.ts';
import type { HttpRequest, HttpResponse } from '../../src/model/http.ts';
import { isObject } from '../../src/model/json.ts';
import { lineOf } from './line.ts';
import { type Provocation, provoke, refuses } from './provoke.ts';
import { type World, worldOf } from './world.ts';
import { EXCUSED, WRITTEN, type Written } from './written.ts';

export interface Found {
  readonly world: World;
  /** The rules that can refuse, in the contract's order. */
  readonly rules: readonly Rule[];
  /** By rule, what the search found. */
  readonly searched: ReadonlyMap<string, Provocation>;
  /** By rule, what stands in the page: what was found, else what was written. */
  readonly requests: ReadonlyMap<string, HttpRequest>;
}

const known = new Map<string, Found>();

/** Everything that is to be said of the API; searched for once. */
export function foundFor(api: string): Found {
  const found = known.get(api) ?? search(api);
  known.set(api, found);
  return found;
}

function search(api: string): Found {
  const world = worldOf(api);
  const rules = world.contract.rules.filter((rule) => refuses(world, rule));
  const searched = new Map<string, Provocation>();
  const requests = new Map<string, HttpRequest>();
  for (const rule of rules) {
    const found = provoke(world, rule);
    if (found !== undefined) searched.set(rule.id, found);
    const written = WRITTEN[api]?.[rule.id];
    const request = found?.request ?? (written && requestOf(world, written));
    if (request !== undefined) requests.set(rule.id, request);
  }
  return { world, rules, searched, requests };
}

/** The request that was written by hand, as a caller of the API sends it. */
export function requestOf({ credential }: World, written: Written): HttpRequest {
  const headers = { ...credential, 'content-type': 'application/json' };
  return { ...written, query: new Map(), headers };
}

/** The section as Markdown, with a closing newline. */
export function sectionOf(api: string): string {
  const { world, rules, requests } = foundFor(api);
  const mount = `/${api}${world.contract.spec.basePath}`;
  const blocks = rules.flatMap((rule) => {
    const request = requests.get(rule.id);
    if (request === undefined) return [];
    const answer = told(world.answer(request));
    return [
      `\`${rule.id}\` ${rule.says} ${answer}\n\n\`\`\`sh\n${lineOf(mount, request)}\n\`\`\`\n`,
    ];
  });
  const excuses = Object.entries(EXCUSED[api] ?? {}).map(([id, why]) => `- \`${id}\`: ${why}.\n`);
  const rest = excuses.length === 0 ? [] : [`Not to be provoked:\n\n${excuses.join('')}`];
  return `\n${[...blocks, ...rest].join('\n')}\n`;
}

/** `**400 validation_error**`, or the status alone where the API has no codes. */
export function told({ status, body }: Pick<HttpResponse, 'status' | 'body'>): string {
  const code = isObject(body) ? body['code'] : undefined;
  return `**${status}${typeof code === 'string' ? ` ${code}` : ''}**`;
}
