// What is there and does nothing: resources that no operation has, operations that no rule speaks of, rules that
// nothing checks, examples that nobody reads.

import type { Contract, Rule } from '../contract/contract.ts';
import { splitPath } from '../contract/contract.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { type Kind, kindNamed } from '../rules/kind.ts';
import { atRule, type LintRule, type Spot } from './rule.ts';

export const resourceUsed: LintRule = {
  id: 'contract/resource-used',
  severity: 'warning',
  says: 'A resource is made, read or listed by some operation, or is a part of one that is.',
  mend: 'Bind an operation to it, or remove it.',
  find({ contract }) {
    const bound = new Set(contract.bindings.map(({ resource }) => resource.name));
    return [...contract.resources.values()]
      .filter(({ name, owner }) => !bound.has(name) && owner === undefined)
      .map(({ name }) => ({
        message: `no operation has anything to do with ${name}`,
        path: ['resources', name],
      }));
  },
};

/** Kinds that say the same of every resource, and so nothing of any. */
const OF_ALL = ['scope', 'kept', 'stamp'];

export const operationHasRules: LintRule = {
  id: 'contract/operation-has-rules',
  severity: 'warning',
  says: 'An operation that the contract binds has a rule of its own, or its resource has one.',
  mend: 'Say what is documented of it as a rule, or leave it unbound.',
  find({ contract }) {
    const named = new Set(
      contract.rules
        .filter(({ kind }) => !OF_ALL.includes(kind))
        .flatMap(({ options }) => wordsOf(options)),
    );
    return contract.bindings
      .filter(({ operation, resource }) => !named.has(operation.id) && !named.has(resource.name))
      .map(({ operation, resource }) => ({
        message: `no rule speaks of ${operation.id}, nor of ${resource.name}`,
        path: ['operations', operation.id],
      }));
  },
};

/** Every word in the keys and strings of the options: names of operations and resources are among them. */
function wordsOf(value: unknown): string[] {
  if (typeof value === 'string') return value.split(/[^\w-]+/);
  if (typeof value !== 'object' || value === null) return [];
  const keys = Array.isArray(value) ? [] : Object.keys(value);
  return [...keys, ...Object.values(value).flatMap(wordsOf)];
}

export const hasCheck: LintRule = {
  id: 'contract/has-check',
  severity: 'warning',
  says: 'A documented rule has a check: something that a client sees tells whether it is kept.',
  mend: 'Add examples that it accepts and refuses, or a scenario that shows it.',
  find: ({ contract, kinds }) =>
    contract.rules.flatMap((rule): Spot[] => {
      if (rule.basis !== 'documented' && rule.basis !== 'protocol') return [];
      if (probesOf(rule, contract, kinds).length > 0) return [];
      const stories = contract.rules
        .filter(({ kind }) => kind === 'scenario')
        .map(({ options }) => new Set(wordsOf(options)));
      const subjects = subjectsOf(rule);
      const isTold = subjects.every((words) =>
        stories.some((story) => words.every((word) => story.has(word))),
      );
      if (subjects.length > 0 && isTold) return [];
      return [atRule(rule.id, 'no check comes of it, and no scenario tells of it', rule.kind)];
    }),
};

/** What a scenario must mention to be about the rule: each list of words is one thing it speaks of. */
function subjectsOf({ kind, options }: Rule): string[][] {
  if (kind === 'filled') {
    const is = options['is'];
    const [, path] = splitPath(String(options['at']));
    const fields = typeof is === 'string' ? [path] : Object.keys(is as JsonObject);
    return fields.map((field) => [String(field.split(/[.[]/).filter(Boolean).at(-1))]);
  }
  if (kind === 'list') {
    const params = Object.keys((options['filter'] ?? {}) as JsonObject);
    return ([options['at']].flat() as string[]).flatMap((id) => params.map((param) => [id, param]));
  }
  return [];
}

function probesOf(rule: Rule, contract: Contract, kinds: readonly Kind[]) {
  return kindNamed(kinds, rule.kind).probe(rule, contract);
}

export const examplesHaveEffect: LintRule = {
  id: 'contract/examples-have-effect',
  severity: 'warning',
  says: 'Examples are read by the kind of their rule: each adds to what is checked, or changes it.',
  mend: 'Remove them, or give them to a rule whose kind reads them: value, require, reference.',
  find: ({ contract, kinds }) =>
    contract.rules.flatMap((rule) => {
      const all = JSON.stringify(probesOf(rule, contract, kinds));
      return (['accept', 'refuse', 'beside'] as const).flatMap((word): Spot[] => {
        if (Object.keys(rule.examples[word]).length === 0) return [];
        const without = {
          ...rule,
          examples: { ...rule.examples, [word]: word === 'beside' ? {} : [] },
        };
        if (JSON.stringify(probesOf(without, contract, kinds)) !== all) return [];
        return [atRule(rule.id, `its examples under "${word}" change nothing`, 'examples', word)];
      });
    }),
};

export const hasRefusedExample: LintRule = {
  id: 'contract/has-refused-example',
  severity: 'warning',
  says: 'A condition has an example that breaks it; else a server that never looks passes every check.',
  mend: 'Add `examples: { refuse: [...] }` with the smallest change of the sample that breaks it.',
  find: ({ contract }) =>
    contract.rules.flatMap((rule): Spot[] => {
      const { kind, options, examples, id } = rule;
      if (kind !== 'require' || examples.refuse.length > 0) return [];
      if (contract.bindingFor('create', String(options['of'])) === undefined) return [];
      return [atRule(id, 'nothing shows what it refuses', kind)];
    }),
};

export const repeatsRule: LintRule = {
  id: 'contract/repeats-rule',
  severity: 'warning',
  says: 'No two rules say the same: one kind, one set of options.',
  mend: 'Remove one of them.',
  find(context) {
    const first = new Map<string, string>();
    return Object.entries(context.part('rules')).flatMap(([id, rule]): Spot[] => {
      const kind = context.kinds.find(({ name }) => name in rule)?.name ?? '';
      const said = JSON.stringify([kind, sorted(rule[kind] ?? null), rule['profiles'] ?? null]);
      const before = first.get(said);
      if (before === undefined) {
        first.set(said, id);
        return [];
      }
      return [atRule(id, `it says the same as rule ${before}`, kind)];
    });
  },
};

/** The value with the keys of its objects in order. */
function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map((item: Json) => sorted(item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, child]) => [key, sorted(child)]),
  );
}
