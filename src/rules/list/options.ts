import type { FromSchema } from 'json-schema-to-ts';

const operation = { type: 'string', format: 'operation' } as const;
const filter = {
  type: 'object',
  additionalProperties: false,
  minProperties: 1,
  properties: {
    equals: { type: 'string', description: 'The field that is the value.' },
    contains: { type: 'string', description: 'The field that holds the text in it.' },
    in: { type: 'string', description: 'The field that is one of the values.' },
    from: { type: 'string', description: 'The field that is this time, or later.' },
    until: { type: 'string', description: 'The field that is this time, or earlier.' },
    that: { type: 'string', format: 'cel', description: 'A condition on self and value.' },
    unless: {
      description: 'The value that switches `that` off; without the parameter it applies.',
    },
  },
} as const;
export const options = {
  type: 'object',
  additionalProperties: false,
  required: ['at'],
  minProperties: 2,
  properties: {
    at: { anyOf: [operation, { type: 'array', items: operation }] },
    filter: { type: 'object', additionalProperties: filter },
    sort: {
      type: 'object',
      additionalProperties: false,
      required: ['else'],
      properties: {
        param: { type: 'string' },
        direction: {
          type: 'string',
          description: 'The parameter that turns the order round where it says `desc`.',
        },
        else: {
          type: 'array',
          items: { type: 'string' },
          description: 'Fields; `-` is descending.',
        },
      },
    },
    page: {
      type: 'object',
      additionalProperties: false,
      required: ['size', 'answer'],
      properties: {
        size: {
          type: 'object',
          additionalProperties: false,
          required: ['default'],
          description: 'How long a page is; without `param` nobody can say.',
          properties: {
            param: { type: 'string' },
            default: { type: 'integer', minimum: 1 },
            max: { type: 'integer', minimum: 1 },
          },
        },
        skip: {
          type: 'object',
          additionalProperties: false,
          required: ['param'],
          properties: { param: { type: 'string' } },
        },
        page: {
          type: 'object',
          additionalProperties: false,
          required: ['param', 'first'],
          properties: { param: { type: 'string' }, first: { type: 'integer' } },
          description: 'Pages by their number, in place of entries to skip.',
        },
        after: {
          type: 'object',
          additionalProperties: false,
          required: ['param'],
          properties: { param: { type: 'string' } },
          description: 'Pages by the id of the last entry that was seen.',
        },
        before: {
          type: 'object',
          additionalProperties: false,
          required: ['param'],
          properties: { param: { type: 'string' } },
          description: 'The same backwards: the page ends before the entry of this id.',
        },
        answer: {
          description:
            'The envelope: a template over items, total, size, skip, page, pages, more, last.',
        },
      },
    },
  },
} as const;
export type Options = FromSchema<typeof options>;
export type Filter = FromSchema<typeof filter>;
