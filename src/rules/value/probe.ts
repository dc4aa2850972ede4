import {
  type Binding,
  type Contract,
  fieldSchema,
  joined,
  type Rule,
} from '../../contract/contract.ts';
import { asList, isObject, type Json, type JsonObject } from '../../model/json.ts';
import type { Make, Probe, Step } from '../../model/steps.ts';
import { type Variation, variations } from '../../schema/generate.ts';
import { bodyWith, finenessOf } from '../bodies.ts';
import { callOn, changing, shared } from '../steps.ts';
import type { Options } from './options.ts';
import { placesIn } from './places.ts';

/** Each keyword of the rule broken alone, each inner side of a bound, and the rule's own examples. */
export function probe(rule: Rule<Options>, contract: Contract): Probe[] {
  return contract.bindings.flatMap((binding) => {
    if (!isProbed(rule, binding)) return [];
    const places = fieldsAt(rule, contract, binding);
    const all = places
      .flatMap((field) => variationsAt(rule, field))
      .flatMap((variation) => [variation, ...asNull(binding, variation)]);
    if (all.length === 0) return [];
    const asked = askedBefore(rule, contract, binding, places);
    return all.map((variation) => {
      const one = probeOf(rule, binding, variation, all);
      return asked.has(nameOf(variation))
        ? { ...one, fine: Math.max(one.fine, variation.fits ? 2 : 1) }
        : one;
    });
  });
}

/** What the rules before this one ask around the same places: of a union, say, whose members are alike. */
function askedBefore(
  rule: Rule<Options>,
  contract: Contract,
  binding: Binding,
  places: readonly string[],
): Set<string> {
  const earlier = contract.rules.slice(0, Math.max(0, contract.rules.indexOf(rule as Rule)));
  const same = earlier.filter(({ kind }) => kind === rule.kind) as unknown as Rule<Options>[];
  const isAround = (field: string) =>
    places.some((place) => place.startsWith(field) || field.startsWith(place));
  const asked = same.flatMap((other) =>
    fieldsAt(other, contract, binding)
      .filter(isAround)
      .flatMap((field) => variationsAt(other, field)),
  );
  return new Set(asked.map(nameOf));
}

/** The fields of the body, '' being the whole, that the rule speaks of. */
function fieldsAt({ options }: Rule<Options>, contract: Contract, binding: Binding): string[] {
  return placesIn(contract, binding, options).flatMap(({ inRecord }) => inRecord ?? []);
}

function nameOf({ field, keyword, fits }: Variation): string {
  return `${field} ${keyword} ${fits}`;
}

/** A create, or an update that the rule is about by name. */
function isProbed({ options }: Rule<Options>, { verb, operation, body }: Binding): boolean {
  if (verb === 'create') return true;
  const named = asList<string>(options.at as string | string[]).includes(operation.id);
  return verb === 'update' && named && body !== undefined;
}

/** What the rule's schema takes and refuses at a field, '' being the whole body. */
function variationsAt(rule: Rule<Options>, field: string): Variation[] {
  const is = rule.options.is as JsonObject;
  const own = variations({ properties: { '': is } }).filter(
    ({ keyword }) => keyword !== 'required',
  );
  const one = (fits: boolean) => (value: Json) => ({ field, keyword: 'example', value, fits });
  return [
    ...own.map((variation) => ({ ...variation, field })),
    ...variations(is).map((variation) => ({ ...variation, field: joined(field, variation.field) })),
    ...rule.examples.accept.map(one(true)),
    ...rule.examples.refuse.map(one(false)),
  ];
}

/** A required field sent as null, where its type has no null: that is no value either. */
function asNull({ body }: Binding, variation: Variation): Variation[] {
  if (variation.keyword !== 'required') return [];
  const types = [fieldSchema(body ?? true, variation.field)?.['type'] ?? 'null'].flat();
  return types.includes('null') ? [] : [{ ...variation, value: null }];
}

function probeOf(
  rule: Rule<Options>,
  binding: Binding,
  variation: Variation,
  all: readonly Variation[],
): Probe & { fine: number } {
  const { field, keyword, value, fits } = variation;
  const { beside } = rule.examples;
  const like = all.filter((v) => v.field === field && v.keyword === keyword && v.fits === fits);
  const place = like.length > 1 ? `-${like.indexOf(variation) + 1}` : '';
  return {
    id: `${field}-${keyword}-${fits ? 'kept' : 'broken'}${place}`,
    operation: binding.operation.id,
    fine: fits ? (keyword === 'enum' ? 2 : 1) : finenessOf(keyword, value, binding.verb),
    steps: stepsOf(binding, field, value, fits || isInside(field) ? beside : {}, {
      expect: fits ? 'ok' : 'refused',
      status: rule.error.status,
      because: `${field} is ${said(value)}`,
    }),
  };
}

function stepsOf(
  binding: Binding,
  field: string,
  value: Json | undefined,
  beside: JsonObject,
  judge: Pick<Make, 'expect' | 'status' | 'because'>,
): Step[] {
  const { resource, operation, verb } = binding;
  if (verb === 'create') {
    const body = bodyWith(resource, beside, field, value);
    return [{ make: resource.name, through: operation.id, with: body, ...judge }];
  }
  return [
    judge.expect === 'ok' ? changing(resource.name) : shared(resource.name),
    callOn(binding, 'made', { with: { ...beside, [field]: value ?? null }, ...judge }),
  ];
}

/** Whether it lies inside another field, which then has to be there. */
function isInside(field: string): boolean {
  return /[.[]/.test(field);
}

function said(value: Json | undefined): string {
  if (value === undefined) return 'left out';
  const text = JSON.stringify(value);
  return text.length > 40 || isObject(value)
    ? `${text.slice(0, 40)} (${text.length - 2} long)`
    : text;
}
