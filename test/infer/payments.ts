// A payments API in the style of form bodies and `object: list` envelopes: POST to an entry updates it, ids have
// prefixes, times are seconds, pages go by the last id that was seen.

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const form = (schema: object) => ({
  requestBody: { content: { 'application/x-www-form-urlencoded': { schema } } },
});
const answer = (schema: object) => ({
  responses: {
    '200': { description: 'Done', content: { 'application/json': { schema } } },
    default: {
      description: 'Refused',
      content: { 'application/json': { schema: ref('Refusal') } },
    },
  },
});
const inPath = (name: string) => ({ name, in: 'path', required: true, schema: { type: 'string' } });
const pages = [
  { name: 'limit', in: 'query', schema: { type: 'integer' } },
  { name: 'starting_after', in: 'query', schema: { type: 'string' } },
  { name: 'ending_before', in: 'query', schema: { type: 'string' } },
];
const listOf = (name: string, url: string) => ({
  type: 'object',
  required: ['object', 'data', 'has_more', 'url'],
  properties: {
    object: { type: 'string', enum: ['list'] },
    data: { type: 'array', items: ref(name) },
    has_more: { type: 'boolean' },
    url: { type: 'string', pattern: `^${url}` },
  },
});
const metadata = { type: 'object', additionalProperties: { type: 'string' } };
const address = {
  type: 'object',
  properties: { city: { type: 'string' }, lines: { type: 'array', items: { type: 'string' } } },
};
const deleted = (name: string) => ({
  type: 'object',
  required: ['id', 'object', 'deleted'],
  properties: {
    id: { type: 'string' },
    object: { type: 'string', enum: [name] },
    deleted: { type: 'boolean', enum: [true] },
  },
});

export const payments = {
  openapi: '3.0.0',
  info: { title: 'Coin Jar', version: '2026-01-01' },
  servers: [{ url: 'https://coins.example.test' }],
  security: [{ basic: [] }, { bearer: [] }],
  paths: {
    '/v1/customers': {
      get: {
        operationId: 'listCustomers',
        parameters: [...pages, { name: 'email', in: 'query', schema: { type: 'string' } }],
        ...answer(listOf('customer', '/v1/customers')),
      },
      post: {
        operationId: 'createCustomer',
        ...form({
          type: 'object',
          properties: {
            email: { type: 'string' },
            name: { type: 'string' },
            balance: { type: 'integer' },
            vip: { type: 'boolean' },
            address,
            metadata,
          },
        }),
        ...answer(ref('customer')),
      },
    },
    '/v1/customers/{customer}': {
      parameters: [inPath('customer')],
      get: { operationId: 'getCustomer', ...answer(ref('customer')) },
      post: {
        operationId: 'updateCustomer',
        ...form({
          type: 'object',
          properties: { email: { type: 'string' }, balance: { type: 'integer' }, metadata },
        }),
        ...answer(ref('customer')),
      },
      delete: { operationId: 'deleteCustomer', ...answer(ref('deleted_customer')) },
    },
    '/v1/charges': {
      get: {
        operationId: 'listCharges',
        parameters: pages,
        ...answer(listOf('charge', '/v1/charges')),
      },
      post: {
        operationId: 'createCharge',
        ...form({
          type: 'object',
          required: ['amount', 'currency'],
          properties: {
            amount: { type: 'integer' },
            currency: { type: 'string' },
            customer: { type: 'string' },
            expand: { type: 'array', items: { type: 'string' } },
          },
        }),
        ...answer(ref('charge')),
      },
    },
    '/v1/charges/{charge}': {
      parameters: [inPath('charge')],
      get: { operationId: 'getCharge', ...answer(ref('charge')) },
    },
    '/v1/charges/{charge}/capture': {
      parameters: [inPath('charge')],
      post: { operationId: 'captureCharge', ...answer(ref('charge')) },
    },
  },
  components: {
    securitySchemes: {
      basic: { type: 'http', scheme: 'basic' },
      bearer: { type: 'http', scheme: 'bearer' },
    },
    schemas: {
      customer: {
        type: 'object',
        required: ['id', 'object', 'created', 'livemode', 'balance'],
        properties: {
          id: { type: 'string', example: 'cus_Nw4x' },
          object: { type: 'string', enum: ['customer'] },
          created: { type: 'integer' },
          livemode: { type: 'boolean' },
          balance: { type: 'integer' },
          vip: { type: 'boolean' },
          email: { type: 'string', nullable: true },
          name: { type: 'string', nullable: true },
          address: { ...address, nullable: true },
          metadata,
          latest_charge: {
            nullable: true,
            anyOf: [{ type: 'string' }, ref('charge')],
          },
        },
      },
      charge: {
        type: 'object',
        required: ['id', 'object', 'amount', 'currency', 'captured', 'created', 'status'],
        properties: {
          id: { type: 'string', example: 'ch_8dk2' },
          object: { type: 'string', enum: ['charge'] },
          amount: { type: 'integer' },
          currency: { type: 'string' },
          captured: { type: 'boolean' },
          created: { type: 'integer' },
          status: { type: 'string', enum: ['pending', 'succeeded', 'failed'] },
          customer: { nullable: true, anyOf: [{ type: 'string' }, ref('customer')] },
        },
      },
      deleted_customer: deleted('customer'),
      Refusal: {
        type: 'object',
        required: ['error'],
        properties: {
          error: {
            type: 'object',
            required: ['type', 'message'],
            properties: {
              type: { type: 'string', enum: ['invalid_request', 'api_error'] },
              message: { type: 'string' },
              param: { type: 'string' },
            },
          },
        },
      },
    },
  },
};
