// Two contracts -> what became of their rules, records and operations: what callers will newly be refused.

import type { Binding, Contract, Rule } from '../contract/contract.ts';
import { type Json, sameJson } from '../model/json.ts';
import { pointer } from '../model/pointer.ts';
import { type Kind, kindNamed } from '../rules/kind.ts';
import { type Change, Changes } from './change.ts';

/** The changes of the contracts alone; those of their documents are `diffSpecs`'s. */
export function diffContracts(old: Contract, now: Contract, kinds: readonly Kind[]): Change[] {
  const changes = new Changes();
  rules(old, now, kinds, changes);
  resources(old, now, changes);
  bindings(old, now, changes);
  return changes.list;
}

function rules(old: Contract, now: Contract, kinds: readonly Kind[], changes: Changes): void {
  const isIn = (all: readonly Rule[], id: string) => all.some((rule) => rule.id === id);
  const gone = old.rules.filter(({ id }) => !isIn(now.rules, id));
  const fresh = now.rules.filter(({ id }) => !isIn(old.rules, id));
  const renamed = new Map<Rule, Rule>();
  for (const rule of gone) {
    const same = fresh.find(
      (other) => isAlike(rule, other) && ![...renamed.values()].includes(other),
    );
    if (same !== undefined) renamed.set(rule, same);
  }
  for (const [was, is] of renamed) {
    changes.add('rule-renamed', at(was, is), `rule ${was.id} is ${is.id} now`);
  }
  for (const rule of fresh.filter((one) => ![...renamed.values()].includes(one))) {
    const id = refuses(rule, now, kinds) ? 'refusing-rule-added' : 'rule-added';
    changes.add(id, at(undefined, rule), `rule ${rule.id} is new: ${rule.says}`);
  }
  for (const rule of gone.filter((one) => !renamed.has(one))) {
    const id = refuses(rule, old, kinds) ? 'refusing-rule-removed' : 'rule-removed';
    changes.add(id, at(rule, undefined), `rule ${rule.id} is gone: ${rule.says}`);
  }
  for (const was of old.rules) {
    const is = now.rules.find(({ id }) => id === was.id);
    if (is !== undefined) changed(was, is, refuses(is, now, kinds), kinds, changes);
  }
}

function isAlike(a: Rule, b: Rule): boolean {
  return a.kind === b.kind && sameJson(a.options, b.options);
}

function refuses(rule: Rule, contract: Contract, kinds: readonly Kind[]): boolean {
  const { check, narrow, admit } = kindNamed(kinds, rule.kind).enforce(rule, contract);
  return (check ?? narrow ?? admit) !== undefined;
}

function at(was: Rule | undefined, is: Rule | undefined) {
  const place = (is ?? was)?.place;
  return {
    operation: '',
    ...(was === undefined ? {} : { old: pointer('rules', was.id) }),
    ...(is === undefined ? {} : { new: pointer('rules', is.id) }),
    ...(place === undefined ? {} : { place }),
  };
}

function changed(
  was: Rule,
  is: Rule,
  refusing: boolean,
  kinds: readonly Kind[],
  changes: Changes,
): void {
  const where = at(was, is);
  if (!isAlike(was, is)) {
    const said = ({ kind, options }: Rule) => `${kind}: ${kindNamed(kinds, kind).explain(options)}`;
    const [before, after] = [said(was), said(is)];
    const news =
      before === after
        ? `has other options of ${is.kind}`
        : `said "${before}", and says "${after}"`;
    changes.add('rule-changed', where, `rule ${is.id} ${news}`);
  }
  const answer = ({ error: { status, code } }: Rule) =>
    `${status}${code === undefined ? '' : ` ${code}`}`;
  if (refusing && answer(was) !== answer(is)) {
    changes.add(
      'refusal-changed',
      where,
      `rule ${is.id} refuses with ${answer(is)}, and did with ${answer(was)}`,
    );
  }
  if (was.basis !== is.basis) {
    changes.add('rule-basis-changed', where, `rule ${is.id} was ${was.basis}, and is ${is.basis}`);
  }
}

function resources(old: Contract, now: Contract, changes: Changes): void {
  for (const name of old.resources.keys()) {
    if (now.resources.has(name)) continue;
    const gone = { operation: '', old: pointer('resources', name) };
    changes.add('resource-removed', gone, `${name} is no longer kept`);
  }
  for (const name of now.resources.keys()) {
    if (old.resources.has(name)) continue;
    changes.add(
      'resource-added',
      { operation: '', new: pointer('resources', name) },
      `${name} is kept`,
    );
  }
}

function bindings(old: Contract, now: Contract, changes: Changes): void {
  for (const was of old.bindings) {
    const { id } = was.operation;
    const is = now.binding(id);
    const before = { operation: id, old: pointer('operations', id) };
    if (is === undefined) changes.add('binding-removed', before, `${id} is no longer played`);
    else if (!sameJson(does(was), does(is))) {
      const where = { ...before, new: pointer('operations', id) };
      changes.add('binding-changed', where, `${id} was "${said(was)}", and is "${said(is)}"`);
    }
  }
  for (const { operation } of now.bindings) {
    if (old.binding(operation.id) !== undefined) continue;
    const where = { operation: operation.id, new: pointer('operations', operation.id) };
    changes.add('binding-added', where, `${operation.id} is played`);
  }
}

function said({ verb, resource, action, each }: Binding): string {
  return [`${verb}: ${resource.name}`, action, each]
    .filter((part) => part !== undefined)
    .join(', ');
}

function does({ verb, resource, by, each, action, answer }: Binding): Json {
  return [verb, resource.name, by, each ?? null, action ?? null, answer?.text ?? null];
}
