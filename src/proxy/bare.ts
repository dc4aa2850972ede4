// An OpenAPI document without a contract: its schemas and statuses are judged, and no rules.

import { basename } from 'node:path';
import type { Contract } from '../contract/contract.ts';
import type { Spec } from '../spec/spec.ts';

/** A contract that binds nothing and has no rules. */
export function bareContract(spec: Spec): Contract {
  const none = (name: string): never => {
    throw new Error(`no ${name}: the document has no contract`);
  };
  return {
    api: basename(spec.file).replace(/\.(openapi\.)?(ya?ml|json)$/, ''),
    file: spec.file,
    spec,
    profile: 'documented',
    callers: {},
    errors: new Map(),
    resources: new Map(),
    bindings: [],
    rules: [],
    resource: none,
    error: none,
    binding: () => undefined,
    bindingFor: () => undefined,
  };
}
