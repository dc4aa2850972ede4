// Step 1: which operation a request is for. A radix tree holds all of them, those that no binding covers too, so that
// `/pets/search` is never taken for a pet.

import findMyWay from 'find-my-way';
import { ByName } from '../model/lazy.ts';
import type { Operation } from '../spec/spec.ts';

/** The operation, and the parameters of its path, decoded. */
export interface Match {
  readonly operation: Operation;
  readonly params: Readonly<Record<string, string>>;
}

/** The operation that a request is for; the methods that its path takes where there is none. */
export type Find = (method: string, path: string) => Match | string[];

interface Pattern {
  /** As the router wants it, its parameters named by their place. */
  readonly text: string;
  /** The names that the document gives, and how a segment that holds more than one parameter is split. */
  readonly segments: readonly { readonly names: readonly string[]; readonly split?: RegExp }[];
}

interface Stored {
  readonly pattern: Pattern;
  readonly operation: Operation;
}

type Router = ReturnType<typeof findMyWay>;

/**
 * The look-up; of two operations for the same requests the first one counts, which the document was told of at load.
 * There is a tree for each first segment of a path, planted when it is first asked for.
 */
export function finderOf(operations: readonly Operation[]): Find {
  const served = operations.filter(({ path }) => path.startsWith('/'));
  const known = new Set(served.map(firstOf).filter((first) => !isPattern(first)));
  const under = (first: string) => (operation: Operation) => {
    const own = firstOf(operation);
    return own === first || isPattern(own);
  };
  const all = new ByName(() => routerOf(served));
  const routers = new ByName((first) => routerOf(served.filter(under(first))));
  const routerFor = (path: string) => {
    // What is written in another way may be any of them.
    if (path.includes('%')) return all.get('');
    const first = firstOf({ path });
    return routers.get(known.has(first) ? first : '');
  };
  const methods = [...new Set(operations.map(({ method }) => method))];
  return (method, path) => {
    const router = routerFor(path);
    const match = router.find(method as findMyWay.HTTPMethod, path);
    if (match === null) {
      return methods.filter((other) => router.find(other as findMyWay.HTTPMethod, path) !== null);
    }
    const { pattern, operation } = match.store as Stored;
    return { operation, params: namedParams(pattern, match.params) };
  };
}

function firstOf({ path }: Pick<Operation, 'path'>): string {
  return path.split('/', 2)[1] ?? '';
}

function isPattern(segment: string): boolean {
  return /[{*]/.test(segment);
}

function routerOf(operations: readonly Operation[]): Router {
  const router = findMyWay({ maxParamLength: 65_536, ignoreTrailingSlash: true });
  for (const operation of operations) {
    const pattern = patternOf(operation.path);
    const method = operation.method as findMyWay.HTTPMethod;
    if (router.hasRoute(method, pattern.text)) continue;
    router.on(method, pattern.text, () => undefined, { pattern, operation } satisfies Stored);
  }
  return router;
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
