// For each kind of change of documents, two documents between which it is the only one.

import type { Json } from '../../src/model/json.ts';
import { answers, asks, operationWith, sends } from './document.ts';

type Pair = readonly [old: Json, now: Json];

/** What a schema becomes, by the word that the ids of parameters, requests and answers end in. */
const VALUES: Readonly<Record<string, Pair>> = {
  'type-changed': [{ type: 'string' }, { type: 'object' }],
  'type-narrowed': [{ type: 'number' }, { type: 'integer' }],
  'type-widened': [{ type: 'string' }, { type: ['string', 'boolean'] }],
  'became-nullable': [{ type: 'string' }, { type: ['string', 'null'] }],
  'became-not-nullable': [{ anyOf: [{ type: 'string' }, { type: 'null' }] }, { type: 'string' }],
  'enum-added': [{ type: 'string' }, { type: 'string', enum: ['a'] }],
  'enum-removed': [{ type: 'string', enum: ['a'] }, { type: 'string' }],
  'enum-value-added': [{ enum: ['a'] }, { enum: ['a', 'b'] }],
  'enum-value-removed': [{ enum: ['a', 'b'] }, { const: 'a' }],
  'limit-tightened': [
    { type: 'string', maxLength: 9 },
    { type: 'string', maxLength: 8 },
  ],
  'limit-loosened': [{ type: 'array', uniqueItems: true }, { type: 'array' }],
  'pattern-added': [{ type: 'string' }, { type: 'string', pattern: '^a' }],
  'pattern-removed': [{ type: 'string', pattern: '^a' }, { type: 'string' }],
  'pattern-changed': [
    { type: 'string', pattern: '^a' },
    { type: 'string', pattern: '^b' },
  ],
  'format-added': [{ type: 'string' }, { type: 'string', format: 'date' }],
  'format-removed': [{ type: 'string', format: 'date' }, { type: 'string' }],
  'format-changed': [
    { type: 'string', format: 'date' },
    { type: 'string', format: 'uuid' },
  ],
  'additional-properties-refused': [
    { type: 'object' },
    { type: 'object', additionalProperties: false },
  ],
  'additional-properties-allowed': [
    { type: 'object', additionalProperties: false },
    { type: 'object' },
  ],
  'union-member-added': [
    { oneOf: [{ type: 'string' }, { type: 'boolean' }] },
    { oneOf: [{ type: 'string' }, { type: 'boolean' }, { type: 'array' }] },
  ],
  'union-member-removed': [
    { anyOf: [{ type: 'string' }, { type: 'boolean' }, { type: 'array' }] },
    { anyOf: [{ type: 'string' }, { type: 'array' }] },
  ],
  'schema-changed': [{ not: { const: 1 } }, { not: { const: 2 } }],
};

function valuePairs(prefix: string, around: (schema: Json) => Json): Record<string, Pair> {
  return Object.fromEntries(
    Object.entries(VALUES).map(([word, [old, now]]) => [
      `${prefix}-${word}`,
      [around(old), around(now)],
    ]),
  );
}

const other = { '/more': { get: { operationId: 'more', responses: {} } } };
const deprecated = { '/more': { get: { operationId: 'more', deprecated: true, responses: {} } } };
const keyed = (security: Json): Json => ({
  components: {
    securitySchemes: {
      key: { type: 'apiKey', in: 'header', name: 'x-key' },
      sso: { type: 'oauth2', flows: {} },
    },
  },
  security,
});
const object = (properties: Json, more: Record<string, Json> = {}): Json => ({
  type: 'object',
  properties,
  ...more,
});
const text = { type: 'string' };
const header = (...names: string[]): Json =>
  operationWith({
    responses: {
      '200': { headers: Object.fromEntries(names.map((name) => [name, { schema: text }])) },
    },
  });
const twoTypes = { 'application/json': { schema: text }, 'text/plain': { schema: text } };
const oneType = { 'application/json': { schema: text } };
const list = { type: 'array', items: text };

