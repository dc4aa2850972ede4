// The second stage: what must hold before a contract can be compiled at all.

import { checkAction } from '../mock/actions.ts';
import type { JsonObject } from '../model/json.ts';
import { UsageError } from '../model/usage-error.ts';
import type { Context } from './context.ts';
import { atRule, type LintRule, type Spot } from './rule.ts';

const VERBS = ['create', 'read', 'list', 'update', 'delete'] as const;

export const oneVerb: LintRule = {
  id: 'contract/one-verb',
  severity: 'error',
  says: 'An operation does one thing: create, read, list, update or delete one resource, or an action of it.',
  mend: 'Keep one of the words; an action that stands alone names its resource by `of`.',
  find: (context) =>
    Object.entries(context.part('operations')).flatMap(([id, does]): Spot[] => {
      const verbs = VERBS.filter((verb) => verb in does);
      const at = (message: string): Spot[] => [{ message, path: ['operations', id] }];
      if (verbs.length > 1) return at(`${id} does several things: ${verbs.join(', ')}`);
      if (verbs.length === 1) return [];
      if (!('action' in does)) return at(`${id} does nothing: it has none of ${VERBS.join(', ')}`);
      return 'of' in does ? [] : at(`${id}: its action is of no resource`);
    }),
};

export const actionKnown: LintRule = {
  id: 'contract/action-known',
  severity: 'error',
  says: 'An action is a function that somebody has written.',
  mend: 'Use one of the known actions; a new one is a function beside the contract.',
  find: (context) =>
    Object.entries(context.part('operations')).flatMap(([id, does]): Spot[] => {
      try {
        checkAction(id, does['action'] as string | undefined);
        return [];
      } catch (error) {
        if (!(error instanceof UsageError)) throw error;
        return [{ message: error.message, path: ['operations', id, 'action'] }];
      }
    }),
};

export const noCycle: LintRule = {
  id: 'contract/no-cycle',
  severity: 'error',
  says: 'No resource is a part of itself, nor needs one of its own kind to be made first.',
  mend: 'Break the circle at `in`, or leave the reference out of one sample.',
  find(context) {
    const resources = context.part('resources');
    const owner = (name: string) => [resources[name]?.['in'] ?? []].flat() as string[];
    const needed = (name: string) => [...owner(name), ...namedIn(resources[name]?.['sample'])];
    return Object.keys(resources).flatMap((name): Spot[] => {
      const parts = circle(name, owner);
      if (parts !== undefined) {
        const message = `${name} is a part of itself: ${parts.join(' in ')}`;
        return [{ message, path: ['resources', name, 'in'] }];
      }
      const samples = circle(name, (one) => needed(one).filter((other) => other in resources));
      if (samples === undefined) return [];
      const message = `a ${name} can't be made: ${samples.join(' needs ')}`;
      return [{ message, path: ['resources', name, 'sample'] }];
    });
  },
};

/** The names whose fields the sample's expressions use: `=plan.id` names a plan. */
function namedIn(sample: unknown): string[] {
  if (typeof sample === 'string') {
    if (!sample.startsWith('=')) return [];
    return [...sample.matchAll(/\b(\w+)\./g)].map(([, name = '']) => name);
  }
  if (typeof sample !== 'object' || sample === null) return [];
  return Object.values(sample).flatMap(namedIn);
}

/** The way from the name back to itself; undefined when there is none. */
function circle(name: string, next: (name: string) => string[]): string[] | undefined {
  const seen = new Set<string>();
  const search = (at: string, way: readonly string[]): string[] | undefined => {
    for (const other of next(at)) {
      if (other === name) return [...way, other];
      if (seen.has(other)) continue;
      seen.add(other);
      const found = search(other, [...way, other]);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return search(name, [name]);
}

export const partsAgree: LintRule = {
  id: 'contract/parts-agree',
  severity: 'error',
  says: 'A resource that is listed among the parts of another says by `in` that it is one, and of which.',
  mend: 'Add `in` to the part, or take it out of `parts`.',
  find(context) {
    const resources = context.part('resources');
    return Object.entries(resources).flatMap(([name, { parts = {} }]) =>
      Object.entries(parts as JsonObject).flatMap(([field, part]): Spot[] => {
        const owner = resources[String(part)]?.['in'];
        if (owner === name) return [];
        const says = owner === undefined ? 'is in nothing' : `is in ${owner}`;
        const message = `${name}.${field} holds ${part}, which ${says}`;
        return [{ message, path: ['resources', name, 'parts', field] }];
      }),
    );
  },
};

export const expansionRefers: LintRule = {
  id: 'contract/expansion-refers',
  severity: 'error',
  says: 'A field that is expanded is one that a reference rule says what it refers to.',
  mend: 'Add a `reference` rule from the same field.',
  find(context) {
    const referring = new Set(optionsOf(context, 'reference').map(([, { from }]) => from));
    return optionsOf(context, 'expand')
      .filter(([, { at }]) => !referring.has(at))
      .map(([id, { at }]) => atRule(id, `nothing says what ${at} refers to`, 'expand', 'at'));
  },
};

/** Rule id -> its options, for the rules of one kind. */
function optionsOf(context: Context, kind: string): [string, JsonObject][] {
  return Object.entries(context.part('rules')).flatMap(([id, rule]) =>
    kind in rule ? [[id, rule[kind] as JsonObject] as [string, JsonObject]] : [],
  );
}
