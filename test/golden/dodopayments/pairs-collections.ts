// The refusals of each operation on whole collections; see `pairs.ts`.

import { NO_KEY, STRANGER, UNREADABLE } from '../talk.ts';
import {
  type Answer,
  collection,
  NO_COLLECTION,
  NO_PRODUCT,
  NO_UUID,
  of,
  patch,
  product,
  type Talk,
} from './talk.ts';

const UNKNOWN = `/product-collections/${NO_COLLECTION}`;

type Groups = { group_name?: string; products: { product_id: string }[] }[];

/** Asks for a new collection of these groups. */
const make = (talk: Talk, groups: Groups, name = 'Inkwell plans') =>
  talk.post('/product-collections', { name, groups });

/** The path of a new collection. */
const one = async (talk: Talk) => `/product-collections/${(await collection(talk)).id}`;

/** The path of a new collection that is archived. */
const archived = async (talk: Talk) => {
  const path = await one(talk);
  await talk.delete(path);
  return path;
};

export const COLLECTION_PAIRS: Readonly<Record<string, (talk: Talk) => Promise<Answer>>> = {
  'create_product_collection unauthenticated': async (talk) => {
    const groups = [{ products: of(await product(talk)) }];
    return talk.post('/product-collections', { name: 'Inkwell plans', groups }, NO_KEY);
  },
  'create_product_collection malformed': (talk) =>
    talk.post('/product-collections', undefined, UNREADABLE),
  'create_product_collection invalid': (talk) =>
    talk.post('/product-collections', { name: 'Inkwell plans', groups: {} }),
  'create_product_collection collection.starts-with-a-product': (talk) =>
    make(talk, [{ products: [] }]),
  'create_product_collection collection.name-length': async (talk) =>
    make(talk, [{ products: of(await product(talk)) }], ''),
  'create_product_collection group.products-required': (talk) =>
    talk.post('/product-collections', { name: 'Inkwell plans', groups: [{ group_name: 'Teams' }] }),
  'create_product_collection group.name-unique': async (talk) =>
    make(talk, [
      { group_name: 'Teams', products: of(await product(talk)) },
      { group_name: 'Teams', products: of(await product(talk)) },
    ]),
  'create_product_collection row.product-exists': (talk) =>
    make(talk, [{ products: of(NO_PRODUCT) }]),
  'create_product_collection row.product-live': async (talk) => {
    const old = await product(talk);
    await talk.delete(`/products/${old}`);
    return make(talk, [{ products: of(old) }]);
  },
  'create_product_collection row.product-once': async (talk) => {
    const taken = await product(talk);
    await collection(talk, [{ products: of(taken) }]);
    return make(talk, [{ products: of(taken) }]);
  },

  'list_product_collections unauthenticated': (talk) => talk.get('/product-collections', NO_KEY),
  'list_product_collections parameter': (talk) => talk.get('/product-collections?archived=maybe'),

  'get_product_collection unauthenticated': async (talk) => talk.get(await one(talk), NO_KEY),
  'get_product_collection not-found': (talk) => talk.get(UNKNOWN),
  'get_product_collection scope.isolated': async (talk) => talk.get(await one(talk), STRANGER),

  'update_product_collection unauthenticated': async (talk) =>
    patch(talk, await one(talk), { name: 'New' }, NO_KEY),
  'update_product_collection not-found': (talk) => patch(talk, UNKNOWN, { name: 'New' }),
  'update_product_collection malformed': async (talk) =>
    patch(talk, await one(talk), undefined, UNREADABLE),
  'update_product_collection invalid': async (talk) =>
    patch(talk, await one(talk), { on_payment_failure: 'wait' }),
  'update_product_collection scope.isolated': async (talk) =>
    patch(talk, await one(talk), { name: 'Mine' }, STRANGER),
  'update_product_collection collection.archive-freezes': async (talk) =>
    patch(talk, await archived(talk), { name: 'New' }),
  'update_product_collection collection.group-order': async (talk) =>
    patch(talk, await one(talk), { group_order: [NO_UUID] }),
  'update_product_collection collection.name-length': async (talk) =>
    patch(talk, await one(talk), { name: 'x'.repeat(101) }),

  'archive_product_collection unauthenticated': async (talk) =>
    talk.delete(await one(talk), NO_KEY),
  'archive_product_collection not-found': (talk) => talk.delete(UNKNOWN),
  'archive_product_collection scope.isolated': async (talk) =>
    talk.delete(await one(talk), STRANGER),
  'archive_product_collection collection.archive-freezes': async (talk) =>
    talk.delete(await archived(talk)),

  'unarchive_product_collection unauthenticated': async (talk) =>
    talk.post(`${await archived(talk)}/unarchive`, undefined, NO_KEY),
  'unarchive_product_collection not-found': (talk) => talk.post(`${UNKNOWN}/unarchive`),
  'unarchive_product_collection scope.isolated': async (talk) =>
    talk.post(`${await archived(talk)}/unarchive`, undefined, STRANGER),

  'update_product_collection_images unauthenticated': async (talk) =>
    talk.put(`${await one(talk)}/images`, undefined, NO_KEY),
  'update_product_collection_images not-found': (talk) => talk.put(`${UNKNOWN}/images`),
  'update_product_collection_images parameter': async (talk) =>
    talk.put(`${await one(talk)}/images?force_update=maybe`),
  'update_product_collection_images scope.isolated': async (talk) =>
    talk.put(`${await one(talk)}/images`, undefined, STRANGER),
};
