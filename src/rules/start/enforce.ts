import type { Rule } from '../../contract/contract.ts';
import type { JsonObject } from '../../model/json.ts';
import type { Hooks, Sabotage } from '../kind.ts';
import type { Options } from './options.ts';

/** The server, not the caller, says how a record begins. */
export function enforce({ options }: Rule<Options>): Hooks {
  return starting(options, options.shows as JsonObject);
}

function starting({ of }: Options, values: JsonObject): Hooks {
  return {
    resources: [of],
    take(_, { verb, draft }) {
      if (verb === 'create') Object.assign(draft, values);
    },
  };
}

/** Each field beginning as something else. */
export function sabotage({ options }: Rule<Options>): Sabotage[] {
  const shows = options.shows as JsonObject;
  return Object.entries(shows).map(([field, value]) => {
    const other = typeof value === 'string' ? 'draft' : null;
    return { name: `other-${field}`, hooks: starting(options, { ...shows, [field]: other }) };
  });
}
