// What the hand-written peers share: the schema of a new group, and the record that each of them answers.

import { randomUUID } from 'node:crypto';

export const NEW_GROUP = {
  type: 'object',
  required: ['name', 'lookup_key', 'entity_type'],
  properties: {
    name: { type: 'string', minLength: 1 },
    lookup_key: { type: 'string', minLength: 1 },
    entity_type: { const: 'price' },
  },
};

/** The record, with the fields of tallystick's answer, so that all answers are about as long. */
export function groupOf({ name, lookup_key, entity_type }) {
  const now = new Date().toISOString();
  return {
    id: `group_${randomUUID()}`,
    name,
    lookup_key,
    entity_type,
    entity_ids: [],
    metadata: {},
    status: 'published',
    created_at: now,
    updated_at: now,
  };
}
