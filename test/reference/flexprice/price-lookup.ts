// GET /prices/lookup/{lookup_key}: the published price without end that has the key.

import type { Answer, Call, Fields, Price } from './model.ts';
import { Refusal, Shortcut } from './model.ts';
import { PLAIN, showPrice } from './price-show.ts';
import { visible } from './scope.ts';

function hasKey(call: Call, price: Price): boolean {
  const { lookupKey } = price;
  if (lookupKey === '') return false;
  if (call.on('price-lookup-prefix')) return lookupKey.startsWith(call.id);
  if (call.on('price-lookup-ignores-case')) {
    return lookupKey.toLowerCase() === call.id.toLowerCase();
  }
  return lookupKey === call.id;
}

function candidates(call: Call): Price[] {
  const leak = {
    tenant: 'price-lookup-leak-tenant',
    env: 'price-lookup-leak-environment',
  } as const;
  return call.store.prices.all().filter((price) => {
    if (price.status !== 'published' || !visible(call, price, leak)) return false;
    if (call.on('price-lookup-misses-successor') && price.parentId !== '') return false;
    const changed = price.updated !== price.created;
    if (call.on('price-lookup-misses-set-later') && changed) return false;
    if (call.on('price-lookup-by-id') && price.id === call.id) return true;
    return hasKey(call, price);
  });
}

function find(call: Call): Price | undefined {
  const all = candidates(call);
  const now = call.store.now();
  if (call.on('price-lookup-oldest-wins')) return all[0];
  const open = all.find((price) => price.end === null);
  if (open) return open;
  if (call.on('price-lookup-finds-ended')) return all.at(-1);
  if (!call.odd('lookup-finds-until-end')) return undefined;
  return all.find((price) => price.end !== null && price.end > now);
}

function nothing(call: Call): Error {
  if (call.on('price-lookup-unknown-answers-200')) return new Shortcut({ status: 200, body: {} });
  if (call.on('price-lookup-unknown-answers-500')) return new Error('broken on purpose');
  return new Refusal(404, 'not_found', 'No running price has this lookup_key', {
    lookup_key: { given: call.id },
  });
}

export function lookUpPrice(call: Call): Answer {
  const price = find(call);
  if (price === undefined) throw nothing(call);
  const shown: Fields = showPrice(call, price, 'write', PLAIN);
  if (call.on('price-lookup-drops-group-id')) delete shown.group_id;
  return { status: 200, body: call.on('price-lookup-answers-list') ? { items: [shown] } : shown };
}
