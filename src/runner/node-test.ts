// `tallystick/node-test`: the contract tests of a server among the tests that `node --test` runs.

import { after, describe, test } from 'node:test';
import type { ContractTestOptions } from './options.ts';
import { suiteOf } from './suite.ts';

export type { ContractTestOptions, Headers, Later } from './options.ts';

/**
 * Registers one test for each check of the contract. Nothing is sent before the first is run. Throws UsageError
 * for a contract that can't be read.
 *
 * `contractTests({ contract: 'flexprice', target: 'http://127.0.0.1:8080/v1', headers: { 'x-api-key': 'one' } })`
 */
export function contractTests(options: ContractTestOptions): void {
  const suite = suiteOf(options);
  describe(suite.name, { concurrency: false }, () => {
    for (const group of suite.groups) {
      describe(group.name, { concurrency: false }, () => {
        for (const { name, play } of group.tests) {
          test(name, async (context) => {
            const { skipped, why } = await play();
            if (skipped) context.skip(why);
            else if (why !== undefined) context.diagnostic(why);
          });
        }
      });
    }
    after(async () => {
      const said = await suite.end();
      if (said !== undefined) console.warn(said);
    });
  });
}
