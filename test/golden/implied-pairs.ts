// Which refusals a contract implies for each of its operations: what every operation may answer, and each rule
// that can refuse it. Only what a request can really bring about is implied.

import {
  type Binding,
  type Contract,
  fieldNames,
  ownersOf,
  placesOf,
  type Rule,
  splitPath,
} from '../../src/contract/contract.ts';
import { hooksOf, type RuleHooks } from '../../src/mock/playable.ts';
import { isObject } from '../../src/model/json.ts';
import { kinds } from '../../src/rules/index.ts';

export interface Pair {
  readonly binding: Binding;
  /** The name of the error that the contract answers with. */
  readonly error: string;
  /** The rule that the answer names; absent when the protocol or the spec refuses. */
  readonly rule?: string;
}

/** `operation refusal` -> the pair; a refusal is a rule's id, or the name of what needs no rule. */
export function impliedPairs(contract: Contract): Map<string, Pair> {
  const hooks = hooksOf(contract, kinds);
  return new Map(
    contract.bindings.flatMap((binding) => {
      const refusing = hooks.filter((one) => refuses(one, binding, contract));
      const ruled = refusing.map(({ rule }): [string, Omit<Pair, 'binding'>] => [
        rule.id,
        { error: rule.error.name, rule: rule.id },
      ]);
      return [
        ...plainRefusals(contract, binding).map(([name, error]) => [name, { error }] as const),
        ...isolation(contract, binding),
        ...ruled,
      ].map(([name, pair]): [string, Pair] => [
        `${binding.operation.id} ${name}`,
        { binding, ...pair },
      ]);
    }),
  );
}

/** What is refused without a rule: the name of the refusal, and of the error that it is answered with. */
function plainRefusals(contract: Contract, binding: Binding): [string, string][] {
  const { operation, idParameter, sent } = binding;
  const same = (name: string): [string, string] => [name, name];
  const judged = judgedParameters(contract, binding);
  return [
    ...(operation.credentials.length > 0 ? [same('unauthenticated')] : []),
    ...binding.owners
      .filter(({ parameter }) => !judged.has(parameter))
      .map(({ resource }): [string, string] => [`not-found ${resource.name}`, 'not-found']),
    ...(idParameter === undefined || judged.has(idParameter) ? [] : [same('not-found')]),
    ...(takesWrongParameters(contract, binding) ? [same('parameter')] : []),
    ...(sent === undefined ? [] : [same('malformed'), same('invalid')]),
    // Where the API tells them apart, a body of wrong types is refused in a way of its own.
    ...(sent !== undefined && contract.errors.has('wrong-type') ? [same('wrong-type')] : []),
  ];
}

/** The path parameters that a rule answers for, with the resource that each names. */
function judgedParameters(contract: Contract, { operation }: Binding): Map<string, Rule> {
  return new Map(
    contract.rules
      .filter(({ kind }) => kind === 'reference')
      .map((rule) => [splitPath(String(rule.options['from'])), rule] as const)
      .filter(([[from]]) => from === operation.id)
      .map(([[, parameter], rule]) => [parameter, rule]),
  );
}

/** Whether there is text that a query or header parameter can't be; plain text takes any. */
function takesWrongParameters({ spec }: Contract, { operation }: Binding): boolean {
  const texts = ['', 'no such value', 'x'.repeat(100_000)];
  return operation.parameters
    .filter((one) => one.in === 'query' || one.in === 'header')
    .some(({ required, schema }) => {
      const faults = spec.schemas.validator(schema);
      const isList = isObject(schema) && [schema['type'] ?? []].flat().includes('array');
      return required || texts.some((text) => faults(isList ? [text] : text).length > 0);
    });
}

/** The record, or what it is a part of, is another caller's: unknown, by a rule where one answers for it. */
function isolation(contract: Contract, binding: Binding): [string, Omit<Pair, 'binding'>][] {
  const judges = [...judgedParameters(contract, binding).values()];
  const named = [
    ...(binding.idParameter === undefined ? [] : [binding.resource.name]),
    ...binding.owners.map(({ resource }) => resource.name),
    ...judges.map(({ options }) => String(options['to'])),
  ];
  return contract.rules
    .filter((rule) => rule.kind === 'scope' && named.some((name) => words(rule).has(name)))
    .map(({ id }) => [
      id,
      { error: 'not-found', ...(judges[0] === undefined ? {} : { rule: judges[0].id }) },
    ]);
}

