// Shards of one run may write to one tenant at the same time, and then a list changes while it is read page by page.
// A check that such a change may have failed is repeated until the list stood still, so that no shard blames the
// server for what another one did.

import { isObject, type Json } from '../model/json.ts';
import type { Probe } from '../model/steps.ts';
import { entriesOf } from './envelope.ts';
import { type Played, play } from './play.ts';
import type { Session } from './session.ts';
import type { Exchange, Received } from './verdict.ts';

const MOST_TRIES = 6;
const FIRST_PAUSE = 250;

/** Whether another shard may have failed the play: what a list held was wrong, and the run is one of several. */
export function mayBeCompany(session: Session, { exchanges }: Played): boolean {
  const last = exchanges.at(-1);
  if (session.options.shard === undefined || last === undefined) return false;
  return isList(session, last.operation) && 'status' in last.received && last.received.status < 300;
}

/**
 * Plays the probe again while a hiccup fails it and the list that it asked has changed since, with longer and longer
 * pauses. Gives the first play that conforms, or failed in calm, or else the last; where even that one was disturbed by
 * what is known to be another shard's, it says nothing about the server.
 */
export async function playInCompany(
  session: Session,
  probe: Probe,
  failed: Played,
): Promise<Played> {
  let played = failed;
  for (let tries = 0; played.hiccup === true; tries++) {
    const news = await newEntries(session, played.exchanges);
    if (news.length === 0 && tries > 0) return played;
    if (tries === MOST_TRIES)
      return news.some((entry) => isSisters(session, entry)) ? lost(played) : played;
    await session.options.sleep(FIRST_PAUSE * 2 ** tries);
    played = await play(session, probe);
  }
  return played;
}

function lost(played: Played): Played {
  const reason = 'other shards changed the list whenever it was read';
  return { ...played, verdict: 'notExercised', reason };
}

/** What the first list of the play shows by now and did not show then. */
async function newEntries(session: Session, exchanges: readonly Exchange[]): Promise<Json[]> {
  const first = exchanges.find(
    ({ operation, by }) => by === undefined && isList(session, operation),
  );
  if (first?.operation === undefined) return [];
  const { operation, request, received } = first;
  const before = new Set(entriesIn(session, operation, received).map(({ id }) => id));
  const now = await session.exchange(operation, request);
  return entriesIn(session, operation, now.received)
    .filter(({ id }) => !before.has(id))
    .map(({ entry }) => entry);
}

function isList({ contract }: Session, operation: string | undefined): boolean {
  return operation !== undefined && contract.binding(operation)?.verb === 'list';
}

function entriesIn({ contract }: Session, operation: string, received: Received) {
  const binding = contract.binding(operation);
  if (binding === undefined || 'failure' in received) return [];
  const { key } = binding.resource;
  return (entriesOf(contract, binding, received.body) ?? []).map((entry: Json) => ({
    entry,
    id: JSON.stringify(isObject(entry) ? entry[key] : entry),
  }));
}

/** Whether a text of the entry is one that another shard counted: each counts numbers of its own. */
function isSisters({ prefix, options: { shard } }: Session, entry: Json): boolean {
  if (shard === undefined) return false;
  const numbers = [
    ...JSON.stringify(entry).matchAll(new RegExp(`${prefix}-([0-9a-z]{1,8})`, 'gi')),
  ];
  return numbers.some(([, number = '']) => (parseInt(number, 36) - shard.index) % shard.of !== 0);
}
