// A check of what the spec, or plain protocol, promises: its words and its basis.

import { type Binding, type Contract, fieldSchema } from '../contract/contract.ts';
import type { Probe, Step } from '../model/steps.ts';
import { basisOf } from '../spec/spec.ts';
import type { PlannedCheck } from './verdict.ts';

/** What each family says, for the report. */
const SAYS = {
  accepts: 'A body that fits the schema is accepted.',
  refuses: 'A body that breaks the schema is refused.',
  'unknown-id': 'An id that no record has is refused.',
  credentials: 'Required credentials are checked.',
  records: 'What is created is a record of its own, and lists show what reads show.',
  refusals: 'A refused request leaves nothing behind.',
} as const;

type Family = keyof typeof SAYS;

/** The check with these steps, named after its operation; `fine` as a probe's. */
export function check(
  contract: Contract,
  family: Family,
  binding: Binding,
  id: string,
  steps: Step[],
  fine = 0,
): PlannedCheck {
  const operation = binding.operation.id;
  const probe: Probe = { id, operation, steps, ...(fine === 0 ? {} : { fine }) };
  return {
    id: `${operation}/${id}`,
    rule: `spec.${family}`,
    says: SAYS[family],
    basis: family === 'accepts' || family === 'refuses' ? 'documented' : 'protocol',
    source: contract.spec.file,
    operation,
    probe,
  };
}

/** Whether the documents speak of this field of the body. */
export function isDocumentedField({ body }: Binding, field: string): boolean {
  const schema = fieldSchema(body ?? true, field);
  return schema !== undefined && basisOf(schema) === 'documented';
}
