// Requests that a rule may refuse: the steps of its own probes, with records of the demo in place of those
// that the probe would make first.

import { requestOf } from '../../src/conformance/request.ts';
import type { Binding } from '../../src/contract/contract.ts';
import { compileTemplate } from '../../src/contract/template.ts';
import type { HttpRequest } from '../../src/model/http.ts';
import { isObject, type Json, type JsonObject } from '../../src/model/json.ts';
import { type Call, isMake, isWait, type Make, type Step } from '../../src/model/steps.ts';
import { referredBy } from '../../src/rules/relations.ts';
import { OWNERS } from '../../src/rules/steps.ts';
import type { World } from './world.ts';

type Scope = Readonly<Record<string, Json>>;

/** What a step looks like as a request, before its templates are filled. */
interface Draft {
  readonly binding: Binding;
  readonly path: JsonObject;
  readonly query?: JsonObject;
  readonly body?: Json;
}

/** As many ways to choose records as are tried for one step. */
const ENOUGH = 5_000;

/** The requests of a probe's refused steps, one list for each step: the first records of the demo come first. */
export function candidatesOf(world: World, steps: readonly Step[]): Iterable<HttpRequest>[] {
  return steps.flatMap((step, i) => {
    if (isWait(step) || !mayBeRefused(step) || isForeign(step)) return [];
    const draft = draftOf(world, step);
    return draft === undefined ? [] : [requestsOf(world, draft, namesOf(world, steps.slice(0, i)))];
  });
}

function mayBeRefused({ expect }: Make | Call): boolean {
  return expect === 'refused' || expect === 'missing';
}

/** Of no caller, or a body that is no JSON: no rule of the contract answers these. */
function isForeign(step: Make | Call): boolean {
  return (
    step.by === 'nobody' || step.by === 'stranger' || (!isMake(step) && step.raw !== undefined)
  );
}

/** The names that templates may use: what earlier steps captured, and resources; with their records. */
function namesOf(world: World, steps: readonly Step[]): Map<string, readonly Json[]> {
  const names = new Map<string, readonly Json[]>(world.records);
  for (const step of steps) {
    if (isWait(step) || step.as === undefined) continue;
    const records = world.records.get(resourceOf(world, step)) ?? [];
    names.set(step.as, isMake(step) && step.times !== undefined ? [records] : records);
  }
  return names;
}

function resourceOf({ contract }: World, step: Make | Call): string {
  if (isMake(step)) return step.make;
  return step.part?.of ?? contract.binding(step.call)?.resource.name ?? '';
}

function draftOf(world: World, step: Make | Call): Draft | undefined {
  return isMake(step) ? makeDraft(world, step) : callDraft(world, step);
}

function makeDraft({ contract }: World, step: Make): Draft | undefined {
  const binding =
    step.through === undefined
      ? contract.bindingFor('create', step.make)
      : contract.binding(step.through);
  if (binding === undefined) return undefined;
  const all = Object.entries({ ...binding.resource.sample, ...step.with });
  const record = Object.fromEntries(all.filter(([, value]) => value !== undefined)) as JsonObject;
  const owner = binding.owners.at(-1)?.resource;
  const name = step.in ?? owner?.name ?? '';
  const path = binding.owners.map(({ parameter, resource }) => [
    parameter,
    resource === owner ? `=${name}.${owner.key}` : `=${name}.${OWNERS}.${resource.name}`,
  ]);
  return {
    binding,
    path: Object.fromEntries(path),
    body: binding.each === undefined ? record : { [binding.each]: [record] },
  };
}

function callDraft({ contract }: World, step: Call): Draft | undefined {
  const binding = contract.binding(step.call);
  if (binding === undefined) return undefined;
  const { operation } = binding;
  const shared = operation.parameters.flatMap(({ name, in: where }) => {
    const to = referredBy(contract, `${operation.id}.${name}`);
    return where === 'path' && to !== undefined
      ? [[name, `=${to}.${contract.resource(to).key}`]]
      : [];
  });
  return {
    binding,
    path: { ...Object.fromEntries(shared), ...step.path },
    ...(step.query === undefined ? {} : { query: step.query }),
    ...(step.with === undefined ? {} : { body: step.with }),
  };
}

/** The draft with each choice of records for the names in it. */
function* requestsOf(
  world: World,
  draft: Draft,
  names: ReadonlyMap<string, readonly Json[]>,
): Iterable<HttpRequest> {
  const { binding, path, query, body } = draft;
  const text = JSON.stringify([path, query, body]);
  const used = [...names].filter(([name]) => new RegExp(`"=[^"]*\\b${name}\\b`).test(text));
  const template = compileTemplate({ path, query: query ?? {}, body: body ?? null });
  for (const scope of choices(used)) {
    const filled = filledBy(template, scope);
    if (filled === undefined) continue;
    const sent = body === undefined ? {} : { body: filled['body'] as Json };
    const parts = { path: filled['path'], query: filled['query'], ...sent };
    yield requestOf(binding, parts as Parameters<typeof requestOf>[1], world.credential);
  }
}

/** The template's value; undefined where the chosen records lack what it names. */
function filledBy(
  template: ReturnType<typeof compileTemplate>,
  scope: Scope,
): JsonObject | undefined {
  let count = 0;
  const fresh = () => `made-up-${++count}`;
  try {
    const filled = template({ ...scope, sent: scope, answer: {} } as Record<string, Json>, {
      fresh,
    });
    return isObject(filled) ? filled : undefined;
  } catch {
    return undefined;
  }
}

/** Every way to give each name one of its records, the first ones first; at most `ENOUGH`. */
function* choices(used: readonly (readonly [string, readonly Json[]])[]): Iterable<Scope> {
  const sizes = used.map(([, records]) => records.length);
  const total = Math.min(
    ENOUGH,
    sizes.reduce((product, size) => product * size, 1),
  );
  for (let n = 0; n < total; n++) {
    let rest = n;
    const scope: Record<string, Json> = {};
    for (const [name, records] of used) {
      scope[name] = records[rest % records.length] ?? null;
      rest = Math.floor(rest / records.length);
    }
    yield scope;
  }
}
