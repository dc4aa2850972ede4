// A request against what its operation documents: parameters, media type and body.

import { stated } from '../conformance/stated.ts';
import { cookiesOf } from '../mock/cookies.ts';
import { type HttpRequest, mediaType } from '../model/http.ts';
import type { Schema, Validator } from '../schema/validate.ts';
import { bodyKind } from '../spec/contents.ts';
import type { Basis, Operation, Parameter, Spec } from '../spec/spec.ts';
import { readParameter, type Sent } from '../spec/styles.ts';

/** What is wrong with the request, in words; undefined when it fits. */
export type JudgeRequest = (
  operation: Operation,
  request: HttpRequest,
  params: Readonly<Record<string, string>>,
  isRead: boolean,
) => string | undefined;

/** Headers that a document may list and that are no parameters (OpenAPI 3.1, 4.8.12.2). */
const NO_PARAMETERS = ['accept', 'content-type', 'authorization'];

/** The judge of requests to the API, by what stands under the bases. */
export function requestJudge(
  { schemas }: Pick<Spec, 'schemas'>,
  bases: readonly Basis[],
): JudgeRequest {
  const validators = new Map<Schema, Validator>();
  const validatorOf = (schema: Schema): Validator => {
    const known = validators.get(schema) ?? schemas.validator(stated(schema, bases));
    validators.set(schema, known);
    return known;
  };
  const ofParameter = (
    parameter: Parameter,
    request: HttpRequest,
    params: Readonly<Record<string, string>>,
  ): string | undefined => {
    const { name, in: where, required } = parameter;
    if (!bases.includes(parameter.basis)) return undefined;
    if (where === 'header' && NO_PARAMETERS.includes(name.toLowerCase())) return undefined;
    const value = readParameter(parameter, sentAs(parameter, request, params));
    if (value === undefined) return required ? `${where} parameter ${name} is required` : undefined;
    const fault = validatorOf(parameter.schema)(value)[0];
    return fault === undefined ? undefined : `${where} parameter ${name} ${fault.says}`;
  };
  const ofBody = (
    { body: known }: Operation,
    { body, headers }: HttpRequest,
    isRead: boolean,
  ): string | undefined => {
    if (known === undefined || !isRead) return undefined;
    if (body === undefined) return known.required ? 'the body is missing' : undefined;
    const type = mediaType(headers['content-type']);
    const [family = ''] = type.split('/');
    const media = [...known.contents.keys()].find((one) =>
      [type, `${family}/*`, '*/*'].includes(mediaType(one)),
    );
    if (media === undefined) {
      return `the media type is ${type || 'not given'}, documented is ${[...known.contents.keys()].join(', ')}`;
    }
    if (bodyKind(type) !== 'json') return undefined;
    const fault = validatorOf(known.contents.get(media) ?? true)(body)[0];
    return fault === undefined ? undefined : `${fault.field || 'the body'} ${fault.says}`;
  };
  return (operation, request, params, isRead) => {
    if (!bases.includes(operation.basis)) return undefined;
    for (const parameter of operation.parameters) {
      const fault = ofParameter(parameter, request, params);
      if (fault !== undefined) return fault;
    }
    return ofBody(operation, request, isRead);
  };
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
