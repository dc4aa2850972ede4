// The first stages: whether the text is YAML, has the shape of a contract, names a spec that can be read, and
// nothing that does not exist. What other commands refuse with exit code 2 is a finding here.

import { checkNames } from '../contract/check-names.ts';
import { checkShape } from '../contract/check-shape.ts';
import type { Finding } from '../model/finding.ts';
import { pointerKeys } from '../model/pointer.ts';
import { UsageError } from '../model/usage-error.ts';
import type { LintRule, Spot } from './rule.ts';

export const syntax: LintRule = {
  id: 'contract/syntax',
  severity: 'error',
  says: 'A contract is YAML: no key twice, no tabs as indentation, nothing that grows without end.',
  mend: 'Mend the text at the place that is told.',
  find: ({ parsed, file }) =>
    parsed.mistakes.map(({ message, line, column }) => ({
      message,
      path: [],
      place: { file, line, column },
    })),
};

export const shape: LintRule = {
  id: 'contract/shape',
  severity: 'error',
  says: 'A contract has the keys, and the types of values, of contract.schema.json.',
  mend: 'contracts/README.md describes the language; editors complete it.',
  find: ({ yaml, kinds }) => checkShape(yaml, kinds).map(spotOf),
};

export const spec: LintRule = {
  id: 'contract/spec',
  severity: 'error',
  says: 'The spec that a contract names is an OpenAPI 3 document that can be read, references and all.',
  mend: 'Give the path of the document relative to the contract, and mend what is said of it.',
  find(context) {
    try {
      void context.spec;
      return [];
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      return error.messages.map((message) => ({ message, path: ['spec'] }));
    }
  },
};

export const names: LintRule = {
  id: 'contract/names',
  severity: 'error',
  says: 'Resources, operations, schemas, fields, places and errors that are named exist; expressions are CEL.',
  mend: 'Correct the name, or add what it names.',
  find: ({ yaml, spec: known, kinds }) => checkNames(yaml, known, kinds).map(spotOf),
};

function spotOf({ message, pointer = '', place }: Finding): Spot {
  return { message, path: pointerKeys(pointer), ...(place === undefined ? {} : { place }) };
}
