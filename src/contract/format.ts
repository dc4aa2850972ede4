// The shape of a contract file, as a JSON Schema from which the type is inferred. What a rule's kind
// adds (its options) is not said here: each kind brings its own schema, and `contractSchema` joins them.
//
// A `format` names what a string stands for, so that it can be checked against the spec:
// resource, operation, schema, field (of the resource in `of`, or of the enclosing resource),
// path (`price.group_id`), place (`createGroup.name`, `group.name`, `createGroup`, `group`), cel.

import type { FromSchema } from 'json-schema-to-ts';

export const BASES = ['documented', 'observed', 'assumed', 'protocol'] as const;

const errorSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['status', 'basis'],
  properties: {
    status: { type: 'integer', minimum: 400, maximum: 599 },
    basis: { enum: BASES },
    code: { type: 'string' },
    body: { description: 'A template; else errors.body.' },
    type: { type: 'string' },
    observed: {
      type: 'object',
      additionalProperties: false,
      properties: { status: { type: 'integer' }, code: { type: 'string' }, body: {} },
    },
  },
} as const;

const resourceSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['schema', 'id'],
  properties: {
    schema: { type: 'string', format: 'schema' },
    key: { type: 'string', description: 'The field that holds the id; `id` unless given.' },
    id: { type: 'string', description: 'A template that makes a new id.' },
    start: { type: 'object', description: 'What the server itself sets on create.' },
    touch: { type: 'object', description: 'What the server sets on every change.' },
    live: { type: 'string', format: 'cel', description: 'When a record counts as present.' },
    in: {
      type: 'string',
      format: 'resource',
      description: 'The resource that it is a part of: paths and bodies name that one first.',
    },
    parts: {
      type: 'object',
      additionalProperties: { type: 'string', format: 'resource' },
      description: 'Field -> the resource of the records made with it, shown in it, gone with it.',
    },
    sample: { type: 'object', description: 'The smallest valid body of a create.' },
    single: {
      type: 'boolean',
      description:
        'Whether there is one for each caller, or in each record that it is in, without an id in its path.',
    },
    complete: {
      type: 'boolean',
      description: 'Whether answers get what their schema requires and the record lacks.',
    },
  },
} as const;

const operationSchema = {
  type: 'object',
  additionalProperties: false,
  minProperties: 1,
  properties: {
    create: { type: 'string', format: 'resource' },
    read: { type: 'string', format: 'resource' },
    list: { type: 'string', format: 'resource' },
    update: { type: 'string', format: 'resource' },
    delete: { type: 'string', format: 'resource' },
    action: { type: 'string', description: 'What it computes: a function beside the contract.' },
    of: { type: 'string', format: 'resource', description: "The resource of an action's record." },
    set: { type: 'object', description: 'What a soft delete, or an update, writes.' },
    each: { type: 'string', description: 'The field of the body that lists the records to make.' },
    within: { type: 'string', description: 'The field of the body that holds the record.' },
    by: { type: 'string', description: 'The field that the path names the record by.' },
    text: {
      type: 'string',
      description: 'The field of the record that bodies and answers of text/* are.',
    },
    show: { type: 'string', format: 'schema', description: 'The schema that its answers show.' },
    answer: { description: 'A template over self, created, input, query, caller, now.' },
  },
} as const;

const ruleHeadSchema = {
  type: 'object',
  required: ['says'],
  properties: {
    says: { type: 'string', minLength: 1 },
    documented: { type: 'string', minLength: 1 },
    observed: { type: 'string', minLength: 1 },
    assumed: { type: 'string', minLength: 1 },
    protocol: { type: 'string', minLength: 1 },
    refuse: { type: 'string', format: 'error' },
    examples: {
      type: 'object',
      additionalProperties: false,
      properties: {
        accept: { type: 'array' },
        refuse: { type: 'array' },
        beside: { type: 'object', description: 'What is sent beside a value that is taken.' },
      },
    },
    profiles: {
      type: 'object',
      additionalProperties: false,
      properties: { observed: { anyOf: [{ const: 'none' }, { type: 'object' }] } },
    },
  },
} as const;

/** What `tallystick lint` must not count, and until when; that each has a reason and a day is a finding's business. */
const lintSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['ignore'],
  properties: {
    ignore: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['rule'],
        properties: {
          rule: { type: 'string', description: 'A rule of lint: `contract/error-used`.' },
          at: {
            type: 'string',
            description:
              'A rule, resource or operation of the contract, or a JSON Pointer; else anywhere.',
          },
          reason: { type: 'string', minLength: 1 },
          until: { type: 'string', description: 'The last day that it counts: 2027-01-31.' },
        },
      },
    },
  },
} as const;

const headSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['contract', 'api', 'spec', 'callers', 'errors', 'resources', 'operations', 'rules'],
  properties: {
    contract: { const: 1 },
    api: { type: 'string', pattern: '^[a-z][a-z0-9-]*$' },
    spec: { type: 'string', description: 'The OpenAPI document, relative to this file.' },
    callers: {
      type: 'object',
      additionalProperties: false,
      required: ['tenant'],
      properties: {
        tenant: { const: 'credential' },
        environment: {
          type: 'object',
          additionalProperties: false,
          required: ['header', 'else'],
          properties: { header: { type: 'string' }, else: { type: 'string' } },
        },
      },
    },
    limits: {
      type: 'object',
      additionalProperties: false,
      minProperties: 1,
      description: 'How many requests of one caller the API takes: tests of a server go no faster.',
      properties: {
        second: { type: 'integer', minimum: 1 },
        minute: { type: 'integer', minimum: 1 },
        hour: { type: 'integer', minimum: 1 },
      },
    },
    errors: {
      type: 'object',
      required: ['invalid', 'unauthenticated', 'not-found'],
      properties: { body: {}, type: { type: 'string' } },
      additionalProperties: errorSchema,
    },
    resources: { type: 'object', additionalProperties: resourceSchema },
    operations: { type: 'object', additionalProperties: operationSchema },
    rules: { type: 'object', additionalProperties: { type: 'object' } },
    lint: lintSchema,
  },
} as const;

export type ErrorText = FromSchema<typeof errorSchema>;
export type ResourceText = FromSchema<typeof resourceSchema>;
export type OperationText = FromSchema<typeof operationSchema>;
export type RuleHead = FromSchema<typeof ruleHeadSchema>;

/** What this layer needs to know of a rule kind; the rest of a kind is `rules/`'s business. */
export interface KindShape {
  readonly name: string;
  readonly summary: string;
  /** The JSON Schema of its options. */
  readonly options: object;
}

/** The JSON Schema of a whole contract file, the options of the given kinds included. */
export function contractSchema(kinds: readonly KindShape[]): Record<string, unknown> {
  const options = Object.fromEntries(
    kinds.map((kind) => [kind.name, { description: kind.summary, ...kind.options }]),
  );
  const one = (names: readonly string[]) => ({
    oneOf: names.map((name) => ({ required: [name] })),
  });
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'tallystick contract',
    ...headSchema,
    properties: {
      ...headSchema.properties,
      rules: {
        type: 'object',
        propertyNames: { pattern: '^[a-z][a-z0-9-]*\\.[a-z][a-z0-9-]*$' },
        additionalProperties: {
          ...ruleHeadSchema,
          properties: { ...ruleHeadSchema.properties, ...options },
          additionalProperties: false,
          allOf: [one(BASES), one(kinds.map((kind) => kind.name))],
        },
      },
    },
  };
}
