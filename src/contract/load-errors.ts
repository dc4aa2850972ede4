// The errors of a contract's text, and what stands in for one that it does not name.

import type { Json } from '../model/json.ts';
import type { ErrorShape, Profile } from './contract.ts';
import type { ErrorText } from './format.ts';
import { compileTemplate } from './template.ts';

/** The named errors, and what those have that say nothing else. */
export type ErrorsText = Readonly<Record<string, ErrorText>> & { body?: Json; type?: string };

/** What the protocol itself says, when the contract has no words for it. */
const PROTOCOL_STATUS: Readonly<Record<string, number>> = {
  'too-large': 413,
  'no-method': 405,
  unsupported: 415,
  unavailable: 503,
  internal: 500,
};

export function errorsOf(text: ErrorsText, profile: Profile): Map<string, ErrorShape> {
  const { body, type, ...named } = text;
  return new Map(
    Object.entries(named).map(([name, error]) => {
      const played = profile === 'observed' ? { ...error, ...error.observed } : error;
      return [
        name,
        {
          name,
          status: played.status,
          basis: error.basis,
          code: played.code,
          type: played.type ?? type ?? 'application/json',
          body: compileTemplate((played.body ?? body ?? { message: '=says' }) as Json),
        },
      ];
    }),
  );
}

export function fallback(errors: ReadonlyMap<string, ErrorShape>, name: string): ErrorShape {
  const base = errors.get(name.startsWith('no-') ? 'not-found' : 'invalid');
  if (base === undefined) throw new Error('a contract without "invalid" passed the shape check');
  return { ...base, name, status: PROTOCOL_STATUS[name] ?? base.status };
}
