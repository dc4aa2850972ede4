// The one request of the bench: a small create, with a lookup key that is used once in a whole run.

let last = 0;

/** All keys are of one length, so that a key can be written over another. */
export const nextKey = () => `key-${String(++last).padStart(12, '0')}`;

export const bodyOf = (key) =>
  JSON.stringify({ name: 'Bench group', lookup_key: key, entity_type: 'price' });

export const HEADERS = { 'content-type': 'application/json', 'x-api-key': 'bench' };
