// What can be wrong with who is in a group: names, products, the last product, unknown things.

import type { Faults } from './faults-common.ts';
import { each } from './faults-common.ts';

const PLACES: { [where: string]: string } = {
  create: 'a new collection',
  group: 'a new group',
  items: 'an addition to a group',
};
const WHERE = Object.keys(PLACES);

const generated: Faults = {
  ...each(
    WHERE,
    (where) => `once-not-across-collections-on-${where}`,
    (where) => `${PLACES[where]} may take a product of another collection`,
  ),
  ...each(
    ['group', 'items'],
    (where) => `once-not-across-groups-on-${where}`,
    (where) => `${PLACES[where]} may take a product of another group of the collection`,
  ),
  ...each(
    WHERE,
    (where) => `once-not-within-request-on-${where}`,
    (where) => `${PLACES[where]} may name a product twice in one group`,
  ),
  ...each(
    WHERE,
    (where) => `product-archived-accepted-on-${where}`,
    (where) => `${PLACES[where]} may take an archived product`,
  ),
  ...each(
    WHERE,
    (where) => `product-unknown-accepted-on-${where}`,
    (where) => `${PLACES[where]} may take a product that does not exist`,
  ),
  ...each(
    WHERE,
    (where) => `row-status-ignored-on-${where}`,
    (where) => `${PLACES[where]} ignores status false of a row`,
  ),
  ...each(
    ['create', 'group'],
    (where) => `group-status-ignored-on-${where}`,
    (where) => `${PLACES[where]} ignores status false of a group`,
  ),
  ...each(
    ['create', 'group'],
    (where) => `group-name-lost-on-${where}`,
    (where) => `${PLACES[where]} loses the name of a group`,
  ),
  ...each(
    ['create', 'add', 'rename'],
    (where) => `names-twice-on-${where}`,
    (where) => `two groups of one collection may have one name (${where})`,
  ),
  ...each(
    ['patch-group', 'delete-group', 'add-items'],
    (route) => `unknown-group-500-on-${route}`,
    (route) => `an unknown group answers 500 on ${route}`,
  ),
  ...each(
    ['patch-item', 'delete-item'],
    (route) => `unknown-item-500-on-${route}`,
    (route) => `an unknown item answers 500 on ${route}`,
  ),
};

const names: Faults = {
  'names-null-collides': 'only one group of a collection may have a null name',
  'names-empty-not-unique': 'the empty name may come twice in a collection',
  'names-case-ignored': 'names that differ only in case count as one',
  'names-blanks-ignored': 'names that differ only in outer blanks count as one',
  'names-across-collections': 'names are unique across all collections of the business',
  'names-across-tenants': 'names are unique across all businesses',
  'names-rename-to-own-refused': 'giving a group the name it has is refused',
  'names-of-disabled-groups-free': 'the name of a group with status false is free',
  'names-of-deleted-kept': 'the name of a deleted group stays taken',
  'names-of-renamed-kept': 'the old name of a renamed group stays taken',
  'names-twice-500': 'a name that is taken answers 500',
  'names-twice-refused-but-stored': 'a group refused for its name is stored',
  'names-twice-returns-old': 'a group with a taken name answers 200 with the older group',
  'names-twice-replaces': 'a group with a taken name replaces the products of the older group',
  'race-name-on-add': 'two groups made at the same time may have one name',
  'race-name-on-rename': 'two groups renamed at the same time may have one name',
  'group-name-lower-cased': 'names of groups are stored in small letters',
  'group-name-trimmed': 'outer blanks of names of groups are lost',
  'group-name-cut': 'names of groups are cut after 20 characters',
  'group-name-never-shown': 'groups are shown with group_name null',
  'group-name-empty-for-null': 'a null name is shown as an empty one',
  'group-name-absent-clears': 'a PATCH without group_name clears it',
  'group-name-null-keeps': 'a PATCH with group_name null keeps it',
  'group-name-value-lost': 'a PATCH does not store group_name',
};

const once: Faults = {
  'once-not-within-group-on-items': 'a product may be added to a group it is in',
  'once-not-across-groups-of-create': 'a new collection may have one product in two groups',
  'once-disabled-rows-ignored': 'a product whose row has status false is free',
  'once-disabled-groups-ignored': 'a product in a group with status false is free',
  'once-moves-product': 'a product of another collection is moved instead of refused',
  'once-by-name': 'two products with one name cannot both be in collections',
  'once-by-name-across-tenants': 'a product with a name in use by another business is refused',
  'once-refused-500': 'a product that is taken answers 500',
  'once-not-freed-by-item-delete': 'a product stays taken when its row is deleted',
  'once-not-freed-by-group-delete': 'the products of a deleted group stay taken',
  'race-product-on-create': 'two collections made at the same time may share a product',
  'race-product-on-add': 'two groups made at the same time may share a product',
  'race-product-on-items': 'two additions at the same time may share a product',
  'product-unknown-500': 'a product that does not exist answers 500',
  'product-collection-id-never': 'products never show the collection they are in',
};

const last: Faults = {
  'last-create-no-groups-accepted': 'a collection without groups is accepted',
  'last-create-empty-groups-accepted': 'a collection whose groups are all empty is accepted',
  'last-item-delete-accepted': 'the last product of a collection can be deleted',
  'last-item-off-by-one': 'the last but one product of a collection cannot be deleted',
  'last-item-counts-enabled-only': 'the last row with status true cannot be deleted',
  'last-item-counts-group-only': 'the last product of a group cannot be deleted',
  'last-item-counts-all-collections': 'products of other collections count as rest',
  'last-item-disabled-deletable': 'the last row can be deleted if its status is false',
  'last-item-refused-but-deleted': 'deleting the last product is refused and done',
  'last-group-delete-accepted': 'the last group with products can be deleted',
  'last-group-off-by-one': 'the last but one group with products cannot be deleted',
  'last-group-any-stays': 'a group with products cannot be deleted',
  'last-group-other-groups-suffice': 'the last group with products can go if empty ones stay',
  'last-group-refused-but-deleted': 'deleting the last group with products is refused and done',
  'last-group-refused-but-emptied':
    'deleting the last group with products is refused and empties it',
  'last-empty-group-stays': 'an empty group cannot be deleted',
  'race-last-item': 'two deletes at the same time may leave no product',
  'race-last-group': 'two deletes of groups at the same time may leave no product',
  'code-last-product-wrong': 'the code is not PRODUCT_COLLECTION_MUST_HAVE_PRODUCTS',
};

export const groupFaults: Faults = { ...generated, ...names, ...once, ...last };
