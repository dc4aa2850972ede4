// The short name of an API, which is a part of its URLs.

import { expect, test } from 'vitest';
import { apiName } from '../../src/infer/names.ts';

test.each([
  ['GitHub v3 REST API', 'github'],
  ['Swagger Petstore - OpenAPI 3.0', 'petstore'],
  ['Corner Pet Shop API', 'corner-pet-shop'],
  ['2Checkout', 'checkout'],
  ['REST API v2', 'api'],
  ['../../etc', 'etc'],
  ['', 'api'],
])('%s: %s', (title, name) => {
  expect(apiName(title)).toBe(name);
});
