// Which operation a request is for, with or without the document's base path before it.

import { finderOf } from '../mock/find.ts';
import type { Operation, Spec } from '../spec/spec.ts';

export interface Match {
  readonly operation: Operation;
  /** Below the base path. */
  readonly path: string;
  /** The parameters of the path, decoded. */
  readonly params: Readonly<Record<string, string>>;
}

export type Matcher = (method: string, path: string) => Match | undefined;

/** The look-up; undefined comes back for what the document does not have. */
export function matcherOf({
  operations,
  basePath,
}: Pick<Spec, 'operations' | 'basePath'>): Matcher {
  const find = finderOf(operations);
  return (method, path) => {
    const below = basePath !== '' && path.startsWith(`${basePath}/`);
    for (const known of below ? [path, path.slice(basePath.length)] : [path]) {
      const found = find(method, known);
      if (!Array.isArray(found)) return { ...found, path: known };
    }
    return undefined;
  };
}
