// For a rule, the simplest request that the demo makes it refuse: tried out, not written down.

import type { Rule } from '../../src/contract/contract.ts';
import type { HttpRequest } from '../../src/model/http.ts';
import type { Json } from '../../src/model/json.ts';
import { kinds } from '../../src/rules/index.ts';
import { type Hooks, kindNamed } from '../../src/rules/kind.ts';
import { candidatesOf } from './candidates.ts';
import { shrunk } from './shrink.ts';
import type { World } from './world.ts';

export interface Provocation {
  readonly request: HttpRequest;
  /** Whether it is accepted as soon as the rule is gone, and so breaks nothing else. */
  readonly clean: boolean;
}

/** How many refused requests of one step are looked at for a clean one. */
const ENOUGH = 30;

/** Whether the rule can refuse a request at all. */
export function refuses({ contract }: World, rule: Rule): boolean {
  const hooks = kindNamed(kinds, rule.kind).enforce(rule, contract);
  // An input rule looks at every update, and refuses only where one of its words says so.
  if (rule.kind === 'input') return Object.values(rule.options).includes('refuse');
  return hooks.check !== undefined || hooks.narrow !== undefined || hooks.admit !== undefined;
}

/** Whether the rule refuses this request. */
export function isRefused(world: World, { id }: Rule, request: HttpRequest): boolean {
  return world.answer(request).headers['x-tallystick-rule'] === id;
}

/** The simplest request that the rule refuses, clean if any is; undefined when its probes hold none. */
export function provoke(world: World, rule: Rule): Provocation | undefined {
  const lenient = lenientMocks(world, rule);
  const probes = kindNamed(kinds, rule.kind).probe(rule, world.contract);
  const found = probes.flatMap(({ steps }) =>
    candidatesOf(world, steps).flatMap((requests) => bestOf(world, rule, lenient, requests) ?? []),
  );
  const clean = found.filter((one) => one.clean);
  const best = simplest(clean.length > 0 ? clean : found);
  return best && { ...best, request: renumbered(best.request) };
}

/** Whether the request is accepted by some mock that lacks the rule, or a part of it. */
export function isClean(world: World, rule: Rule, request: HttpRequest): boolean {
  return lenientMocks(world, rule).some((accepts) => accepts(request));
}

type Accepts = (request: HttpRequest) => boolean;

/** The first clean one of a step's requests, else the first refused one, made as small as it can be. */
function bestOf(
  world: World,
  rule: Rule,
  lenient: readonly Accepts[],
  requests: Iterable<HttpRequest>,
): Provocation | undefined {
  let first: HttpRequest | undefined;
  let refused = 0;
  for (const request of requests) {
    if (!isRefused(world, rule, request)) continue;
    first ??= request;
    const accepts = lenient.find((tried) => tried(request));
    if (accepts !== undefined) {
      const shows = (smaller: HttpRequest) => isRefused(world, rule, smaller) && accepts(smaller);
      return { request: shrunk(request, shows), clean: true };
    }
    refused += 1;
    if (refused === ENOUGH) break;
  }
  return first && { request: first, clean: false };
}

/** Mocks that lack the rule, or keep it only in part; each is made when first asked. */
function lenientMocks(world: World, rule: Rule): Accepts[] {
  const broken = kindNamed(kinds, rule.kind).sabotage(rule, world.contract);
  const variants: Hooks[] = [{}, ...broken.map(({ hooks }) => hooks)];
  return variants.map((hooks) => {
    let other: Pick<World, 'answer'> | undefined;
    return (request) => {
      other ??= world.without(rule.id, hooks);
      return isAccepted(other, request);
    };
  });
}

/** What a broken mock can't even answer is not accepted. */
function isAccepted(mock: Pick<World, 'answer'>, request: HttpRequest): boolean {
  try {
    return mock.answer(request).status < 300;
  } catch {
    return false;
  }
}

/** The one with the most of the demo in it, and of those the shortest. */
function simplest(found: readonly Provocation[]): Provocation | undefined {
  const scored = found.map((one) => ({ one, text: textOf(one.request) }));
  scored.sort((a, b) => dull(a.text) - dull(b.text) || a.text.length - b.text.length);
  return scored[0]?.one;
}

function textOf({ path, query, body }: HttpRequest): string {
  return `${path} ${JSON.stringify([[...query], body ?? ''])}`;
}

/** The made up values that are left, counted from 1 again. */
function renumbered(request: HttpRequest): HttpRequest {
  const names = [...new Set(textOf(request).match(MADE_UP))];
  const again = (text: string) =>
    text.replace(MADE_UP, (name) => `made-up-${names.indexOf(name) + 1}`);
  const { path, body } = request;
  const sent = body === undefined ? {} : { body: JSON.parse(again(JSON.stringify(body))) as Json };
  return { ...request, path: again(path), ...sent };
}

const MADE_UP = /\bmade-up-\d+/g;

/** How many values are made up, or blank. */
function dull(text: string): number {
  return text.match(/\bmade-up-\d+|""/g)?.length ?? 0;
}
