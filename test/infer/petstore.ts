// A pet shop in the style that many documents have: OpenAPI 3.0, one schema for request and answer, ids that count up.

const id = {
  name: 'petId',
  in: 'path',
  required: true,
  schema: { type: 'integer', format: 'int64' },
};
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: object) => ({ content: { 'application/json': { schema } } });
const answers = (schema: object) => ({ '200': { description: 'Done', ...json(schema) } });
const missing = { '404': { description: 'None', ...json(ref('Problem')) } };

export const petstore = {
  openapi: '3.0.3',
  info: { title: 'Corner Pet Shop API', version: '1.0.0' },
  servers: [{ url: 'https://pets.example.test/api/v2' }],
  paths: {
    '/pets': {
      get: {
        operationId: 'listPets',
        parameters: [
          { name: 'limit', in: 'query', schema: { type: 'integer', maximum: 100, default: 10 } },
          { name: 'offset', in: 'query', schema: { type: 'integer' } },
          { name: 'status', in: 'query', schema: { type: 'string' } },
          { name: 'fuzzy', in: 'query', schema: { type: 'string' } },
        ],
        responses: answers({ type: 'array', items: ref('Pet') }),
      },
      post: {
        operationId: 'addPet',
        requestBody: { required: true, ...json(ref('Pet')) },
        responses: { '201': { description: 'Made', ...json(ref('Pet')) } },
      },
      put: {
        operationId: 'replacePet',
        requestBody: { required: true, ...json(ref('Pet')) },
        responses: { ...answers(ref('Pet')), ...missing },
      },
    },
    '/pets/findByStatus': {
      get: {
        operationId: 'findPetsByStatus',
        parameters: [
          {
            name: 'status',
            in: 'query',
            explode: false,
            schema: { type: 'array', items: { type: 'string', enum: ['available', 'sold'] } },
          },
        ],
        responses: answers({ type: 'array', items: ref('Pet') }),
      },
    },
    '/pets/{petId}': {
      parameters: [id],
      get: { operationId: 'getPet', responses: { ...answers(ref('Pet')), ...missing } },
      patch: {
        operationId: 'changePet',
        requestBody: json({
          type: 'object',
          properties: { name: { type: 'string' }, status: { type: 'string' } },
        }),
        responses: { ...answers(ref('Pet')), ...missing },
      },
      delete: {
        operationId: 'deletePet',
        responses: { '204': { description: 'Gone' }, ...missing },
      },
    },
    '/pets/{petId}/sell': {
      parameters: [id],
      post: { operationId: 'sellPet', responses: answers(ref('Pet')) },
    },
    '/inventory': {
      get: {
        operationId: 'getInventory',
        responses: answers({ type: 'object', additionalProperties: { type: 'integer' } }),
      },
    },
  },
  components: {
    schemas: {
      Pet: {
        type: 'object',
        required: ['id', 'name', 'registered', 'tags', 'passport'],
        properties: {
          id: { type: 'integer', format: 'int64', readOnly: true },
          name: { type: 'string', example: 'Rex' },
          status: { type: 'string', enum: ['available', 'sold'], default: 'available' },
          nickname: { type: 'string', nullable: true },
          registered: { type: 'string', format: 'date-time', readOnly: true },
          tags: { type: 'array', items: { type: 'string' } },
          weight: { type: 'number', minimum: 0, exclusiveMinimum: true },
          passport: { type: 'string', pattern: '^[A-Z]{2}-\\d{4}$', readOnly: true },
          mother: { nullable: true, allOf: [ref('Pet')] },
        },
      },
      Problem: {
        type: 'object',
        required: ['code', 'message'],
        properties: { code: { type: 'integer' }, message: { type: 'string' } },
      },
    },
  },
};
