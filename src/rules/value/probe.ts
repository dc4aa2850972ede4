import { type Binding, type Contract, fieldSchema, type Rule } from '../../contract/contract.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import { isObject } from '../../model/json.ts';
import type { Probe } from '../../model/steps.ts';
import { marked, narrowAt, type Variation, variations } from '../../schema/generate.ts';
import type { Options } from './options.ts';
import { fieldsIn } from './places.ts';

/** Each keyword of the rule broken alone, each inner side of a bound, and the rule's own examples. */
export function probe(rule: Rule<Options>, contract: Contract): Probe[] {
  const member = marked(rule.options.is as JsonObject, rule.id);
  return contract.bindings.flatMap((binding) => {
    if (binding.verb !== 'create') return [];
    const fields = fieldsIn(binding, rule.options);
    const all = [
      ...fields
        .flatMap((field) => variations(narrowAt({}, field, member)))
        .filter((variation) => variation.rule === rule.id),
      ...fields.flatMap((field) => examples(rule, field)),
    ].flatMap((variation) => [variation, ...asNull(binding, variation)]);
    return all.map((variation) =>
      probeOf(rule, binding.resource.name, binding.operation.id, variation, all),
    );
  });
}

/** A required field sent as null, where its type has no null: that is no value either. */
function asNull({ body }: Binding, variation: Variation): Variation[] {
  if (variation.keyword !== 'required') return [];
  const types = [fieldSchema(body ?? true, variation.field)?.['type'] ?? 'null'].flat();
  return types.includes('null') ? [] : [{ ...variation, value: null }];
}

/** Values of the field that the contract says are taken, or not. */
function examples({ id, examples: { accept, refuse } }: Rule<Options>, field: string): Variation[] {
  const one = (fits: boolean) => (value: Json) => ({
    field,
    keyword: 'example',
    value,
    fits,
    rule: id,
  });
  return [...accept.map(one(true)), ...refuse.map(one(false))];
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
        with: { ...(fits ? rule.examples.beside : {}), [field]: value },
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
