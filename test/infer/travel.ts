// A train travel API in the style of OpenAPI 3.1: bodies of several types, enveloped lists with links, UUIDs,
// problem+json, a payment below a booking, nothing that updates.

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: object, more: object = {}) => ({
  content: { 'application/json': { schema, ...more } },
});
const listOf = (name: string) => ({
  allOf: [
    ref('Page'),
    {
      type: 'object',
      required: ['data'],
      properties: { data: { type: 'array', items: ref(name) } },
    },
  ],
});
const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: ref('Problem') } },
});
const bookingId = {
  name: 'bookingId',
  in: 'path',
  required: true,
  schema: { type: 'string', format: 'uuid' },
};

export const travel = {
  openapi: '3.1.0',
  info: { title: 'Rails and Roads API', version: '1.2.0' },
  servers: [
    {
      url: 'https://{region}.rails.example.test/{base}',
      variables: { region: { default: 'eu' }, base: { default: 'v1' } },
    },
  ],
  security: [{ token: [] }],
  paths: {
    '/stations': {
      get: {
        operationId: 'get-stations',
        parameters: [
          { name: 'page', in: 'query', schema: { type: 'integer', minimum: 1, default: 1 } },
          { name: 'limit', in: 'query', schema: { type: 'integer', maximum: 100, default: 10 } },
          { name: 'country', in: 'query', schema: { type: 'string' } },
          { name: 'near', in: 'query', schema: { type: 'string' } },
        ],
        responses: {
          '200': {
            description: 'Stations',
            ...json(listOf('Station'), {
              example: {
                data: [
                  { id: 'efdbb9d1-02c2-4bc3-afb7-6788d8782b1e', name: 'North', country: 'DE' },
                  { id: 'b2e783e1-c824-4d63-b37a-d8d698862f1d', name: 'South', country: 'FR' },
                ],
              },
            }),
          },
          '401': problem('Who?'),
        },
      },
    },
    '/bookings': {
      get: {
        operationId: 'get-bookings',
        parameters: [{ $ref: '#/components/parameters/cursor' }],
        responses: { '200': { description: 'Bookings', ...json(listOf('Booking')) } },
      },
      post: {
        operationId: 'create-booking',
        requestBody: {
          required: true,
          content: {
            'application/json': { schema: ref('Booking') },
            'application/xml': { schema: ref('Booking') },
          },
        },
        responses: {
          '201': { description: 'Booked', ...json(ref('Booking')) },
          '400': problem('Wrong'),
          '409': problem('Taken'),
        },
      },
    },
    '/bookings/{bookingId}': {
      parameters: [bookingId],
      get: {
        operationId: 'get-booking',
        responses: {
          '200': { description: 'It', ...json(ref('Booking')) },
          '404': problem('None'),
        },
      },
      delete: {
        operationId: 'delete-booking',
        responses: { '204': { description: 'Gone' }, '404': problem('None') },
      },
    },
    '/bookings/{bookingId}/payments': {
      parameters: [bookingId],
      post: {
        operationId: 'create-booking-payment',
        requestBody: { required: true, ...json(ref('Payment')) },
        responses: { '200': { description: 'Paid', ...json(ref('Payment')) } },
      },
      get: {
        operationId: 'get-booking-payments',
        responses: {
          '200': {
            description: 'Payments',
            ...json({
              type: 'object',
              required: ['payments', 'meta'],
              properties: {
                payments: { type: 'array', items: ref('Payment') },
                meta: {
                  type: 'object',
                  required: ['total_count'],
                  properties: { total_count: { type: 'integer' } },
                },
              },
            }),
          },
        },
      },
    },
  },
  webhooks: { booked: { post: { responses: { '200': { description: 'Heard' } } } } },
  components: {
    securitySchemes: { token: { type: 'oauth2', flows: {} } },
    parameters: {
      cursor: { name: 'cursor', in: 'query', schema: { type: ['string', 'null'] } },
    },
    schemas: {
      Page: {
        type: 'object',
        properties: {
          next_cursor: { type: ['string', 'null'] },
          links: { type: 'object', properties: { self: { type: 'string', format: 'uri' } } },
        },
      },
      Station: {
        type: 'object',
        required: ['id', 'name', 'country'],
        properties: {
          id: { type: 'string', format: 'uuid' },
          name: { type: 'string' },
          country: { type: 'string', minLength: 2, maxLength: 2 },
        },
      },
      Booking: {
        type: 'object',
        required: ['id', 'trip', 'passenger', 'seats', 'state'],
        properties: {
          id: { type: 'string', format: 'uuid', readOnly: true },
          trip: { type: 'string' },
          passenger: ref('Passenger'),
          seats: { type: 'integer', minimum: 1, default: 1 },
          state: { type: 'string', enum: ['open', 'paid', 'cancelled'], readOnly: true },
          created_at: { type: 'string', format: 'date-time', readOnly: true },
          card: { type: 'string', writeOnly: true },
          part_of: ref('Booking'),
        },
      },
      Passenger: {
        type: 'object',
        required: ['name', 'loyalty'],
        properties: {
          name: { type: 'string', minLength: 1 },
          loyalty: { type: 'string', readOnly: true, pattern: '^L-\\d{3}$' },
        },
      },
      Payment: {
        type: 'object',
        required: ['id', 'amount', 'source', 'status'],
        properties: {
          id: { type: 'string', format: 'uuid', readOnly: true },
          booking_id: { type: 'string', format: 'uuid', readOnly: true },
          amount: { type: 'number', exclusiveMinimum: 0 },
          status: { enum: ['pending', 'succeeded'], readOnly: true },
          source: {
            oneOf: [
              {
                type: 'object',
                required: ['object', 'number'],
                properties: { object: { const: 'card' }, number: { type: 'string' } },
              },
              {
                type: 'object',
                required: ['object', 'iban'],
                properties: { object: { const: 'account' }, iban: { type: 'string' } },
              },
            ],
          },
        },
      },
      Problem: {
        type: 'object',
        properties: {
          type: { type: 'string' },
          title: { type: 'string' },
          detail: { type: 'string' },
          status: { type: 'integer' },
        },
      },
    },
  },
};
