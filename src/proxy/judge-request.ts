// A request against what its operation documents: parameters, media type and body.

import { stated } from '../conformance/schema-under-bases.ts';
import { cookiesOf } from '../mock/cookies.ts';
import { type HttpRequest, mediaType } from '../model/http.ts';
import type { Schema, Validator } from '../schema/validate.ts';
import { bodyKind } from '../spec/contents.ts';
import type { Basis, Operation, Parameter, Spec } from '../spec/spec.ts';
import { readParameter, type Sent } from '../spec/styles.ts';

/** Headers that a document may list and that are no parameters (OpenAPI 3.1, 4.8.12.2). */
const NO_PARAMETERS = ['accept', 'content-type', 'authorization'];

/** Judges requests to the API, by what stands under the bases. */
export class RequestJudge {
  readonly #schemas: Spec['schemas'];
  readonly #bases: readonly Basis[];
  readonly #validators = new Map<Schema, Validator>();

  constructor({ schemas }: Pick<Spec, 'schemas'>, bases: readonly Basis[]) {
    this.#schemas = schemas;
    this.#bases = bases;
  }

  /** What is wrong with the request, in words; undefined when it fits. */
  fault(
    operation: Operation,
    request: HttpRequest,
    params: Readonly<Record<string, string>>,
    isRead: boolean,
  ): string | undefined {
    if (!this.#bases.includes(operation.basis)) return undefined;
    for (const parameter of operation.parameters) {
      const fault = this.#ofParameter(parameter, request, params);
      if (fault !== undefined) return fault;
    }
    return this.#ofBody(operation, request, isRead);
  }

  #ofParameter(
    parameter: Parameter,
    request: HttpRequest,
    params: Readonly<Record<string, string>>,
  ): string | undefined {
    const { name, in: where, required } = parameter;
    if (!this.#bases.includes(parameter.basis)) return undefined;
    if (where === 'header' && NO_PARAMETERS.includes(name.toLowerCase())) return undefined;
    const value = readParameter(parameter, sentAs(parameter, request, params));
    if (value === undefined) return required ? `${where} parameter ${name} is required` : undefined;
    const fault = this.#validator(parameter.schema)(value)[0];
    return fault === undefined ? undefined : `${where} parameter ${name} ${fault.says}`;
  }

  #ofBody(
    { body: known }: Operation,
    { body, headers }: HttpRequest,
    isRead: boolean,
  ): string | undefined {
    if (known === undefined || !isRead) return undefined;
    if (body === undefined) return known.required ? 'the body is missing' : undefined;
    const type = mediaType(headers['content-type']);
    const [family = ''] = type.split('/');
    const documented = [...known.contents.keys()];
    const media = documented.find((one) => [type, `${family}/*`, '*/*'].includes(mediaType(one)));
    if (media === undefined) {
      return `the media type is ${type || 'not given'}, documented is ${documented.join(', ')}`;
    }
    if (bodyKind(type) !== 'json') return undefined;
    const fault = this.#validator(known.contents.get(media) ?? true)(body)[0];
    return fault === undefined ? undefined : `${fault.field || 'the body'} ${fault.says}`;
  }

  #validator(schema: Schema): Validator {
    const known =
      this.#validators.get(schema) ?? this.#schemas.validator(stated(schema, this.#bases));
    this.#validators.set(schema, known);
    return known;
  }
}

function sentAs(
  { name, in: where }: Parameter,
  { query, headers }: HttpRequest,
  params: Readonly<Record<string, string>>,
): Sent {
  if (where === 'query') return query;
  if (where === 'cookie') return cookiesOf(headers['cookie']);
  const value = where === 'path' ? params[name] : headers[name.toLowerCase()];
  return new Map(value === undefined ? [] : [[name, [value]]]);
}
