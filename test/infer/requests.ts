// Requests of every kind for the operations of a document, the same ones each time: valid ones, and those that have
// one thing about them that may be wrong.

import { isObject, type Json, type JsonObject } from '../../src/model/json.ts';
import { completed } from '../../src/schema/complete.ts';
import { variations } from '../../src/schema/generate.ts';
import type { Schema } from '../../src/schema/validate.ts';
import { bodyKind, recordContent } from '../../src/spec/contents.ts';
import type { Operation, Parameter, Spec } from '../../src/spec/spec.ts';
import { typesOf } from '../../src/spec/styles.ts';

/** A request as it goes over the wire, and what of it is in question. */
export interface Sent {
  readonly operation: Operation;
  readonly path: string;
  /** Without `?`. */
  readonly query: string;
  readonly type?: string;
  readonly text?: string;
  readonly asked: Asked;
}

export interface Asked {
  readonly where: 'nothing' | 'path' | 'query' | 'body' | 'form' | 'type' | 'whole';
  /** A parameter's name, or the dotted path of a field; '' for the whole. */
  readonly field: string;
  /** The schema at the field; true where the document says nothing of it. */
  readonly schema: Schema;
  /** Undefined: left out. A text for parameters. */
  readonly value: Json | undefined;
}

const VALUES: readonly Json[] = [
  null,
  true,
  0,
  1,
  -1,
  0.5,
  '',
  'x',
  '1',
  'null',
  'L-123',
  'open',
  'card',
  '2026-01-15',
  '2026-01-15T10:00:00Z',
  '2026-13-45T10:00:00Z',
  '3f2b8a10-5c1d-4e7a-9b0e-2a6c4d8e1f35',
  'é😀',
  [],
  ['x'],
  [1],
  {},
  { x: 1 },
  { object: 'card', number: '4242' },
  { object: 'account', number: '4242' },
  { name: 'x' },
];

const TEXTS: readonly string[] = [
  ...['0', '1', '-1', '1.5', '1e2', '100', '50', '+1', '0x10', ' 1', '1 '],
  ...['99999999999999999999', 'Infinity'],
  ...['x', 'true', 'null', 'available', 'sold', 'available,sold'],
  ...['a,b', 'é', '3f2b8a10-5c1d-4e7a-9b0e-2a6c4d8e1f35', '{}', '[1]'],
];

const IDS: readonly string[] = ['0', '1', '-1', '1.5', '1e2', '01', 'x', 'é', 'a,b', '{}', '[1]'];

/** All requests for the operations that are asked. */
export function requestsFor(spec: Spec, isAsked: (operation: Operation) => boolean): Sent[] {
  return spec.operations.filter(isAsked).flatMap((operation) => {
    const valid = new Valid(spec, operation);
    return [valid.sent(NOTHING), ...paths(valid), ...queries(valid), ...bodies(valid)];
  });
}

const NOTHING: Asked = { where: 'nothing', field: '', schema: true, value: undefined };

type Changes = Partial<Pick<Sent, 'path' | 'query'>> & { readonly body?: Json | undefined };

/** A valid request for an operation, of which each other one is a change. */
class Valid {
  readonly spec: Spec;
  readonly operation: Operation;
  readonly schema: Schema | undefined;
  readonly kind: 'json' | 'form' | undefined;
  readonly minimal: Json;

  constructor(spec: Spec, operation: Operation) {
    this.spec = spec;
    this.operation = operation;
    this.schema = recordContent(operation.body?.contents);
    const [kind] = [...(operation.body?.contents.keys() ?? [])].map(bodyKind);
    this.kind = kind === 'form' ? 'form' : this.schema === undefined ? undefined : 'json';
    this.minimal = this.schema === undefined ? {} : completed(spec.schemas, this.schema, {});
  }

  get parameters(): readonly Parameter[] {
    return this.operation.parameters;
  }

  /** The request with the changes. */
  sent(asked: Asked, changes: Changes = {}): Sent {
    const { path = this.path({}), query = this.query() } = changes;
    const body = 'body' in changes ? changes.body : this.minimal;
    const { operation, kind } = this;
    const base = { operation, path, query, asked };
    if (kind === undefined || body === undefined) return base;
    if (kind === 'json') return { ...base, type: 'application/json', text: JSON.stringify(body) };
    const type = 'application/x-www-form-urlencoded';
    return { ...base, type, text: formText(body as JsonObject) };
  }

  path(given: Readonly<Record<string, string>>): string {
    const schemas = new Map(this.parameters.map(({ name, schema }) => [name, schema]));
    return this.operation.path.replace(/\{([^}]+)\}/g, (_, name: string) =>
      encodeURIComponent(given[name] ?? usual(schemas.get(name) ?? true)),
    );
  }

  query(): string {
    const required = this.parameters.filter((one) => one.required && one.in === 'query');
    return required.map(({ name, schema }) => `${name}=${usual(schema)}`).join('&');
  }
}

function usual(schema: Schema): string {
  if (!typesOf(schema).includes('string')) return '1';
  return isObject(schema) && schema['format'] === 'uuid'
    ? '3f2b8a10-5c1d-4e7a-9b0e-2a6c4d8e1f35'
    : 'x';
}

