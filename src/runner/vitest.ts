// `tallystick/vitest`: the contract tests of a server among the tests that vitest runs.

import { afterAll, describe, test } from 'vitest';
import type { ContractTestOptions } from './options.ts';
import { suiteOf } from './suite.ts';

export type { ContractTestOptions, Headers, Later } from './options.ts';

/** Neither vitest's time limit nor its retries: each request has its own, and hiccups are repeated here. */
const TEST = { timeout: 0, retry: 0 };
const SUITE = { concurrent: false, shuffle: false };

/**
 * Registers one test for each check of the contract. Nothing is sent before the first is run. Throws UsageError
 * for a contract that can't be read.
 *
 * `contractTests({ contract: 'flexprice', target: 'http://127.0.0.1:8080/v1', headers: { 'x-api-key': 'one' } })`
 */
export function contractTests(options: ContractTestOptions): void {
  const suite = suiteOf(options);
  describe(suite.name, SUITE, () => {
    for (const group of suite.groups) {
      describe(group.name, SUITE, () => {
        for (const { name, play } of group.tests) {
          test(name, TEST, async ({ skip, annotate }) => {
            const { skipped, why } = await play();
            if (skipped) skip(why);
            if (why !== undefined) await annotate(why, 'warning');
          });
        }
      });
    }
    afterAll(async () => {
      const said = await suite.end();
      if (said !== undefined) console.warn(said);
    }, 0);
  });
}
