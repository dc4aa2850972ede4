// What ajv found wrong -> faults: each field and keyword once, in a sentence, with the contract rule that asked for it.

import type { ErrorObject } from 'ajv/dist/2020.js';
import type { Fault } from '../model/fault.ts';
import type { Json } from '../model/json.ts';
import { isReferred } from './references.ts';

/** The key by which a part of a schema says which contract rule put it there. */
export const RULE_MARK = 'x-tallystick-rule';

/** The faults that the errors tell of, those of one field and keyword once. */
export function faultsOf(errors: readonly ErrorObject[]): Fault[] {
  const faults = new Map<string, Fault>();
  for (const error of flat(errors, '')) {
    // That a tag's member did not fit is said by what did not fit in it.
    if (error.keyword === 'if') continue;
    const fault = faultOf(error);
    const key = `${fault.field} ${fault.code}`;
    const known = faults.get(key);
    if (known === undefined || (known.rule === undefined && fault.rule !== undefined)) {
      faults.set(key, fault);
    }
  }
  // A value of the wrong type breaks every other keyword too: one reason is enough.
  const mistyped = new Set(
    [...faults.values()]
      .filter(({ code }) => code === 'type' || code === 'null')
      .map(({ field }) => field),
  );
  return [...faults.values()].filter(
    ({ field, code }) => code === 'type' || code === 'null' || !mistyped.has(field),
  );
}

/** The errors with those behind references in their places, each with its path from the top. */
function flat(errors: readonly ErrorObject[], at: string): ErrorObject[] {
  return errors.flatMap((error) => {
    const instancePath = at + error.instancePath;
    return isReferred(error)
      ? flat(error.params.errors, instancePath)
      : [{ ...error, instancePath }];
  });
}

function faultOf(error: ErrorObject): Fault {
  const missing =
    error.keyword === 'required' ? String(error.params['missingProperty']) : undefined;
  const rule = ruleOf(error.parentSchema);
  return {
    field: dotted(error.instancePath, missing),
    says: sentence(error),
    // Null where there must be a value is no wrong type but no value.
    code: isMissing(error) ? 'null' : error.keyword,
    ...(rule === undefined ? {} : { rule }),
  };
}

/** Whether it is about a field that is null and may not be. */
function isMissing({ keyword, data, instancePath }: ErrorObject): boolean {
  return keyword === 'type' && data === null && instancePath !== '';
}

function ruleOf(schema: unknown): string | undefined {
  const mark = (schema as Record<string, unknown> | undefined)?.[RULE_MARK];
  return typeof mark === 'string' ? mark : undefined;
}

/** `/tiers/0/up_to` -> `tiers[0].up_to`. */
function dotted(instancePath: string, child: string | undefined): string {
  const keys = instancePath
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  if (child !== undefined) keys.push(child);
  return keys.reduce(
    (path, key) => (/^\d+$/.test(key) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`),
    '',
  );
}

function sentence(error: ErrorObject): string {
  const { params } = error;
  switch (error.keyword) {
    case 'required':
      return 'is required';
    case 'type':
      if (isMissing(error)) return 'must not be null';
      return `must be ${[params['type']].flat().join(' or ')}`;
    case 'enum':
      return `must be one of ${(params['allowedValues'] as Json[]).map((v) => JSON.stringify(v)).join(', ')}`;
    case 'const':
      return `must be ${JSON.stringify(params['allowedValue'])}`;
    case 'minLength':
      return params['limit'] === 1
        ? 'must not be empty'
        : `must have at least ${params['limit']} characters`;
    case 'maxLength':
      return `must have at most ${params['limit']} characters`;
    default:
      return error.message ?? `does not fit "${error.keyword}"`;
  }
}
