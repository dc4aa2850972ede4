// The rules of a list, from its parameters: what narrows it, how it is ordered, how it is cut into pages. What a
// parameter's name says plainly is documented; what it may as well not mean is assumed.

import type { Json, JsonObject } from '../model/json.ts';
import type { Operation } from '../spec/spec.ts';
import type { Stated } from './guess.ts';
import { kebab } from './names.ts';
import { isClear } from './paging.ts';

export interface ListParts {
  readonly resource: string;
  readonly operation: Operation;
  /** By the parameters of its path that name no record of ours. */
  readonly places: JsonObject;
  readonly filter: JsonObject;
  readonly sort: JsonObject | undefined;
  readonly paging: JsonObject | undefined;
  readonly answer: Json;
}

type Said = { readonly documented: string } | { readonly assumed: string } | ProtocolSaid;
interface ProtocolSaid {
  readonly protocol: string;
}

/** The rules; none for a list without parameters that say something. */
export function listRules(parts: ListParts): Stated[] {
  return [...placeRule(parts), ...filterRule(parts), ...sortRule(parts), ...pageRule(parts)];
}

function stated(
  { resource, operation }: ListParts,
  suffix: string,
  says: string,
  said: Said,
  list: JsonObject,
): Stated {
  return {
    id: `${kebab(resource)}.${kebab(operation.id)}${suffix}`,
    rule: { says: `The list ${says}.`, ...said, list: { at: operation.id, ...list } },
    why: 'parameters by their names',
  };
}

function at({ operation: { method, path } }: ListParts, names: readonly string[]): string {
  return `${method} ${path}, parameters ${names.join(', ')}`;
}

function placeRule(parts: ListParts): Stated[] {
  const names = Object.keys(parts.places);
  if (names.length === 0) return [];
  const says = `holds what was made below the same ${names.join(', ')}`;
  const said = { assumed: `${parts.operation.path} names no record of the document's` };
  return [stated(parts, '-place', says, said, { filter: parts.places })];
}

function filterRule(parts: ListParts): Stated[] {
  const names = Object.keys(parts.filter);
  if (names.length === 0) return [];
  const says = `narrows by ${names.join(', ')}`;
  return [stated(parts, '', says, { documented: at(parts, names) }, { filter: parts.filter })];
}

function sortRule(parts: ListParts): Stated[] {
  const { sort } = parts;
  if (sort === undefined) return [];
  const names = [sort['param'], sort['direction']].filter((one) => one !== undefined);
  const says = `is ordered by ${names.join(', ')}`;
  return [stated(parts, '-order', says, { assumed: 'by the name of the parameter' }, { sort })];
}

function pageRule(parts: ListParts): Stated[] {
  const { paging, operation, answer } = parts;
  const params = Object.values(paging ?? {}).map((one) => (one as JsonObject)['param']);
  const declared = operation.parameters.map(({ name }) => name);
  const names = params.flatMap((one) => (declared.includes(String(one)) ? [String(one)] : []));
  if (paging === undefined || names.length === 0) return [];
  const says = `is cut into pages by ${names.join(', ')}`;
  const said = isClear(operation, paging, answer)
    ? { protocol: 'pages are disjoint and complete' }
    : { assumed: `by their names: ${at(parts, names)}` };
  return [stated(parts, '-pages', says, said, { page: { ...paging, answer } })];
}
