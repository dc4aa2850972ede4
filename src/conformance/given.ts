// Records that are there already (`--given meter=ID`): used where a sample needs one, and left as they are.

import { type Binding, type Contract, full } from '../contract/contract.ts';
import type { Send } from '../model/http.ts';
import { isObject, type JsonObject } from '../model/json.ts';
import { UnreachableError, UsageError } from '../model/usage-error.ts';
import { type Filled, requestOf } from './request.ts';

export type Given = ReadonlyMap<string, JsonObject>;

/**
 * The records with these ids, as the target shows them; their ids alone where it can't. Throws UsageError with
 * all that are not there.
 */
export async function readGiven(
  contract: Contract,
  ids: ReadonlyMap<string, string>,
  send: Send,
  headers: Readonly<Record<string, string>>,
): Promise<Given> {
  const given = new Map<string, JsonObject>();
  const mistakes: string[] = [];
  for (const [name, id] of ids) {
    const resource = contract.resource(name);
    const reader = contract.bindings.find(
      ({ verb, resource: of, by, owners }) =>
        verb === 'read' && of.name === name && by === resource.key && owners.length === 0,
    );
    const path = { [reader?.idParameter ?? '']: id };
    const answer = reader && (await send(requestOf(reader, { path }, headers)).catch(unreachable));
    if (answer !== undefined && answer.status >= 300) {
      mistakes.push(`--given ${name}=${id}: the target does not have it (${answer.status})`);
    }
    const shown = isObject(answer?.body) ? answer.body : {};
    given.set(name, { ...full(resource, shown), ...shown, [resource.key]: id });
  }
  if (mistakes.length > 0) throw new UsageError(mistakes);
  return given;
}

function unreachable(error: Error): never {
  throw new UnreachableError(`the target does not answer (${error.message})`);
}

/** Why the request may not be sent: it would make, change or remove what is given. Undefined when it would not. */
export function givenFault(
  given: Given | undefined,
  { verb, resource, idParameter, owners }: Binding,
  { path = {} }: Filled,
): string | undefined {
  if (given === undefined || verb === 'read' || verb === 'list') return undefined;
  const isGiven = (name: string, key: string, parameter = '') =>
    given.has(name) && path[parameter] === given.get(name)?.[key];
  const touched =
    verb === 'create' && given.has(resource.name)
      ? resource
      : [{ parameter: idParameter, resource }, ...owners].find((item) =>
          isGiven(item.resource.name, item.resource.key, item.parameter),
        )?.resource;
  return touched && `${touched.name} is given (--given), so none is made or changed`;
}
