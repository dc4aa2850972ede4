// DELETE /prices/{id}: gives the price an end; it stays published, readable and in its group.

import { momentAt } from './body.ts';
import type { Answer, Call, Price } from './model.ts';
import { invalid, Refusal } from './model.ts';
import { deleted } from './owner.ts';
import { keyOf } from './price-create.ts';
import { findPrice, sameScope } from './scope.ts';

function endFor(call: Call, price: Price): number {
  const sent = momentAt(call.body, 'end_date');
  if (sent !== undefined && !call.on('price-delete-ignores-end-date')) return sent;
  const now = call.store.now();
  return call.odd('future-price-ends-at-start') ? Math.max(now, price.start) : now;
}

function checkEnd(call: Call, price: Price, end: number): void {
  if (price.end !== null && !call.on('price-delete-second-200')) {
    const code = call.odd('price-delete-invalid-operation')
      ? 'invalid_operation'
      : 'validation_error';
    throw new Refusal(400, code, 'This price has an end already', {
      price_id: { given: price.id },
    });
  }
  if (end < price.start && !call.on('price-delete-before-start-accepted')) {
    throw invalid('end_date', 'lies before the start of the price');
  }
}

function put(call: Call, price: Price, end: number): void {
  const { prices } = call.store;
  const now = call.store.now();
  if (call.on('price-delete-hard')) {
    prices.drop(price.id);
    return;
  }
  prices.put({
    ...price,
    end,
    status: call.on('price-delete-archives') ? 'archived' : price.status,
    groupId: call.on('price-delete-clears-group') ? '' : price.groupId,
    lookupKey: call.on('price-delete-clears-key') ? '' : price.lookupKey,
    created: call.on('price-delete-moves-created-at') ? now : price.created,
    updated: call.on('price-delete-freezes-updated-at') ? price.updated : now,
  });
}

// Other prices that a fault ends along with this one.
function takenAlong(call: Call, price: Price): Price[] {
  return call.store.prices.all().filter((other) => {
    if (other.id === price.id || other.end !== null) return false;
    if (call.on('clone-linked-price-delete')) return other.copiedFrom === price.id;
    if (call.on('price-delete-ends-plan')) return other.planId === price.planId;
    const sameGroup = price.groupId !== '' && other.groupId === price.groupId;
    return call.on('price-delete-ends-group') && sameGroup;
  });
}

function end(call: Call, price: Price): void {
  const moment = endFor(call, price);
  checkEnd(call, price, moment);
  if (call.on('price-delete-lost')) return;
  for (const each of [...takenAlong(call, price), price]) put(call, each, moment);
  if (call.on('price-delete-keeps-key') && price.lookupKey !== '') {
    call.store.takenKeys.add(keyOf(call, price.lookupKey));
  }
}

function target(call: Call): Price {
  const { prices } = call.store;
  const byKey = prices.all().find((price) => price.lookupKey === call.id);
  if (byKey && sameScope(byKey, call.scope) && call.on('price-delete-by-key')) return byKey;
  const any = prices.get(call.id);
  if (any && !sameScope(any, call.scope) && call.on('price-delete-foreign-404-but-done')) {
    end(call, any);
  }
  return findPrice(call, {
    tenant: 'price-delete-foreign-tenant',
    env: 'price-delete-foreign-environment',
  });
}

export function deletePrice(call: Call): Answer {
  const unknown = call.store.prices.get(call.id) === undefined;
  if (unknown && call.on('price-delete-unknown-200')) return deleted(call, 'price', call.id);
  const price = target(call);
  end(call, price);
  if (call.on('price-delete-answers-204')) return { status: 204 };
  return deleted(call, 'price', price.id);
}
