// Shards of one run may write to one tenant at the same time, and then a list changes while it is read page by page.
// A check that such a change may have failed is repeated until the list stood still, so that no shard blames the
// server for what another one did.

import { isObject } from '../model/json.ts';
import type { Probe } from '../model/steps.ts';
import { envelopeOf, valueAt } from './envelope.ts';
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
 * pauses. Gives the first play that conforms, or failed in calm, or else the last.
 */
export async function playInCompany(
  session: Session,
  probe: Probe,
  failed: Played,
): Promise<Played> {
  let played = failed;
  for (let tries = 0; tries < MOST_TRIES && played.hiccup === true; tries++) {
    const isDisturbed = await hasChanged(session, played.exchanges);
    if (!isDisturbed && tries > 0) return played;
    await session.options.sleep(FIRST_PAUSE * 2 ** tries);
    played = await play(session, probe);
  }
  return played;
}

/** Whether the first list of the play has other entries by now. */
async function hasChanged(session: Session, exchanges: readonly Exchange[]): Promise<boolean> {
  const first = exchanges.find(
    ({ operation, by }) => by === undefined && isList(session, operation),
  );
  if (first?.operation === undefined) return false;
  const { operation, request, received } = first;
  const now = await session.exchange(operation, request);
  return entriesIn(session, operation, received) !== entriesIn(session, operation, now.received);
}

function isList({ contract }: Session, operation: string | undefined): boolean {
  return operation !== undefined && contract.binding(operation)?.verb === 'list';
}

/** The ids of the answer's entries, as one text in an order of its own. */
function entriesIn({ contract }: Session, operation: string, received: Received): string {
  const binding = contract.binding(operation);
  if (binding === undefined || 'failure' in received || !isObject(received.body)) return '';
  const items = valueAt(received.body, [envelopeOf(contract, binding).items]);
  const ids = (Array.isArray(items) ? items : []).map((item) =>
    isObject(item) ? String(item[binding.resource.key]) : '',
  );
  return ids.sort().join(' ');
}
