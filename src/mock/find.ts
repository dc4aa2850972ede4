// Step 1: which operation a request is for. One radix tree holds all of them, those that no binding covers too, so
// that `/pets/search` is never taken for a pet.

import findMyWay from 'find-my-way';
import type { Operation } from '../spec/spec.ts';
import type { Playable, Route } from './playable.ts';

interface Pattern {
  /** As the router wants it, its parameters named by their place. */
  readonly text: string;
  /** The names that the document gives, and how a segment that holds more than one parameter is split. */
  readonly segments: readonly { readonly names: readonly string[]; readonly split?: RegExp }[];
}

interface Stored {
  readonly pattern: Pattern;
  readonly found: { readonly route: Route } | { readonly unbound: Operation };
}

/** The look-up over the routes, and over the operations that have none. */
export function finderOf(
  routes: readonly Route[],
  operations: readonly Operation[],
): Playable['find'] {
  const router = findMyWay({ maxParamLength: 65_536, ignoreTrailingSlash: true });
  const add = (operation: Operation, found: Stored['found']) => {
    if (!operation.path.startsWith('/')) return;
    const pattern = patternOf(operation.path);
    const method = operation.method as findMyWay.HTTPMethod;
    // The document was told of at load where it has the same requests twice: the first ones count.
    if (router.hasRoute(method, pattern.text)) return;
    router.on(method, pattern.text, () => undefined, { pattern, found } satisfies Stored);
  };
  for (const route of routes) add(route.binding.operation, { route });
  const bound = new Set(routes.map(({ binding }) => binding.operation));
  for (const operation of operations)
    if (!bound.has(operation)) add(operation, { unbound: operation });
  const methods = [...new Set(operations.map(({ method }) => method))];
  const lookup = (method: string, path: string) => {
    const match = router.find(method as findMyWay.HTTPMethod, path);
    return match === null ? undefined : { stored: match.store as Stored, params: match.params };
  };
  return (method, path) => {
    const match = lookup(method, path);
    if (match === undefined) return methods.filter((other) => lookup(other, path) !== undefined);
    const { stored, params } = match;
    if ('unbound' in stored.found) return stored.found;
    return { route: stored.found.route, params: namedParams(stored.pattern, params) };
  };
}

function patternOf(path: string): Pattern {
  const segments: { names: string[]; split?: RegExp }[] = [];
  const parts = path.split('/').map((part) => {
    const names = [...part.matchAll(/\{([^}]*)\}/g)].map(([, name]) => name ?? '');
    if (names.length === 0 && !part.includes('*')) return part.replaceAll(':', '::');
    const place = `:p${segments.length}`;
    if (names.length === 1 && part === `{${names[0]}}`) {
      segments.push({ names });
      return place;
    }
    const source = part
      .split(/\{[^}]*\}/)
      .map((literal) => literal.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
      .join('([^/]+)');
    segments.push({ names, split: new RegExp(`^${source}$`) });
    return `${place}(^${source}$)`;
  });
  return { text: parts.join('/'), segments };
}

function namedParams(
  { segments }: Pattern,
  params: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const named: Record<string, string> = {};
  segments.forEach(({ names, split }, i) => {
    const value = params[`p${i}`] ?? '';
    const values = split === undefined ? [value] : (split.exec(value)?.slice(1) ?? []);
    names.forEach((name, j) => {
      named[name] = values[j] ?? '';
    });
  });
  return named;
}
