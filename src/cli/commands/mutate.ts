// `tallystick mutate`: measures the contract tests against mocks that are broken on purpose.

import { Command, Option } from 'commander';
import { type MutantResult, mutate } from '../../conformance/mutate.ts';
import { contractFile } from '../../contract/bundled.ts';
import { loadContract } from '../../contract/load.ts';
import { colorsFor } from '../../report/list.ts';
import { mutationText } from '../../report/mutation.ts';
import { kinds } from '../../rules/index.ts';
import { playMutant } from '../../testing/mutant.ts';
import { EXIT } from '../exit.ts';
import { testOptions } from '../test-options.ts';

const EXAMPLES = `
Examples:
  tallystick mutate flexprice                 the score, and every mutant that no check found
  tallystick mutate flexprice --basis documented,protocol,observed
  tallystick mutate flexprice --json          for machines

Exit codes: 0 every mutant is killed or equivalent, 1 some survived, 2 bad usage.`;

interface Flags {
  readonly basis: string;
  readonly json?: boolean;
}

/** The command; exit code 1 when a mutant survives. */
export function mutateCommand(): Command {
  return new Command('mutate')
    .description(
      'measure the contract tests: break the mock on purpose and see whether they notice',
    )
    .argument('<api>', 'name of a bundled API, or a contract file')
    .addOption(new Option('--basis <list>', 'which rules count').default('documented,protocol'))
    .addOption(new Option('--json', 'print the results as JSON'))
    .addHelpText('after', EXAMPLES)
    .action(action);
}

async function action(api: string, flags: Flags): Promise<void> {
  const contract = loadContract(contractFile(api), kinds);
  const none = {
    ...{ timeout: '0', settle: '0', workers: '1', maxRequests: 'all' },
    ...{ cleanup: false, list: true },
  };
  const { bases } = testOptions({ basis: flags.basis, ...none }, []);
  const live = process.stderr.isTTY === true;
  const results = await mutate({
    contract,
    kinds,
    bases,
    seed: 1,
    play: (mutant) => playMutant(contract, kinds, mutant),
    headers: credentials(contract.spec.operations[0]?.credentials[0], 'one'),
    otherHeaders: credentials(contract.spec.operations[0]?.credentials[0], 'two'),
    progress: (_, done, all) => {
      if (live) process.stderr.write(`\r${done}/${all} mutants`);
    },
  });
  if (live) process.stderr.write('\r\x1b[K');
  process.stdout.write(
    flags.json === true
      ? `${JSON.stringify({ version: 1, api: contract.api, mutants: results }, null, 2)}\n`
      : mutationText(contract.api, results, colorsFor(process.stdout)),
  );
  process.exitCode = survived(results) ? EXIT.findings : EXIT.clean;
}

function survived(results: readonly MutantResult[]): boolean {
  return results.some(({ verdict }) => verdict === 'survived');
}

/** A header that the mock in memory takes as a tenant of its own. */
function credentials(credential: { name: string; prefix: string } | undefined, secret: string) {
  return credential === undefined
    ? {}
    : { [credential.name.toLowerCase()]: `${credential.prefix}${secret}` };
}
