// A document without a contract, made ready as if it had one.

import type { Contract } from '../contract/contract.ts';
import type { KindShape } from '../contract/format.ts';
import { contractOf } from '../contract/load.ts';
import type { Spec } from '../spec/spec.ts';
import { type Inferred, infer } from './index.ts';

export interface Guessed {
  readonly contract: Contract;
  readonly inferred: Inferred;
}

/** The contract that the document suggests. */
export function guessContract(spec: Spec, kinds: readonly KindShape[]): Guessed {
  const inferred = infer(spec, spec.file);
  return { contract: contractOf(inferred.contract, spec.file, spec, kinds), inferred };
}
