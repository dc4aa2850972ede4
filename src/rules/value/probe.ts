import type { Contract, Rule } from '../../contract/contract.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import { isObject } from '../../model/json.ts';
import type { Probe } from '../../model/steps.ts';
import { narrowAt, type Variation, variations } from '../../schema/generate.ts';
import { RULE_MARK } from '../../schema/validate.ts';
import type { Options } from './options.ts';
import { fieldsIn } from './places.ts';

/** Each keyword of the rule broken alone, and each value at the inner side of a bound accepted. */
export function probe(rule: Rule<Options>, contract: Contract): Probe[] {
  const member = { ...(rule.options.is as JsonObject), [RULE_MARK]: rule.id };
  return contract.bindings.flatMap((binding) => {
    if (binding.verb !== 'create') return [];
    return fieldsIn(binding, rule.options)
      .flatMap((field) => variations(narrowAt({}, field, member)))
      .filter((variation) => variation.rule === rule.id)
      .map((variation, _, all) =>
        probeOf(rule, binding.resource.name, binding.operation.id, variation, all),
      );
  });
}

function probeOf(
  rule: Rule<Options>,
  resource: string,
  operation: string,
  variation: Variation,
  all: readonly Variation[],
): Probe {
  const { field, keyword, value, fits } = variation;
  const like = all.filter((v) => v.field === field && v.keyword === keyword && v.fits === fits);
  const place = like.length > 1 ? `-${like.indexOf(variation) + 1}` : '';
  return {
    id: `${field}-${keyword}-${fits ? 'kept' : 'broken'}${place}`,
    operation,
    steps: [
      {
        make: resource,
        with: { [field]: value },
        expect: fits ? 'ok' : 'refused',
        status: rule.error.status,
        because: `${field} is ${said(value)}`,
      },
    ],
  };
}

function said(value: Json | undefined): string {
  if (value === undefined) return 'left out';
  const text = JSON.stringify(value);
  return text.length > 40 || isObject(value)
    ? `${text.slice(0, 40)} (${text.length - 2} long)`
    : text;
}
