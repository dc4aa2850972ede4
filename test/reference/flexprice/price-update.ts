// PUT /prices/{id}: descriptive fields and group_id change in place, pricing fields make a
// new price that follows the old one.

import { given, metadataAt, momentAt, textAt } from './body.ts';
import { updateCopies } from './clone-prices.ts';
import type { Answer, Call, Fields, Price, PriceData } from './model.ts';
import { invalid, pause } from './model.ts';
import { checkKey } from './price-create.ts';
import { checkGroup, withGroup } from './price-group.ts';
import { readChange, reprice } from './price-reprice.ts';
import { PLAIN, showPrice } from './price-show.ts';
import { findPrice, missing, sameScope } from './scope.ts';

interface Wording {
  lookupKey: string;
  description: string;
  displayName: string;
  metadata: Fields | undefined;
}

function readWording(call: Call): Wording {
  return {
    lookupKey: textAt(call.body, 'lookup_key') ?? '',
    description: textAt(call.body, 'description') ?? '',
    displayName: textAt(call.body, 'display_name') ?? '',
    metadata: metadataAt(call.body, 'metadata', false),
  };
}

// Drops what has the wrong type; only a fault wants that.
function onlyFitting(body: Fields): Fields {
  const texts = ['lookup_key', 'description', 'display_name', 'group_id'];
  const fits = ([key, value]: [string, unknown]) =>
    !texts.includes(key) || typeof value === 'string' || value === null;
  return Object.fromEntries(Object.entries(body).filter(fits));
}

function clearedBy(call: Call, price: Price): string {
  if (call.on('price-put-empty-refused')) throw invalid('group_id', 'must not be empty');
  return call.on('price-put-empty-ignored') ? price.groupId : '';
}

// The id of the group the price is to have from now on.
function nextGroup(call: Call, price: Price): string {
  const sent = Object.hasOwn(call.body, 'group_id');
  const id = textAt(call.body, 'group_id');
  if (!sent) return call.on('price-put-omitted-clears') ? '' : price.groupId;
  if (id === undefined) return call.on('price-put-null-clears') ? '' : price.groupId;
  if (id === '') return clearedBy(call, price);
  if (call.on('price-put-group-ignored')) return price.groupId;
  checkGroup(call, id, 'update');
  if (call.on('price-put-cannot-move') && price.groupId !== '') return price.groupId;
  if (call.on('price-put-only-moves') && price.groupId === '') return '';
  return id;
}

function groupOrRefusal(call: Call, price: Price, wording: Wording): string {
  try {
    return nextGroup(call, price);
  } catch (error) {
    if (call.on('price-update-bad-group-ignored')) return price.groupId;
    if (call.on('price-refused-update-applies-rest')) {
      call.store.prices.put(reword(call, price, wording));
    }
    if (call.on('price-refused-update-clears-group')) {
      call.store.prices.put({ ...price, groupId: '' });
    }
    throw error;
  }
}

function nextMetadata(call: Call, old: Fields, sent: Fields | undefined): Fields {
  if (sent === undefined) return call.on('price-put-loses-metadata') ? {} : old;
  return call.on('price-put-metadata-merged') ? { ...old, ...sent } : sent;
}

// Empty text means unchanged.
function reword(call: Call, price: Price, wording: Wording): Price {
  const { data } = price;
  const now = call.store.now();
  const oldText = call.on('price-put-loses-description') ? '' : data.description;
  const oldKey = call.on('price-put-loses-lookup-key') ? '' : price.lookupKey;
  const sentText = call.on('price-put-description-ignored') ? '' : wording.description;
  const next: PriceData = {
    ...data,
    description: sentText || oldText,
    display_name: wording.displayName || data.display_name,
    metadata: nextMetadata(call, data.metadata, wording.metadata),
  };
  return {
    ...price,
    data: next,
    lookupKey: wording.lookupKey || oldKey,
    created: call.on('price-put-moves-created-at') ? now : price.created,
    updated: call.on('price-put-freezes-updated-at') ? price.updated : now,
  };
}

function stored(call: Call, before: Price, after: Price): Price {
  const row = { ...after };
  const moved = after.groupId !== '' && after.groupId !== before.groupId;
  const lost = call.on('price-put-group-not-stored') && moved;
  const stays = call.on('price-put-empty-not-stored') && after.groupId === '';
  if (lost || stays) row.groupId = before.groupId;
  if (call.on('price-put-description-not-stored')) row.data = before.data;
  return row;
}

function keep(call: Call, before: Price, after: Price): Price {
  if (call.on('price-put-touches-siblings') && after.groupId !== before.groupId) {
    for (const other of call.store.prices.all()) {
      if (other.planId !== after.planId || !sameScope(other, after)) continue;
      call.store.prices.put({ ...other, groupId: after.groupId });
    }
  }
  if (!call.on('price-put-changes-id')) {
    call.store.prices.put(stored(call, before, after));
    updateCopies(call, after);
    return after;
  }
  const renamed = { ...after, id: call.store.next('price').id };
  call.store.prices.drop(before.id);
  call.store.prices.put(renamed);
  return renamed;
}

async function change(call: Call, id: string): Promise<Price> {
  const before = call.store.prices.get(id);
  if (before === undefined) throw missing(call, 'price', id);
  const wording = readWording(call);
  const priced = readChange(call, before);
  const from = momentAt(call.body, 'effective_from');
  if (from !== undefined && !priced) throw invalid('effective_from', 'needs a change of pricing');
  const groupId = groupOrRefusal(call, before, wording);
  if (!call.on('price-put-key-duplicate-accepted')) checkKey(call, wording.lookupKey, before.id);
  if (call.on('price-update-group-race')) await pause(25);
  const current = call.store.prices.get(id) ?? before;
  const worded = reword(call, current, wording);
  const sent = given(call.body, 'group_id') !== undefined;
  if (priced) return reprice(call, { before: current, worded, priced, from, groupId, sent });
  const after = withGroup(call, worded, groupId);
  if (call.on('price-put-lost-update')) await pause(15);
  return keep(call, current, after);
}

async function target(call: Call): Promise<Price> {
  const foreign = call.store.prices.get(call.id);
  if (call.on('price-put-unknown-creates') && !foreign) {
    return { ...(call.store.prices.all().at(-1) ?? missingRow(call)), id: call.id };
  }
  if (foreign && !sameScope(foreign, call.scope) && call.on('price-put-foreign-404-but-done')) {
    await change(call, foreign.id);
  }
  const price = findPrice(call, {
    tenant: 'price-put-foreign-tenant',
    env: 'price-put-foreign-environment',
  });
  return change(call, price.id);
}

function missingRow(call: Call): never {
  throw missing(call, 'price', call.id);
}

export async function updatePrice(call: Call): Promise<Answer> {
  const wanted = call.on('price-put-wrong-types-ignored')
    ? { ...call, body: onlyFitting(call.body) }
    : call;
  const price = await target(wanted);
  const status = call.on('price-put-answers-201') ? 201 : 200;
  return { status, body: showPrice(call, price, 'write', PLAIN) };
}
