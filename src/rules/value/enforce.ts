import type { Contract, Rule } from '../../contract/contract.ts';
import type { JsonObject } from '../../model/json.ts';
import { marked, variations } from '../../schema/generate.ts';
import type { Hooks, Sabotage } from '../kind.ts';
import type { Options } from './options.ts';
import { narrowPlace, placesIn, widenPlace } from './places.ts';

/** The rule's schema joins the body's, marked, so that a fault there is known to be this rule's. */
export function enforce({ id, options }: Rule<Options>, contract: Contract): Hooks {
  const member = marked(options.is as JsonObject, id);
  return {
    narrow: (binding, schema) =>
      placesIn(contract, binding, options).reduce(
        (narrowed, place) => narrowPlace(narrowed, place, member),
        schema,
      ),
  };
}

/** Each keyword dropped, from the contract and from the spec: the server that never checked it. */
export function sabotage(rule: Rule<Options>, contract: Contract): Sabotage[] {
  const { narrow } = enforce(rule, contract);
  return constraints(rule).map(({ field, keyword, name }) => ({
    name: `ignores-${keyword}${[field, name].map((part) => (part === '' ? '' : `-of-${part}`)).join('')}`,
    hooks: {
      narrow: (binding, schema) =>
        placesIn(contract, binding, rule.options).reduce(
          (narrowed, place) =>
            widenPlace(narrowed, place, field, (part) => without(part, keyword, name)),
          narrow?.(binding, schema) ?? schema,
        ),
    },
  }));
}

interface Constraint {
  /** Inside the place. */
  readonly field: string;
  readonly keyword: string;
  /** The property that a `required` names. */
  readonly name: string;
}

/** The keywords that the rule states, each where it stands. */
function constraints({ id, options }: Rule<Options>): Constraint[] {
  const all = variations({ properties: { '': marked(options.is as JsonObject, id) } });
  const inside = variations(marked(options.is as JsonObject, id));
  const stated = [
    ...all.filter(({ keyword }) => keyword !== 'required').map((v) => ({ ...v, field: '' })),
    ...inside,
  ].filter(({ fits }) => !fits);
  const found = stated.map(({ field, keyword }) =>
    keyword === 'required' ? { field: '', keyword, name: field } : { field, keyword, name: '' },
  );
  return [...new Map(found.map((item) => [JSON.stringify(item), item])).values()];
}

function without(part: JsonObject, keyword: string, name: string): JsonObject {
  if (!(keyword in part)) return part;
  if (name === '') {
    const { [keyword]: _, ...rest } = part;
    return rest;
  }
  return { ...part, required: (part['required'] as string[]).filter((field) => field !== name) };
}