export const pairs: Readonly<Record<string, Pair>> = {
  'operation-added': [{}, { paths: other }],
  'operation-removed': [{ paths: other }, {}],
  'deprecated-operation-removed': [{ paths: deprecated }, {}],
  'operation-moved': [
    { paths: other },
    { paths: { '/else': { get: { operationId: 'more', responses: {} } } } },
  ],
  'operation-deprecated': [{ paths: other }, { paths: deprecated }],
  'operation-id-changed': [{}, operationWith({ operationId: 'replaceItem' })],
  'path-parameter-renamed': [
    {},
    {
      paths: {
        '/items/{id}': null,
        '/items/{item}': {
          put: {
            operationId: 'putItem',
            parameters: [{ name: 'item', in: 'path', required: true, schema: text }],
            responses: { '200': { description: 'done' } },
          },
        },
      },
    },
  ],
  'server-added': [
    {},
    { servers: [{ url: 'https://shop.example.test' }, { url: 'https://new.example.test' }] },
  ],
  'server-removed': [{}, { servers: null }],
  'security-added': [keyed([]), keyed([{ key: [] }])],
  'security-removed': [keyed([{ key: [] }]), keyed([{ key: [] }, {}])],
  'security-alternative-added': [keyed([{ key: [] }]), keyed([{ key: [] }, { sso: ['read'] }])],
  'security-alternative-removed': [keyed([{ key: [] }, { sso: [] }]), keyed([{ key: [] }])],
  'security-scope-added': [keyed([{ sso: [] }]), keyed([{ sso: ['read'] }])],
  'security-scope-removed': [keyed([{ sso: ['read', 'write'] }]), keyed([{ sso: ['read'] }])],
  'parameter-added': [{}, asks(text)],
  'required-parameter-added': [{}, asks(text, { required: true })],
  'parameter-removed': [asks(text), {}],
  'parameter-became-required': [asks(text), asks(text, { required: true })],
  'parameter-became-optional': [asks(text, { required: true }), asks(text)],
  'parameter-style-changed': [asks(list), asks(list, { explode: false })],
  'parameter-default-changed': [
    asks({ type: 'integer', default: 10 }),
    asks({ type: 'integer', default: 20 }),
  ],
  ...valuePairs('parameter', (schema) => asks(schema)),
  'request-body-added': [{}, sends(text)],
  'required-request-body-added': [{}, sends(text, { required: true })],
  'request-body-removed': [sends(text), {}],
  'request-body-became-required': [sends(text), sends(text, { required: true })],
  'request-body-became-optional': [sends(text, { required: true }), sends(text)],
  'request-media-type-added': [
    operationWith({ requestBody: { content: oneType } }),
    operationWith({ requestBody: { content: twoTypes } }),
  ],
  'request-media-type-removed': [
    operationWith({ requestBody: { content: twoTypes } }),
    operationWith({ requestBody: { content: oneType } }),
  ],
  'request-property-added': [sends(object({})), sends(object({ a: text }))],
  'request-required-property-added': [
    sends(object({})),
    sends(object({ a: text }, { required: ['a'] })),
  ],
  'request-property-removed': [sends(object({ a: text })), sends(object({}))],
  'request-property-refused': [
    sends(object({ a: text }, { additionalProperties: false })),
    sends(object({}, { additionalProperties: false })),
  ],
  'request-property-became-required': [
    sends(object({ a: text })),
    sends(object({ a: text }, { required: ['a'] })),
  ],
  'request-property-became-optional': [
    sends({ allOf: [object({ a: text }), { required: ['a'] }] }),
    sends(object({ a: text })),
  ],
  'request-default-changed': [
    sends(object({ a: { type: 'string', default: 'x' } })),
    sends(object({ a: text })),
  ],
  ...valuePairs('request', (schema) => sends(object({ a: schema }))),
  'success-status-added': [{}, operationWith({ responses: { '201': { description: 'made' } } })],
  'success-status-removed': [operationWith({ responses: { '201': { description: 'made' } } }), {}],
  'error-status-added': [{}, operationWith({ responses: { '409': { description: 'no' } } })],
  'error-status-removed': [operationWith({ responses: { default: { description: 'no' } } }), {}],
  'response-media-type-added': [
    operationWith({ responses: { '200': { content: oneType } } }),
    operationWith({ responses: { '200': { content: twoTypes } } }),
  ],
  'response-media-type-removed': [
    operationWith({ responses: { '200': { content: twoTypes } } }),
    operationWith({ responses: { '200': { content: oneType } } }),
  ],
  'response-header-added': [{}, header('x-next')],
  'response-header-removed': [header('x-next', 'x-all'), header('X-Next')],
  'response-property-added': [answers(object({})), answers(object({ a: text }))],
  'response-property-removed': [answers(object({ a: text })), answers(object({}))],
  'response-required-property-removed': [
    answers(object({ a: text }, { required: ['a'] })),
    answers(object({})),
  ],
  'response-property-became-required': [
    answers(object({ a: text })),
    answers(object({ a: text }, { required: ['a'] })),
  ],
  'response-property-became-optional': [
    answers(object({ a: text }, { required: ['a'] })),
    answers(object({ a: text })),
  ],
  ...valuePairs('response', (schema) => answers({ type: 'array', items: object({ a: schema }) })),
};
