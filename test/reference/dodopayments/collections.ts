// GET and PATCH of a collection, and what every request about one needs.

import type { Rules } from './check.ts';
import { checked, maybe, same, texts, UUID } from './check.ts';
import { collectionShown } from './collection-show.ts';
import type { Answer, Call, Collection, Fields, Json } from './model.ts';
import { broken, dashed, done, invalidValue, notFound, Refusal } from './model.ts';
import { PLAN_FIELDS } from './names.ts';

export const PLAN: Rules = Object.fromEntries(
  Object.entries(PLAN_FIELDS).map(([field, among]) => [field, maybe('string', among)]),
);
const PATCH: Rules = {
  name: maybe('string'),
  brand_id: maybe('string'),
  description: maybe('string'),
  image_id: maybe('string'),
  group_order: maybe('array'),
  ...PLAN,
};

export function mustHaveProducts({ on }: Call): Refusal {
  const wrong = on('code-last-product-wrong');
  const code = wrong ? 'INVALID_REQUEST_PARAMETERS' : 'PRODUCT_COLLECTION_MUST_HAVE_PRODUCTS';
  return new Refusal(422, code, 'A collection needs a product.', 'last-product');
}

function unknown(call: Call): never {
  const { on } = call;
  if (on('unknown-collection-500')) throw broken();
  if (on('unknown-collection-400')) throw new Refusal(400, 'NOT_FOUND', 'Bad id.');
  if (on('unknown-collection-422')) throw invalidValue('There is no such collection.');
  throw notFound('collection');
}

// The collection of the path; writes need one that is not archived.
export function collectionOf(call: Call, access: 'read' | 'write'): Collection {
  const { on, store, tenant, route } = call;
  const found = store.collections.get(call.ids[0] ?? '');
  if (!found || (found.tenant !== tenant && !on(`leak-${route}`))) return unknown(call);
  if (!found.archived) return found;
  if (access === 'read' && !on('archived-unreadable')) return found;
  if (on(`archived-accepts-${route}`)) return found;
  if (on('archived-answers-200')) throw new Refusal(200, 'OK', 'ok');
  if (on('archived-answers-500')) throw broken();
  const code = on('code-archived-wrong') ? 'NOT_FOUND' : 'PRODUCT_COLLECTION_IS_DELETED';
  throw new Refusal(410, code, 'The collection is archived.', 'archived-collection');
}

// Every write moves updated_at; whether one to a part does is left open by the documents.
export function touch({ on, odd, store, route }: Call, collection: Collection): void {
  const part = /group|item/.test(route);
  if (part && odd('updated-at-ignores-parts')) return;
  if (on(`updated-at-ignores-${route}`)) return;
  const at = store.now();
  collection.updatedAt = at;
  if (on('collection-created-at-moves')) collection.createdAt = at;
}

export function checkNameLength(call: Call, name: Json | undefined): void {
  if (typeof name !== 'string') return;
  const length = [...name].length;
  if (length === 0 && !call.on('collection-name-empty-accepted')) {
    throw invalidValue('name is empty', 'long-text');
  }
  const most = call.on('collection-name-100-refused') ? 99 : 100;
  if (length > (call.on('collection-name-101-accepted') ? 101 : most)) {
    throw invalidValue('name is too long', 'long-text');
  }
}

export function getCollection(call: Call): Answer {
  const { on, store } = call;
  if (on('unknown-collection-200') && !store.collections.get(call.ids[0] ?? '')) {
    return { status: 200, body: null };
  }
  const collection = collectionOf(call, 'read');
  if (on('read-touches')) collection.updatedAt = store.now();
  const shown = collectionShown(call, collection);
  return { status: 200, body: on('get-collection-in-data') ? { data: shown } : shown };
}

// Absent keeps, null clears, a value is set.
export function threeState(call: Call, name: string, sent: Json | undefined, old: Json): Json {
  const { on } = call;
  if (sent === undefined) return on(`${name}-absent-clears`) ? null : old;
  if (sent === null) return on(`${name}-null-keeps`) ? old : null;
  return on(`${name}-value-lost`) ? old : sent;
}

// A name or a brand is never cleared: null keeps it.
function kept({ on }: Call, field: string, sent: Json | undefined, old: string): string {
  const name = `collection-${dashed(field)}`;
  if (sent === null) return on(`${name}-null-clears`) ? '' : old;
  if (sent === undefined) return on(`${name}-absent-clears`) ? '' : old;
  return on(`${name}-value-lost`) ? old : String(sent);
}

// The parts in the wanted order; it has to name each of them once.
export function ordered<T extends { id: string }>(
  call: Call,
  what: 'group-order' | 'product-order',
  sent: Json | undefined,
  parts: T[],
): T[] {
  const { on } = call;
  if (sent === undefined || sent === null || on(`${what}-ignored`)) return parts;
  const wanted = texts(sent, what);
  const ids = parts.map((each) => each.id);
  const known = wanted.filter((id) => ids.includes(id));
  const twice = known.length > new Set(known).size;
  const lenient =
    (known.length < wanted.length && on(`${what}-foreign-accepted`)) ||
    (twice && on(`${what}-twice-accepted`)) ||
    (known.length < ids.length && on(`${what}-subset-accepted`));
  const gone = known.length < ids.length && on(`${what}-subset-deletes`);
  if (!same(wanted, ids) && !lenient && !gone) {
    throw invalidValue(`the ${what} does not name each once`, 'bad-order');
  }
  const found = [...new Set(known)].flatMap((id) => parts.filter((each) => each.id === id));
  const rest = gone ? [] : parts.filter((each) => !found.includes(each));
  return on(`${what}-reversed`) ? found.reverse() : [...found, ...rest];
}

function apply(call: Call, collection: Collection, body: Fields): void {
  for (const field of Object.keys(PLAN_FIELDS)) {
    const old = collection.plan[field] ?? null;
    collection.plan[field] = threeState(call, `collection-${dashed(field)}`, body[field], old);
  }
  const { description, imageId } = collection;
  const text = threeState(call, 'collection-description', body['description'], description);
  collection.description = text;
  collection.imageId = threeState(call, 'collection-image-id', body['image_id'], imageId);
  collection.name = kept(call, 'name', body['name'], collection.name);
  collection.brandId = kept(call, 'brand_id', body['brand_id'], collection.brandId);
}

export function patchCollection(call: Call): Answer {
  const { on, store, tenant } = call;
  const body = checked(call, 'collection-patch', call.body, PATCH);
  const collection = collectionOf(call, 'write');
  checkNameLength(call, body['name']);
  const image = body['image_id'];
  if (typeof image === 'string' && !UUID.test(image)) throw invalidValue('image_id is no UUID');
  if (on('collection-patch-half-done')) apply(call, collection, body);
  const groups = ordered(call, 'group-order', body['group_order'], collection.groups);
  if (on('collection-patch-lost')) return done;
  apply(call, collection, body);
  collection.groups = groups;
  touch(call, collection);
  if (on('collection-patch-touches-siblings')) {
    for (const each of store.collections.all()) {
      if (each.tenant === tenant) each.name = collection.name;
    }
  }
  if (!on('collection-patch-touches-other-tenants')) return done;
  for (const each of store.collections.all()) each.description = collection.description;
  return done;
}
