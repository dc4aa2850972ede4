// Every refusal that the contract implies, for every operation, is produced once and answered as the spec
// declares. The pairs are computed here from the contract; the requests are written by hand.

import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Binding, Rule } from '../../src/contract/contract.ts';
import { fieldNames } from '../../src/contract/contract.ts';
import { hooksOf, type RuleHooks } from '../../src/mock/playable.ts';
import { isObject, type Json } from '../../src/model/json.ts';
import { kinds } from '../../src/rules/index.ts';
import { PAIRS } from './flexprice/pairs.ts';
import { contractOf, start } from './talk.ts';

interface Pair {
  readonly binding: Binding;
  /** The name of the error that the contract answers with. */
  readonly error: string;
  /** The rule that refuses; absent when the protocol or the spec does. */
  readonly rule?: string;
}

const contract = contractOf();
const pairs = new Map(contract.bindings.flatMap(pairsOf));

function pairsOf(binding: Binding): [string, Pair][] {
  const { operation } = binding;
  const named = (refusal: string, pair: Omit<Pair, 'binding'>): [string, Pair] => [
    `${operation.id} ${refusal}`,
    { binding, ...pair },
  ];
  const { credentials, body } = operation;
  const scope = contract.rules.filter((rule) => isolates(rule, binding));
  const refusing = hooksOf(contract, kinds).filter((one) => refuses(one, binding));
  return [
    ...(credentials.length > 0 ? [named('unauthenticated', { error: 'unauthenticated' })] : []),
    ...(binding.idParameter !== undefined ? [named('not-found', { error: 'not-found' })] : []),
    ...scope.map(({ id }) => named(id, { error: 'not-found' })),
    ...(body === undefined ? [] : [named('malformed', { error: 'malformed' })]),
    ...(body === undefined ? [] : [named('invalid', { error: 'invalid' })]),
    ...refusing.map(({ rule: { id, error } }) => named(id, { error: error.name, rule: id })),
  ];
}

/** Whether the rule keeps the record that this operation names from other callers. */
function isolates(rule: Rule, { idParameter, resource }: Binding): boolean {
  return rule.kind === 'scope' && idParameter !== undefined && words(rule).has(resource.name);
}

/** Whether the rule can refuse this operation: by its body's schema, or by the record it would leave. */
function refuses({ rule, hooks }: RuleHooks, binding: Binding): boolean {
  const { sent } = binding;
  if (hooks.narrow !== undefined && sent !== undefined) {
    return JSON.stringify(hooks.narrow(binding, sent)) !== JSON.stringify(sent);
  }
  if (rule.kind === 'on-delete') return refusesTheDead(rule, binding);
  const { check, resources } = hooks;
  if (check === undefined || resources?.includes(binding.resource.name) === false) return false;
  if (rule.kind === 'input' && !words(rule).has('refuse')) return false;
  if (binding.verb === 'create') return true;
  // A change can only offend a rule by a field that the rule speaks of.
  return written(binding).some((field) => words(rule).has(field));
}

/** Whether the rule refuses this operation on what is deleted already. */
function refusesTheDead({ options }: Rule, { verb, resource }: Binding): boolean {
  if (options['of'] !== resource.name || !['update', 'delete', 'action'].includes(verb))
    return false;
  return options[verb === 'delete' ? 'again' : 'write'] === 'refuse';
}

/** The fields that an update, an action or a delete can write. */
function written({ verb, body, set }: Binding): string[] {
  if (verb === 'update' || verb === 'action') return fieldNames(body);
  const input = Object.fromEntries(fieldNames(body).map((field) => [field, null]));
  const fields = verb === 'delete' ? (set?.({ self: {}, input, now: '' }, {}) ?? {}) : {};
  return isObject(fields) ? Object.keys(fields) : [];
}

function words({ options }: Rule): Set<string> {
  return new Set(JSON.stringify(options).split(/\W+/));
}

test('the table has an entry for every refusal that the contract implies, and no other', () => {
  expect(Object.keys(PAIRS).sort()).toEqual([...pairs.keys()].sort());
});

for (const [name, { binding, error, rule }] of pairs) {
  test(`${name} is refused as the spec declares`, async () => {
    const produce = PAIRS[name];
    if (produce === undefined) throw new Error(`no entry "${name}" in flexprice/pairs.ts`);
    const answer = await produce(start());
    const shape = contract.error(error);
    expect(answer.status).toBe(shape.status);
    expect(answer.body['code']).toBe(shape.code);
    expect(answer.headers['x-tallystick-rule']).toBe(rule);
    expect(answer.wrote).toBe(false);
    const declared = binding.operation.answers.find(({ status }) => status === `${answer.status}`);
    const schema = declared?.contents.get('application/json');
    if (schema === undefined) throw new Error(`${answer.status} is not declared`);
    expect(contract.spec.schemas.validator(schema)(answer.body as unknown as Json)).toEqual([]);
  });
}

test('every rule of the contract has a golden case that names it', () => {
  const folder = new URL('./flexprice/', import.meta.url);
  const text = readdirSync(folder)
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => readFileSync(new URL(file, folder), 'utf8'))
    .join('\n');
  const tagged = new Set([...text.matchAll(/\[([a-z]+\.[a-z-]+)\]/g)].map(([, id]) => id));
  const known = contract.rules.map(({ id }) => id);
  expect([...tagged].sort()).toEqual([...known].sort());
});
