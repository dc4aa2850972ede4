// A document's contract as `tallystick init` writes it, and the contract tests that it gives.

import { plan } from '../../src/conformance/plan.ts';
import { run } from '../../src/conformance/run.ts';
import type { Report } from '../../src/conformance/verdict.ts';
import type { Contract } from '../../src/contract/contract.ts';
import { parseContract } from '../../src/contract/load.ts';
import { infer } from '../../src/infer/index.ts';
import { contractText } from '../../src/infer/text.ts';
import { hooksOf, playable } from '../../src/mock/playable.ts';
import type { Send } from '../../src/model/http.ts';
import { kinds } from '../../src/rules/index.ts';
import { type Basis, parseSpec } from '../../src/spec/spec.ts';
import { inProcess } from '../../src/testing/in-process.ts';

/** The contract, read from the text that is written. */
export function written(document: object): Contract {
  const spec = parseSpec(JSON.stringify(document), 'document.json');
  const text = contractText(infer(spec, 'document.json'), spec.title);
  return parseContract(text, 'document.yaml', kinds, () => spec);
}

/** Our own mock of it. */
export function mockOf(contract: Contract): Send {
  return inProcess(playable(contract, hooksOf(contract, kinds)), { seed: 5 }).send;
}

/** The report on whatever answers; all bases count that are given, the usual ones when none is. */
export async function tested(contract: Contract, send: Send, bases?: Basis[]): Promise<Report> {
  const checks = plan(contract, kinds, bases === undefined ? {} : { bases });
  return run({
    contract,
    checks,
    send,
    target: 'http://here.test',
    headers: { authorization: 'Bearer one' },
    otherHeaders: { authorization: 'Bearer two' },
    seed: 7,
    settle: 0,
    ...(bases === undefined ? {} : { bases }),
  });
}

/** What was found, and what could not be looked at, in words. */
export function told({ results }: Report, verdict: 'violated' | 'notExercised'): string[] {
  return results.flatMap((result) =>
    result.verdict === verdict ? [`${result.id}: ${result.reason ?? ''}`] : [],
  );
}

export function conforming({ results }: Report): number {
  return results.filter(({ verdict }) => verdict === 'conforms').length;
}
