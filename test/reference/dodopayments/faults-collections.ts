// What can be wrong with collections: create, read, PATCH, archive, unarchive, images.

import type { Faults } from './faults-common.ts';
import { each } from './faults-common.ts';
import { PLAN_FIELDS } from './names.ts';

const PLAN = Object.keys(PLAN_FIELDS);
const CLEARABLE = ['description', 'image_id', ...PLAN];
const WRITES = [
  'patch-collection',
  'archive-collection',
  'collection-images',
  'add-group',
  'patch-group',
  'delete-group',
  'add-items',
  'patch-item',
  'delete-item',
];
const TOUCHING = WRITES.filter((route) => route !== 'collection-images');

const generated: Faults = {
  ...each(
    CLEARABLE,
    (field) => `collection-${field}-absent-clears`,
    (field) => `a PATCH without ${field} clears it`,
  ),
  ...each(
    CLEARABLE,
    (field) => `collection-${field}-null-keeps`,
    (field) => `a PATCH with ${field} null keeps it`,
  ),
  ...each(
    [...CLEARABLE, 'name', 'brand_id'],
    (field) => `collection-${field}-value-lost`,
    (field) => `a PATCH does not store ${field}`,
  ),
  ...each(
    ['name', 'brand_id'],
    (field) => `collection-${field}-null-clears`,
    (field) => `a PATCH with ${field} null empties it`,
  ),
  ...each(
    ['name', 'brand_id'],
    (field) => `collection-${field}-absent-clears`,
    (field) => `a PATCH without ${field} empties it`,
  ),
  ...each(
    ['name', 'brand_id', 'group_order', 'description', ...PLAN],
    (field) => `collection-patch-${field}-null-refused`,
    (field) => `a PATCH with ${field} null is refused`,
  ),
  ...each(
    ['description', 'brand_id', ...PLAN],
    (field) => `collection-${field}-lost-on-create`,
    (field) => `a create does not store ${field}`,
  ),
  ...each(
    PLAN,
    (field) => `collection-${field}-unchecked`,
    (field) => `a create accepts any text as ${field}`,
  ),
  ...each(
    PLAN,
    (field) => `collection-patch-${field}-unchecked`,
    (field) => `a PATCH accepts any text as ${field}`,
  ),
  ...each(
    ['id', 'brand_id', 'created_at', 'updated_at', 'name', 'groups'],
    (field) => `collection-without-${field}`,
    (field) => `collections are shown without ${field}`,
  ),
  ...each(
    ['id', 'name', 'created_at', 'updated_at', 'products_count'],
    (field) => `summary-without-${field}`,
    (field) => `collections are listed without ${field}`,
  ),
  ...each(
    WRITES,
    (route) => `archived-accepts-${route}`,
    (route) => `the operation ${route} is done on an archived collection`,
  ),
  ...each(
    [...TOUCHING, 'unarchive-collection'],
    (route) => `updated-at-ignores-${route}`,
    (route) => `updated_at of a collection does not move on ${route}`,
  ),
};

const creating: Faults = {
  'collection-name-optional': 'a collection without a name is accepted',
  'collection-groups-optional':
    'a collection without the field groups is accepted as if it had none',
  'collection-name-null-accepted': 'a collection whose name is null is accepted',
  'collection-name-untyped': 'a number as name of a collection is turned into text',
  'collection-name-empty-accepted': 'a collection with an empty name is accepted',
  'collection-name-101-accepted': 'a collection with a name of 101 characters is accepted',
  'collection-name-100-refused': 'a collection with a name of 100 characters is refused',
  'collection-name-cut': 'the name of a new collection is cut after 20 characters',
  'collection-create-lost': 'every third create answers and stores nothing',
  'collection-ids-reused': 'every second collection gets the id of the one before and replaces it',
  'create-half-done': 'a refused create leaves a collection with its first group behind',
  'create-refused-takes-products': 'the products of a refused create count as taken',
  'create-order-reversed': 'a create stores its groups in reverse order',
  'create-row-order-reversed': 'a create stores the products of its groups in reverse order',
  'create-first-group-only': 'a create stores only its first group',
  'create-collection-answers-void': 'a create answers without a body',
};

