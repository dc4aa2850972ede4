// Where the guessed mock and Prism do not agree on whether a request is valid: each class of such requests, and who
// is right by the standards.

import { isObject, type Json } from '../../src/model/json.ts';
import { typesOf } from '../../src/spec/styles.ts';
import type { Sent } from './requests.ts';

export interface Disagreement {
  readonly name: string;
  /** `open` where no standard says. */
  readonly right: 'ours' | 'prism' | 'open';
  readonly why: string;
  /** Whether we are the ones that take the request, and Prism refuses it. */
  readonly weTake: boolean;
  is(sent: Sent): boolean;
}

const NO_NUMBERS: readonly Json[] = ['', '+1', '0x10', ' 1', '1 ', 'Infinity'];
const READ_AS_JSON: readonly (Json | undefined)[] = [
  ...['text/plain', 'text/html', 'application/x-www-form-urlencoded'],
];
const UNCHECKED = ['addPet', 'replacePet'];

export const DISAGREEMENTS: readonly Disagreement[] = [
  {
    name: 'JSON under a type that clients send when nobody told them one',
    right: 'prism',
    why: 'OpenAPI 3.1, 4.8.13: the content of a request body lists its media types. We are lenient: curl and fetch send these for JSON.',
    weTake: true,
    is: ({ asked: { where, field, value } }) =>
      where === 'type' && field === 'json' && READ_AS_JSON.includes(value ?? null),
  },
  {
    name: 'JSON without a type',
    right: 'ours',
    why: 'RFC 9110, 8.3: without a Content-Type the recipient may look at the data. Prism takes it for a text.',
    weTake: true,
    is: ({ asked: { where, field, value } }) =>
      where === 'type' && field === 'json' && value === undefined,
  },
  {
    name: 'JSON with a charset that is not UTF-8',
    right: 'prism',
    why: 'RFC 8259, 11: the media type has no charset, and one that is stated has no effect. We say that we do not read it.',
    weTake: false,
    is: ({ asked: { where, value } }) =>
      where === 'type' && value === 'application/json;charset=latin1',
  },
  {
    name: 'a text that is no number of JSON, for a number',
    right: 'ours',
    why: 'JSON Schema, 6.1.1 and RFC 8259, 6: these are texts. Prism has JavaScript turn them into numbers, the empty one into 0.',
    weTake: false,
    is: ({ asked: { where, schema, value } }) =>
      (where === 'query' || where === 'form') &&
      typesOf(schema).some((type) => type === 'integer' || type === 'number') &&
      NO_NUMBERS.includes(value ?? null),
  },
  {
    name: 'an empty text for a list of an enum',
    right: 'ours',
    why: 'RFC 6570, 3.2.1: a list without entries is left out; `status=` is a list of one empty text, which is not in the enum.',
    weTake: false,
    is: ({ asked: { where, schema, value } }) =>
      where === 'query' && typesOf(schema).includes('array') && value === '',
  },
  {
    name: 'a parameter twice that is no list',
    right: 'open',
    why: 'OpenAPI does not say what a repeated name is of a parameter that is no list. We take the last, as many servers do.',
    weTake: true,
    is: ({ asked: { where, schema, value } }) =>
      where === 'query' && !typesOf(schema).includes('array') && Array.isArray(value),
  },
  {
    name: 'an id in the path that no record can have',
    right: 'open',
    why: 'Both refuse: we with 404, since no such record is there, as servers do; Prism with 422. OpenAPI does not say which.',
    weTake: true,
    is: ({ asked: { where, schema } }) =>
      where === 'path' &&
      (typesOf(schema).includes('integer') || (isObject(schema) && schema['format'] === 'uuid')),
  },
  {
    name: 'a list of one entry in a form',
    right: 'ours',
    why: 'OpenAPI 3.0, Encoding Object: a form is written in the style `form`, exploded, where `expand=x` is a list of one. Prism wants that stated.',
    weTake: true,
    is: ({ asked: { where, schema } }) => where === 'form' && typesOf(schema).includes('array'),
  },
  {
    name: 'null as the body, where a body may be left out',
    right: 'ours',
    why: 'RFC 8259, 3: null is a value, and no object. Prism takes it for no body.',
    weTake: false,
    is: ({ operation, asked: { where, value } }) =>
      where === 'whole' && value === null && operation.body?.required === false,
  },
  {
    name: 'a value in a field that is read-only which does not fit the field',
    right: 'ours',
    why: 'OpenAPI 3.0, Schema Object: readOnly takes a field from what is required, and no keyword from its schema. Prism drops the schema.',
    weTake: false,
    is: ({ asked: { where, schema } }) =>
      where === 'body' && isObject(schema) && schema['readOnly'] === true,
  },
  {
    name: 'any body, where the schema says nullable without a type',
    right: 'ours',
    why: 'OpenAPI 3.0.3, Schema Object: nullable has an effect only beside a type; the rest of the schema holds. Prism can not compile it, and checks nothing.',
    weTake: false,
    is: ({ operation, asked: { where } }) =>
      UNCHECKED.includes(operation.id) && (where === 'body' || where === 'whole'),
  },
];