/** Whether the rule can refuse this operation: its path, its body's schema, or the records it would leave. */
function refuses({ rule, hooks }: RuleHooks, binding: Binding, contract: Contract): boolean {
  const { sent, operation, verb, resource } = binding;
  if (hooks.narrow !== undefined && sent !== undefined) {
    return JSON.stringify(hooks.narrow(binding, sent)) !== JSON.stringify(sent);
  }
  if (hooks.admit !== undefined) return hooks.operations?.includes(operation.id) ?? true;
  if (hooks.check === undefined) return false;
  switch (rule.kind) {
    case 'on-delete':
      return refusesTheDead(rule, binding, contract);
    case 'at-least':
      return leavesTooFew(rule, binding, contract);
    case 'order':
      return splitPath(String(rule.options['by']))[0] === operation.id;
    case 'input':
      return splitPath(String(rule.options['at']))[0] === operation.id && words(rule).has('refuse');
  }
  const concerns = (name: string) => hooks.resources?.includes(name) ?? true;
  if (verb === 'create') {
    const made = [...contract.resources.keys()].filter(
      (name) => placesOf(contract, binding, name).length > 0,
    );
    return made.some(concerns) && !needsBefore(rule);
  }
  // A change can only offend a rule by a field that the rule speaks of, and not by what it was before.
  const spoken = words({ options: withoutOld(rule.options) });
  return concerns(resource.name) && written(binding).some((field) => spoken.has(field));
}

/** Whether the rule compares a record with what it was: a new one was nothing. */
function needsBefore({ kind, options }: Rule): boolean {
  return kind === 'require' && /\bold != null\b/.test(String(options['when']));
}

/**
 * Whether the rule refuses this operation on what is deleted already, or on a part of it. Not an action: what
 * it writes is not data, and bringing back what is deleted is what it may be for.
 */
function refusesTheDead({ options }: Rule, binding: Binding, contract: Contract): boolean {
  const { verb, resource } = binding;
  if (!['create', 'update', 'delete'].includes(verb)) return false;
  if (isPartOf(contract, binding, String(options['of']))) return options['write'] === 'refuse';
  if (options['of'] !== resource.name || verb === 'create') return false;
  return options[verb === 'delete' ? 'again' : 'write'] === 'refuse';
}

/** Whether the operation can make the whole with too few parts, or take out a part, alone or with others. */
function leavesTooFew({ options }: Rule, binding: Binding, contract: Contract): boolean {
  const { verb, resource } = binding;
  const [of, within] = [String(options['of']), String(options['within'])];
  if (options['when'] !== verb) return false;
  if (verb === 'create') return resource.name === within;
  const owners = ownersOf(contract, contract.resource(of)).map(({ name }) => name);
  const goes = resource.name === of || owners.includes(resource.name);
  return goes && isPartOf(contract, binding, within);
}

function isPartOf(contract: Contract, { resource }: Binding, whole: string): boolean {
  return ownersOf(contract, resource).some(({ name }) => name === whole);
}

/** The fields that an update, an action or a delete can write. */
function written({ verb, body, set }: Binding): readonly string[] {
  if (verb === 'update' || verb === 'action') return fieldNames(body);
  const input = Object.fromEntries(fieldNames(body).map((field) => [field, null]));
  const fields = verb === 'delete' ? (set?.({ self: {}, input, now: '' }, {}) ?? {}) : {};
  return isObject(fields) ? Object.keys(fields) : [];
}

/** The options without what their expressions read of the record before the change. */
function withoutOld(options: Rule['options']): Rule['options'] {
  return JSON.parse(JSON.stringify(options).replaceAll(/\bold\.\w+/g, ''));
}

function words({ options }: Pick<Rule, 'options'>): Set<string> {
  return new Set(JSON.stringify(options).split(/\W+/));
}