function paths(valid: Valid): Sent[] {
  return valid.parameters
    .filter((parameter) => parameter.in === 'path')
    .flatMap(({ name, schema }) =>
      IDS.map((value) =>
        valid.sent(
          { where: 'path', field: name, schema, value },
          { path: valid.path({ [name]: value }) },
        ),
      ),
    );
}

function queries(valid: Valid): Sent[] {
  const own = valid.parameters.filter((parameter) => parameter.in === 'query');
  const strange = valid.sent(
    { where: 'query', field: 'no_such_parameter', schema: true, value: 'x' },
    { query: `${valid.query()}&no_such_parameter=x` },
  );
  return [
    strange,
    ...own.flatMap(({ name, schema }) => {
      const asked = (value: Json | undefined): Asked => ({
        where: 'query',
        field: name,
        schema,
        value,
      });
      return [
        valid.sent(asked(undefined), { query: '' }),
        ...['', ...TEXTS].map((value) =>
          valid.sent(asked(value), { query: `${name}=${encodeURIComponent(value)}` }),
        ),
        ...[
          ['1', '2'],
          ['available', 'sold'],
          ['available', 'x'],
        ].map((values) =>
          valid.sent(asked(values), { query: values.map((value) => `${name}=${value}`).join('&') }),
        ),
      ];
    }),
  ];
}

function bodies(valid: Valid): Sent[] {
  const { schema, kind, minimal } = valid;
  if (schema === undefined || kind === undefined) return [];
  return [
    ...(kind === 'json' ? wholes(valid, schema) : []),
    ...types(valid),
    ...fields(valid, schema, minimal),
  ];
}

function wholes(valid: Valid, schema: Schema): Sent[] {
  const whole = (value: Json | undefined) =>
    valid.sent({ where: 'whole', field: '', schema, value }, { body: value });
  return [whole(undefined), ...[...VALUES].map(whole)];
}

/** The valid body under other media types. */
function types(valid: Valid): Sent[] {
  const base = valid.sent(NOTHING);
  const others = [
    ...['text/plain', 'application/xml', 'application/octet-stream', 'image/png', 'text/html'],
    ...['application/x-www-form-urlencoded', 'application/merge-patch+json'],
    ...['application/json; charset=utf-8', 'application/json;charset=latin1', 'APPLICATION/JSON'],
  ];
  const asked = (value: Json | undefined): Asked => ({
    where: 'type',
    field: valid.kind ?? '',
    schema: true,
    value,
  });
  const { type: _, ...untyped } = base;
  return [
    { ...untyped, asked: asked(undefined) },
    ...others.map((type) => ({ ...base, type, asked: asked(type) })),
  ];
}

/** Each field with each value, and what breaks a keyword of it. */
function fields(valid: Valid, schema: Schema, minimal: Json): Sent[] {
  const isForm = valid.kind === 'form';
  const where = isForm ? 'form' : 'body';
  const places = [...placesIn(valid.spec, schema, '', 2), { field: 'no_such_field', schema: true }];
  const broken = variations(valid.spec.schemas.followed(schema));
  return places.flatMap(({ field, schema: own }) => {
    const other = broken.flatMap((one) =>
      one.field === field && one.value !== undefined ? [one.value] : [],
    );
    const values: (Json | undefined)[] = [
      undefined,
      ...(isForm ? ['', ...TEXTS] : VALUES),
      ...(isForm ? [] : other),
    ];
    return values.map((value) =>
      valid.sent({ where, field, schema: own, value }, { body: replaced(minimal, field, value) }),
    );
  });
}

interface Located {
  readonly field: string;
  readonly schema: Schema;
}

/** The fields of an object schema, through its unions, and those inside them. */
function placesIn(spec: Spec, stated: Schema, prefix: string, levels: number): Located[] {
  const schema = spec.schemas.followed(stated);
  if (!isObject(schema) || levels === 0) return [];
  const members = ['allOf', 'oneOf', 'anyOf'].flatMap((word) => (schema[word] ?? []) as Schema[]);
  const own = Object.entries((schema['properties'] ?? {}) as JsonObject).flatMap(
    ([name, child]): Located[] => {
      const field = `${prefix}${name}`;
      return [
        { field, schema: child as Schema },
        ...placesIn(spec, child as Schema, `${field}.`, levels - 1),
      ];
    },
  );
  const all = [...own, ...members.flatMap((member) => placesIn(spec, member, prefix, levels))];
  return [...new Map(all.map((one) => [one.field, one])).values()];
}

/** A copy with the value at the dotted field; without it where the value is undefined. */
export function replaced(body: Json, field: string, value: Json | undefined): JsonObject {
  const [head = '', ...rest] = field.split('.');
  const { [head]: inner, ...others } = isObject(body) ? body : {};
  if (rest.length > 0) return { ...others, [head]: replaced(inner ?? {}, rest.join('.'), value) };
  return value === undefined ? others : { ...others, [head]: value };
}

function formText(body: JsonObject): string {
  const pairs = (value: Json, name: string): [string, string][] => {
    if (Array.isArray(value)) return value.flatMap((one: Json) => pairs(one, `${name}[]`));
    if (!isObject(value)) return [[name, String(value)]];
    return Object.entries(value).flatMap(([key, child]) =>
      pairs(child, name === '' ? key : `${name}[${key}]`),
    );
  };
  return String(new URLSearchParams(pairs(body, '')));
}
