// What an API computes and no rule can say as data: one function for each `action` of a contract. They stand
// beside the contracts, propose changes like any operation, and every rule judges what they propose.

import {
  offerUpload,
  unarchive,
  unarchiveCollection,
} from '../../contracts/dodopayments.actions.ts';
import { clonePlan, reprice } from '../../contracts/flexprice.actions.ts';
import type { Json } from '../model/json.ts';
import { didYouMean } from '../model/suggest.ts';
import { UsageError } from '../model/usage-error.ts';
import type { Context } from '../rules/kind.ts';
import type { Row } from '../state/state.ts';
import type { Route } from './playable.ts';

/**
 * Does its work through the context and gives back the answer; undefined where the record itself is the answer,
 * or where an update or a delete is to be done as any other is.
 */
export type Action = (context: Context, target: Row) => Json | undefined;

const ACTIONS: Readonly<Record<string, Action>> = {
  clonePlan,
  offerUpload,
  reprice,
  unarchive,
  unarchiveCollection,
};

/** Does what the operation's action does; undefined where there is none, or it leaves the answer to others. */
export function act(
  context: Context,
  { binding: { action } }: Route,
  target: Row | undefined,
): Json | undefined {
  return action === undefined || target === undefined
    ? undefined
    : ACTIONS[action]?.(context, target);
}

/** Throws a UsageError for an action that nobody has written. */
export function checkAction(operation: string, action: string | undefined): void {
  if (action === undefined || Object.hasOwn(ACTIONS, action)) return;
  throw new UsageError(
    `${operation}: there is no action "${action}"${didYouMean(action, Object.keys(ACTIONS), true)}`,
  );
}