const reading: Faults = {
  'unknown-collection-200': 'an unknown collection answers 200 with null',
  'unknown-collection-400': 'an unknown collection answers 400 instead of 404',
  'unknown-collection-422': 'an unknown collection answers 422 instead of 404',
  'unknown-collection-500': 'an unknown collection answers 500',
  'get-collection-in-data': 'a collection is wrapped in data',
  'read-touches': 'reading a collection moves its updated_at',
  'collection-groups-as-map': 'the groups of a collection are an object by id',
  'collection-created-at-is-now': 'created_at of a collection is the time of the read',
  'collection-created-at-as-number': 'created_at of a collection is a number',
  'collection-created-at-moves': 'created_at of a collection moves on every write',
  'collection-updated-at-frozen': 'updated_at of a collection never moves',
  'collection-updated-before-created': 'updated_at of a collection lies before created_at',
  'times-without-zone': 'times of a collection have no zone',
  'groups-disabled-hidden': 'groups with status false are not shown',
  'rows-disabled-hidden': 'rows with status false are not shown',
  'rows-of-archived-hidden': 'rows of archived products are not shown',
  'summary-products-count-as-text': 'products_count is text',
  'summary-count-0': 'products_count is always 0',
  'summary-count-of-groups': 'products_count counts groups',
  'summary-count-frozen': 'products_count stays what it was at the create',
  'summary-count-first-group': 'products_count counts only the first group',
  'summary-name-frozen': 'the list shows the name from the create',
  'summary-description-lost': 'the list shows no description',
};

const patching: Faults = {
  'collection-patch-lost': 'a PATCH of a collection answers and stores nothing',
  'collection-patch-half-done': 'a PATCH refused for its group_order stores the rest',
  'collection-patch-touches-siblings': 'a PATCH renames all collections of the business',
  'collection-patch-touches-other-tenants': 'a PATCH sets the description of all businesses',
  'group-order-ignored': 'group_order is ignored',
  'group-order-reversed': 'group_order is applied in reverse',
  'group-order-foreign-accepted': 'group_order may name groups that are not there',
  'group-order-twice-accepted': 'group_order may name a group twice',
  'group-order-subset-accepted': 'group_order may leave groups out',
  'group-order-subset-deletes': 'group_order may leave groups out, which deletes them',
};

const archiving: Faults = {
  'archived-unreadable': 'an archived collection cannot be read',
  'archived-answers-200': 'a write on an archived collection answers 200 and is not done',
  'archived-answers-500': 'a write on an archived collection answers 500',
  'archived-refused-but-done': 'a write on an archived collection is refused and done',
  'code-archived-wrong': 'the code for an archived collection is not PRODUCT_COLLECTION_IS_DELETED',
  'archive-lost': 'archiving answers and does nothing',
  'archive-answers-collection': 'archiving answers with a body and does nothing',
  'archive-takes-siblings': 'archiving one collection archives all of the business',
  'archive-takes-other-tenants': 'archiving a collection archives those of other businesses',
  'archive-disables-rows': 'archiving a collection sets its rows to status false',
  'archive-disables-groups': 'archiving a collection sets its groups to status false',
  'archive-empties-groups': 'archiving a collection removes its rows',
  'archive-drops-groups': 'archiving a collection removes its groups',
  'archive-archives-products': 'archiving a collection archives its products',
  'unarchive-lost': 'unarchiving answers and does nothing',
  'unarchive-live-500': 'unarchiving a live collection answers 500',
  'unarchive-takes-siblings': 'unarchiving one collection unarchives all of the business',
  'unarchive-keeps-archived': 'unarchiving keeps the rows of archived products',
  'unarchive-lists-but-keeps': 'unarchiving names the archived products and keeps their rows',
  'unarchive-drops-all-rows': 'unarchiving removes all rows',
  'unarchive-drops-disabled-rows': 'unarchiving removes rows with status false',
  'unarchive-drops-empty-groups': 'unarchiving removes groups that have become empty',
  'unarchive-answers-void': 'unarchiving a collection answers without a body',
  'unarchive-excludes-row-ids': 'excluded_product_ids holds ids of rows',
  'unarchive-excluded-always-empty': 'excluded_product_ids is always empty',
  'unarchive-without-collection-id': 'unarchiving answers without collection_id',
  'unarchive-without-excluded': 'unarchiving answers without excluded_product_ids',
  'unarchive-without-message': 'unarchiving answers without message',
  'images-force-unchecked': 'force_update may be any text',
  'images-set-at-once': 'asking for an upload address changes the image at once',
  'images-without-url': 'the answer of images has no url',
  'images-without-id': 'the answer of images with force_update has no image_id',
};

export const collectionFaults: Faults = {
  ...generated,
  ...creating,
  ...reading,
  ...patching,
  ...archiving,
};
