// Two OpenAPI documents -> every change between them.

import type { Spec } from '../spec/spec.ts';
import { compareSecurity, compareServers } from './access.ts';
import { compareAnswers, compareRequestBody } from './bodies.ts';
import { type Change, Changes } from './change.ts';
import { pairOperations } from './operations.ts';
import { compareParameters } from './parameters.ts';

/** The changes, operation by operation in the order of the new document. */
export function diffSpecs(old: Spec, now: Spec): Change[] {
  const changes = new Changes();
  compareServers(old, now, changes);
  for (const pair of pairOperations(old, now, changes)) {
    compareSecurity(pair, changes);
    compareParameters(pair, changes);
    compareRequestBody(pair, changes);
    compareAnswers(pair, changes);
  }
  return unique(changes.list);
}

/** Two media types of one body may refer to one schema. */
function unique(all: readonly Change[]): Change[] {
  return [...new Map(all.map((change) => [JSON.stringify(change), change])).values()];
}
