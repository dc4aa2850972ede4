// What can be wrong on the way of every request: callers, tenants, bodies, errors, routes, lists.

import { ROUTE_NAMES } from './names.ts';

export type Faults = Record<string, string>;

// One fault for each of several names, all worded alike.
export const each = (
  names: readonly string[],
  id: (name: string) => string,
  text: (name: string) => string,
): Faults => Object.fromEntries(names.map((name) => [id(name.replaceAll('_', '-')), text(name)]));

const OPEN = each(
  ROUTE_NAMES,
  (route) => `open-${route}`,
  (route) => `the operation ${route} needs no token`,
);

const NAMED = ROUTE_NAMES.filter((route) => !route.startsWith('create-'));
const LEAKS = each(
  NAMED,
  (route) => `leak-${route}`,
  (route) => `the operation ${route} reaches what belongs to another business`,
);

const callers: Faults = {
  'auth-missing-403': 'a request without a token answers 403 instead of 401',
  'auth-missing-404': 'a request without a token answers 404',
  'auth-missing-500': 'a request without a token answers 500',
  'auth-missing-200': 'a request without a token answers 200 with the error body',
  'auth-missing-but-done': 'a request without a token answers 401 and is done',
  'auth-code-wrong': 'the code of a 401 is not UNAUTHORIZED',
  'auth-empty-bearer-accepted': 'a Bearer header without a token is accepted',
  'auth-other-schemes-accepted': 'a header with another scheme than Bearer is accepted',
  'auth-unknown-keys-accepted': 'a key that is not known is accepted',
  'keys-ignore-case': 'two keys that differ only in case share one business',
  'keys-cut': 'two keys with the same first eight characters share one business',
  'tenants-shared': 'all keys share one business',
  'leak-reference-product-on-create': 'a new collection may take a product of another business',
  'leak-reference-product-on-group': 'a new group may take a product of another business',
  'leak-reference-product-on-items': 'a group may be given a product of another business',
  'leak-reference-meter': 'a price may name a meter of another business',
  'leak-reference-meter-credit': 'a meter may link to a credit entitlement of another business',
  'leak-reference-addon': 'a product may name an add-on of another business',
  'leak-reference-credit': 'a product may name a credit entitlement of another business',
};

const bodies: Faults = {
  'malformed-500': 'a body that is not JSON answers 500',
  'malformed-as-empty': 'a body that is not JSON is taken as an empty object',
  'array-body-500': 'a JSON body that is not an object answers 500',
  'array-body-as-empty': 'a JSON body that is not an object is taken as an empty object',
  'charset-refused': 'a content type with a charset is refused',
  'other-types-accepted': 'a body of another content type is read as JSON',
  'bodyless-refused-without-type': 'unarchive and images need a content type',
  'bodyless-refused-without-body': 'unarchive and images need a body',
  'unknown-fields-refused': 'a field that is not known is refused',
  'boolean-text-accepted': 'a boolean may come as text',
  'integer-text-accepted': 'an integer may come as text',
  'integer-fraction-accepted': 'an integer may come with a fraction',
  'int32-overflow-accepted': 'an int32 may be larger than 2147483647',
};

const errors: Faults = {
  'invalid-400': 'a bad request object answers 400 instead of 422',
  'invalid-500': 'a bad request object answers 500',
  'invalid-200': 'a bad request object answers 200 with the error body',
  'error-without-code': 'errors have no code',
  'error-code-lower-case': 'error codes are in small letters',
  'error-code-as-number': 'the code of an error is its status as a number',
  'error-message-as-object': 'the message of an error is an object',
  'error-nested': 'errors are wrapped in a field error',
  'error-as-list': 'errors are a list of one',
  'error-as-string': 'errors are a JSON string',
  'error-as-html': 'errors are HTML pages',
  'error-empty': 'errors have no body',
  'error-typed-as-text': 'errors have the content type text/plain',
  'unknown-route-500': 'a path that is not known answers 500',
  'unknown-route-200': 'a path that is not known answers 200',
  'wrong-method-500': 'a method a path does not have answers 500',
  'wrong-method-200': 'a method a path does not have answers 200',
  'answers-typed-as-text': 'answers have the content type text/plain',
  'answers-as-list': 'every answer with a body is wrapped in a list',
  'answers-cut-off': 'the last character of every answer is missing',
  'void-typed-as-json': 'a success without a body has the content type application/json',
  'void-answers-500': 'a success without a body answers 500 and is done',
  'void-answers-404': 'a success without a body answers 404 and is done',
  'void-answers-302': 'a success without a body answers 302',
};

const lists: Faults = {
  'list-default-20': 'a list without page_size shows 20',
  'list-default-all': 'a list without page_size shows everything',
  'list-size-ignored': 'page_size is ignored',
  'list-size-unlimited': 'a page_size over 100 is obeyed',
  'list-size-at-most-50': 'a page never shows more than 50',
  'list-number-from-1': 'page_number counts from 1',
  'list-number-ignored': 'page_number is ignored',
  'list-second-page-empty': 'only the first page shows anything',
  'list-pages-overlap': 'each page starts with the last row of the page before',
  'list-pages-skip': 'between two pages one row is lost',
  'list-page-misses-last': 'each page lacks its last row',
  'list-one-too-many': 'each page has one row more than page_size',
  'list-past-end-404': 'a page past the end answers 404',
  'list-past-end-500': 'a page past the end answers 500',
  'list-past-end-first-page': 'a page past the end shows the first page',
  'list-bad-numbers-500': 'a page_size or page_number that is no number answers 500',
  'list-bad-numbers-ignored': 'a page_size or page_number that is no number is ignored',
  'list-misses-newest': 'a list lacks what was made last',
  'list-misses-oldest': 'a list lacks what was made first',
  'list-doubles': 'a list shows everything twice',
  'list-bare': 'a list is a bare array',
  'list-in-data': 'a list comes as data instead of items',
  'list-as-map': 'the items of a list are an object',
  'list-empty-null': 'the items of an empty list are null',
  'list-empty-404': 'an empty list answers 404',
  'collections-default-shows-archived': 'the default list shows archived collections',
  'collections-default-shows-only-archived': 'the default list shows only archived collections',
  'collections-archived-ignored': 'archived=true shows collections that are not archived',
  'collections-archived-shows-all': 'archived=true shows all collections',
  'collections-archived-false-shows-archived': 'archived=false shows archived collections',
  'collections-brand-ignored': 'brand_id is ignored by the list of collections',
  'collections-brand-finds-nothing': 'brand_id in the list of collections finds nothing',
  'products-default-shows-archived': 'the default list shows archived products',
  'products-default-shows-only-archived': 'the default list shows only archived products',
  'products-archived-ignored': 'archived=true shows products that are not archived',
  'products-archived-shows-all': 'archived=true shows all products',
  'products-archived-false-shows-archived': 'archived=false shows archived products',
  'products-brand-ignored': 'brand_id is ignored by the list of products',
  'products-brand-finds-nothing': 'brand_id in the list of products finds nothing',
  'recurring-true-ignored': 'recurring=true shows one-time products too',
  'recurring-false-ignored': 'recurring=false shows recurring products too',
  'recurring-inverted': 'recurring=true shows one-time products and false the others',
  'recurring-absent-means-false': 'the default list shows only one-time products',
  'recurring-leaves-out-usage': 'usage-based products are in neither of the two filtered lists',
};

export const commonFaults: Faults = {
  ...OPEN,
  ...LEAKS,
  ...callers,
  ...bodies,
  ...errors,
  ...lists,
};
