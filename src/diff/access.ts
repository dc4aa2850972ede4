// Who is let in, and where: security requirements and servers.

import { isObject, type Json, type JsonObject } from '../model/json.ts';
import type { Spec } from '../spec/spec.ts';
import type { Changes } from './change.ts';
import { childOf, fieldsOf, type Node, rootOf } from './node.ts';
import type { Pair } from './operations.ts';

/** Credential as it is sent -> the scopes that it needs. */
type Alternative = ReadonlyMap<string, readonly string[]>;

/** Tells which credentials are wanted that were not, and the other way around. */
export function compareSecurity({ old, now }: Pair, changes: Changes): void {
  const before = alternativesOf(old.node);
  const after = alternativesOf(now.node);
  const at = { operation: now.id, old: old.node.pointer, new: now.node.pointer };
  if (isOpen(before) || isOpen(after)) {
    if (!isOpen(after)) changes.add('security-added', at, `${said(after)} must be sent`);
    if (!isOpen(before)) changes.add('security-removed', at, 'no credential is needed any more');
    return;
  }
  for (const alternative of before) {
    const same = after.find((other) => nameOf(other) === nameOf(alternative));
    if (same === undefined) {
      changes.add('security-alternative-removed', at, `${nameOf(alternative)} is no longer taken`);
    } else compareScopes(alternative, same, at, changes);
  }
  for (const alternative of after) {
    if (before.some((other) => nameOf(other) === nameOf(alternative))) continue;
    changes.add('security-alternative-added', at, `${nameOf(alternative)} is taken too`);
  }
}

function compareScopes(
  old: Alternative,
  now: Alternative,
  at: { operation: string },
  changes: Changes,
): void {
  for (const [credential, scopes] of now) {
    const before = old.get(credential) ?? [];
    const fresh = scopes.filter((scope) => !before.includes(scope));
    const gone = before.filter((scope) => !scopes.includes(scope));
    if (fresh.length > 0)
      changes.add('security-scope-added', at, `${credential} needs ${fresh.join(', ')}`);
    if (gone.length > 0)
      changes.add('security-scope-removed', at, `${credential} needs no ${gone.join(', ')}`);
  }
}

function isOpen(alternatives: readonly Alternative[]): boolean {
  return alternatives.length === 0 || alternatives.some((one) => one.size === 0);
}

function nameOf(alternative: Alternative): string {
  return [...alternative.keys()].sort().join(' and ');
}

function said(alternatives: readonly Alternative[]): string {
  return alternatives.map(nameOf).join(' or ');
}

function alternativesOf(operation: Node): Alternative[] {
  const root = rootOf(operation.document);
  const stated = fieldsOf(operation)['security'] ?? fieldsOf(root)['security'];
  const schemes = childOf(childOf(root, 'components'), 'securitySchemes');
  return (Array.isArray(stated) ? stated : []).filter(isObject).map((alternative) => {
    const entries = Object.entries(alternative as JsonObject);
    return new Map(
      entries.map(([name, scopes]) => [schemeText(childOf(schemes, name), name), textsOf(scopes)]),
    );
  });
}

function textsOf(value: Json): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

/** A scheme by what is sent: its name in the document matters to nobody. */
function schemeText(scheme: Node, name: string): string {
  const { type, in: where, name: key, scheme: http } = fieldsOf(scheme);
  if (type === 'apiKey') return `${where} "${key}"`;
  return type === 'http' ? `${String(http).toLowerCase()} credentials` : name;
}

/** Tells which servers are listed that were not, and the other way around. */
export function compareServers(old: Spec, now: Spec, changes: Changes): void {
  for (const url of old.servers.filter((one) => !now.servers.includes(one))) {
    changes.add('server-removed', { operation: '', old: '/servers' }, `${url} is no longer listed`);
  }
  for (const url of now.servers.filter((one) => !old.servers.includes(one))) {
    changes.add('server-added', { operation: '', new: '/servers' }, `${url} is listed`);
  }
}
