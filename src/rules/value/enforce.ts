import type { Contract, Rule } from '../../contract/contract.ts';
import type { JsonObject } from '../../model/json.ts';
import { marked, narrowAt, variations, widenAt } from '../../schema/generate.ts';
import type { Schema } from '../../schema/validate.ts';
import type { Hooks, Sabotage } from '../kind.ts';
import type { Options } from './options.ts';
import { fieldsIn } from './places.ts';

/** The rule's schema joins the body's, marked, so that a fault there is known to be this rule's. */
export function enforce({ id, options }: Rule<Options>): Hooks {
  const member = marked(options.is as JsonObject, id);
  return {
    narrow: (binding, schema) =>
      fieldsIn(binding, options).reduce(
        (narrowed, field) => narrowAt(narrowed, field, member),
        schema,
      ),
  };
}

/** Each keyword dropped, from the contract and from the spec: the server that never checked it. */
export function sabotage(rule: Rule<Options>, contract: Contract): Sabotage[] {
  const { narrow } = enforce(rule);
  return constraints(rule, contract).map(({ field, keyword, name }) => ({
    name: `ignores-${keyword}${name === '' ? '' : `-of-${name}`}`,
    hooks: {
      narrow: (binding, schema) => {
        const narrowed = narrow?.(binding, schema) ?? schema;
        if (fieldsIn(binding, rule.options).length === 0) return narrowed;
        return widenAt(narrowed, field, (part) => without(part, keyword, name));
      },
    },
  }));
}

interface Constraint {
  readonly field: string;
  readonly keyword: string;
  /** The property that a `required` names. */
  readonly name: string;
}

/** The keywords that the rule states, each where it stands. */
function constraints(rule: Rule<Options>, contract: Contract): Constraint[] {
  const binding = contract.bindings.find(
    (candidate) => fieldsIn(candidate, rule.options).length > 0,
  );
  if (binding?.body === undefined) return [];
  const schema = enforce(rule).narrow?.(binding, binding.body) as Schema;
  const stated = variations(schema).filter((v) => v.rule === rule.id && !v.fits);
  const all = stated.map(({ field, keyword }) =>
    keyword === 'required' ? { field: '', keyword, name: field } : { field, keyword, name: '' },
  );
  return [...new Map(all.map((item) => [JSON.stringify(item), item])).values()];
}

function without(part: JsonObject, keyword: string, name: string): JsonObject {
  if (!(keyword in part)) return part;
  if (name === '') {
    const { [keyword]: _, ...rest } = part;
    return rest;
  }
  return { ...part, required: (part['required'] as string[]).filter((field) => field !== name) };
}
