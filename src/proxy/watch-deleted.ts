// What becomes of a deleted record, as the answers after its deletion show it.

import { type Contract, fieldNames, type Rule } from '../contract/contract.ts';
import { isObject, type JsonObject, sameJson } from '../model/json.ts';
import type { Options } from '../rules/on-delete/options.ts';
import { type Heard, isBefore, type Judged, keyOf, type Showing, type Watcher } from './heard.ts';
import { Recent } from './recent.ts';

/**
 * Listens for one rule; undefined where an operation may bring records back, or make one of the same id: that may
 * have been done by somebody else. Answers may lag behind a deletion by `settle` milliseconds.
 */
export function watchDeleted(
  { options }: Rule<Options>,
  contract: Contract,
  settle: number,
): Watcher | undefined {
  const { of, read, list, shows } = options;
  const judgesRead = read !== undefined || shows !== undefined;
  if ((list === undefined && !judgesRead) || isRevived(contract, of)) return undefined;
  const gone = new Recent<Heard>();
  const lastOf = new Recent<Heard>();
  const deletionOf = (heard: Heard, id: string): Heard | undefined => {
    const deletion = gone.get(keyOf(heard.caller, of, id));
    if (deletion === undefined || !isBefore(deletion, heard)) return undefined;
    return heard.time - deletion.time < settle ? undefined : deletion;
  };
  const broken = (reason: string, deletion: Heard, { exchange }: Heard): Judged => ({
    reason,
    exchanges: [deletion.exchange, exchange],
  });

  const ofRead = (heard: Heard): Judged[] => {
    const id = heard.params[heard.binding.idParameter ?? ''] ?? '';
    const deletion = deletionOf(heard, id);
    if (deletion === undefined) return [];
    const { status, answer } = heard;
    if (read === 'gone' && status < 300) {
      return [broken(`the deleted ${of} ${id} is still read`, deletion, heard)];
    }
    if (read === 'kept' && (status === 404 || status === 410)) {
      return [broken(`the deleted ${of} ${id} is not read any more`, deletion, heard)];
    }
    if (shows === undefined || status >= 300 || !isObject(answer)) return [{}];
    const wrong = Object.entries(shows as JsonObject).find(
      ([field, value]) => !sameJson(answer[field] ?? null, value),
    );
    if (wrong === undefined) return [{}];
    const [field, value] = wrong;
    const shown = `${field} is ${JSON.stringify(answer[field] ?? null)}`;
    return [broken(`${shown} on the deleted ${of}, not ${JSON.stringify(value)}`, deletion, heard)];
  };

  const ofList = (heard: Heard, showings: readonly Showing[]): Judged[] => {
    if (list !== 'gone') return [];
    const listed = showings.flatMap(({ id }) => {
      const deletion = deletionOf(heard, id);
      if (deletion === undefined) return [];
      return [broken(`the deleted ${of} ${id} is still listed`, deletion, heard)];
    });
    const last = lastOf.get(heard.caller);
    return listed.length > 0 || last === undefined || !isBefore(last, heard) ? listed : [{}];
  };

  return {
    hear: (heard, showings) => {
      const { verb, resource, by, idParameter = '' } = heard.binding;
      if (resource.name !== of) return [];
      const isOk = heard.status === 200 || heard.status === 204;
      if (verb === 'list') return ofList(heard, showings);
      if (by !== resource.key) return [];
      if (verb === 'delete' && isOk) {
        gone.set(keyOf(heard.caller, of, heard.params[idParameter] ?? ''), heard);
        lastOf.set(heard.caller, heard);
      }
      return verb === 'read' && judgesRead ? ofRead(heard) : [];
    },
  };
}

function isRevived(contract: Contract, of: string): boolean {
  const { liveText = '', key, owner } = contract.resource(of);
  return (
    owner !== undefined ||
    contract.bindings.some(({ verb, resource, body, action }) => {
      if (resource.name !== of) return false;
      if (verb === 'action' || action !== undefined) return true;
      if (verb === 'create') return fieldNames(body).includes(key);
      return (
        verb === 'update' &&
        fieldNames(body).some((field) => new RegExp(`\\bself\\.${field}\\b`).test(liveText))
      );
    })
  );
}
