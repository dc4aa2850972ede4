// The link between a price and its group: which group it may take, and taking or leaving it.

import type { Call, Price } from './model.ts';
import { invalid, Refusal } from './model.ts';
import { elsewhere, sameScope } from './scope.ts';

export type Occasion = 'create' | 'update';

function unknownGroup(call: Call, id: string): Refusal {
  const details = { group_id: { given: id } };
  const message = 'The group of a price has to exist';
  return call.odd('unknown-group-404')
    ? new Refusal(404, 'not_found', message, details)
    : new Refusal(400, 'validation_error', message, details);
}

export function checkGroup(call: Call, id: string, occasion: Occasion): void {
  const group = call.store.groups.get(id);
  if (group === undefined) {
    if (call.on(`price-${occasion}-unknown-group-accepted`)) return;
    throw unknownGroup(call, id);
  }
  if (!sameScope(group, call.scope)) {
    const near = elsewhere(group, call.scope) ? 'environment' : 'tenant';
    if (!call.on(`price-${occasion}-foreign-${near}-group-accepted`)) throw unknownGroup(call, id);
  }
  if (group.status === 'archived' && !call.on(`price-${occasion}-archived-group-accepted`)) {
    throw invalid('group_id', 'names a group that is not published', id);
  }
  if (group.entityType !== 'price') {
    throw invalid('group_id', 'names a group that is not for prices', { entity_type: 'price' });
  }
}

export function touch(call: Call, id: string): void {
  const group = call.store.groups.get(id);
  if (!group || !call.odd('membership-touches-group')) return;
  call.store.groups.put({ ...group, updated: call.store.now() });
}

export function withGroup(call: Call, price: Price, groupId: string): Price {
  if (price.groupId === groupId) return price;
  touch(call, price.groupId);
  touch(call, groupId);
  return {
    ...price,
    groupId,
    pastGroups: groupId === '' ? price.pastGroups : [...price.pastGroups, groupId],
    joined: call.store.now(),
    movedIn: true,
  };
}
