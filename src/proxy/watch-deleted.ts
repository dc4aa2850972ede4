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
  const isSilent = read === undefined && list === undefined && shows === undefined;
  if (isSilent || isRevived(contract, of)) return undefined;
  return new DeletedWatcher(options, settle);
}

class DeletedWatcher implements Watcher {
  readonly #options: Options;
  readonly #settle: number;
  /** The deletion of each record, and each caller's last. */
  readonly #gone = new Recent<Heard>();
  readonly #last = new Recent<Heard>();

  constructor(options: Options, settle: number) {
    this.#options = options;
    this.#settle = settle;
  }

  hear(heard: Heard, showings: readonly Showing[]): Judged[] {
    const { of, read, shows } = this.#options;
    const { verb, resource, by, idParameter = '' } = heard.binding;
    if (resource.name !== of) return [];
    if (verb === 'list') return this.#ofList(heard, showings);
    if (by !== resource.key) return [];
    const id = heard.params[idParameter] ?? '';
    if (verb === 'delete' && (heard.status === 200 || heard.status === 204)) {
      this.#gone.set(keyOf(heard.caller, of, id), heard);
      this.#last.set(heard.caller, heard);
    }
    const isJudged = verb === 'read' && (read !== undefined || shows !== undefined);
    return isJudged ? this.#ofRead(heard, id) : [];
  }

  #ofRead(heard: Heard, id: string): Judged[] {
    const { of, read, shows } = this.#options;
    const deletion = this.#deletion(heard, id);
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
  }

  #ofList(heard: Heard, showings: readonly Showing[]): Judged[] {
    const { of, list } = this.#options;
    if (list !== 'gone') return [];
    const listed = showings.flatMap(({ id }) => {
      const deletion = this.#deletion(heard, id);
      if (deletion === undefined) return [];
      return [broken(`the deleted ${of} ${id} is still listed`, deletion, heard)];
    });
    const last = this.#last.get(heard.caller);
    return listed.length > 0 || last === undefined || !isBefore(last, heard) ? listed : [{}];
  }

  /** The record's deletion, if answers must know of it by now. */
  #deletion(heard: Heard, id: string): Heard | undefined {
    const deletion = this.#gone.get(keyOf(heard.caller, this.#options.of, id));
    if (deletion === undefined || !isBefore(deletion, heard)) return undefined;
    return heard.time - deletion.time < this.#settle ? undefined : deletion;
  }
}

function broken(reason: string, deletion: Heard, { exchange }: Heard): Judged {
  return { reason, exchanges: [deletion.exchange, exchange] };
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
