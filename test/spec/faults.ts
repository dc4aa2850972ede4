// A value held against the schema S of a document.

import type { Spec } from '../../src/spec/spec.ts';

/** What is wrong with the value, in words. */
export function faults(spec: Spec, value: unknown): string[] {
  return spec.schemas
    .validator(spec.schema('S') ?? true)(value)
    .map(({ says }) => says);
}
