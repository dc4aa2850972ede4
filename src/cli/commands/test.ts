// `tallystick test`: runs the contract tests of an API against a real server.

import { randomInt } from 'node:crypto';
import { Command, Option } from 'commander';
import { fetchSend } from '../../conformance/fetch-send.ts';
import { plan } from '../../conformance/plan.ts';
import { baseUrl, refuseProduction } from '../../conformance/reach.ts';
import { run } from '../../conformance/run.ts';
import { exercisedShare, type Report } from '../../conformance/verdict.ts';
import type { Contract } from '../../contract/contract.ts';
import { loadContract } from '../../contract/load.ts';
import { kinds } from '../../rules/index.ts';
import { contractFile } from '../bundled.ts';
import { EXIT } from '../exit.ts';
import { makeReporters, REPORTERS } from '../reporters.ts';
import { type TestFlags, testOptions } from '../test-options.ts';

const EXAMPLES = `
Examples:
  tallystick test flexprice --target https://staging.example.test/v1 \\
    --header 'x-api-key: KEY' --other-header 'x-api-key: OTHER'
  TALLYSTICK_HEADER='x-api-key: KEY' tallystick test flexprice --target http://127.0.0.1:8080/v1
                                             the credential is not in the shell's history
  tallystick test flexprice --target URL --header env:STAGING_KEY --reporter list --reporter json=report.json
  tallystick test flexprice --target URL --only 'group.*' --seed 7
  tallystick test flexprice --list           what would be checked, without sending anything

Exit codes: 0 all conform, 1 violations, 2 bad usage, 3 target unreachable, 4 not conclusive (under 80 % of
the rules could be exercised), 130 interrupted.`;

/** The command; its action throws UsageError for mistakes and sets the exit code otherwise. */
export function testCommand(): Command {
  const command = new Command('test')
    .description('check that a server keeps the documented rules of an API')
    .argument('<api>', 'name of a bundled API, or a contract file');
  for (const option of options()) command.addOption(option);
  return command.addHelpText('after', EXAMPLES).action(action);
}

function options(): Option[] {
  const collect = (value: string, earlier: string[] = []) => [...earlier, value];
  return [
    new Option('--target <url>', 'base URL of the server, such as http://127.0.0.1:8080/v1').env(
      'TALLYSTICK_TARGET',
    ),
    new Option(
      '--header <header>',
      "'name: value', or env:NAME that holds one; repeatable",
    ).argParser(collect),
    new Option('--other-header <header>', 'the same for a second tenant; repeatable').argParser(
      collect,
    ),
    new Option(
      '--basis <list>',
      'which rules count: documented, protocol, observed, assumed',
    ).default('documented,protocol'),
    new Option('--only <glob>', 'only checks whose id matches'),
    new Option('--reporter <name[=file]>', `${REPORTERS.join(', ')}; repeatable`).argParser(
      collect,
    ),
    new Option('--seed <number>', 'what values are made from; said at the end of each run'),
    new Option('--timeout <ms>', 'for one request').default('10000'),
    new Option('--settle <ms>', 'how long a list may lag behind a write').default('2000'),
    new Option('--list', 'print the checks and send nothing'),
    new Option('--i-know-this-is-production', "allow a target that the spec's servers list"),
  ];
}

async function action(api: string, flags: TestFlags): Promise<void> {
  const contract = loadContract(contractFile(api), kinds);
  const options = testOptions(flags);
  const checks = plan(contract, kinds, options);
  if (flags.list === true) {
    process.stdout.write(checks.map(({ id, says }) => `${id}  ${says}\n`).join(''));
    return;
  }
  if (flags.iKnowThisIsProduction !== true) refuseProduction(contract, options.target);
  process.exitCode = await runAndReport(contract, options, checks);
}

async function runAndReport(
  contract: Contract,
  options: ReturnType<typeof testOptions>,
  checks: ReturnType<typeof plan>,
): Promise<number> {
  const base = await baseUrl(contract, options.target, options.headers);
  const reporters = makeReporters(options.reporters);
  let interrupted = false;
  const interrupt = () => {
    interrupted = true;
  };
  process.once('SIGINT', interrupt);
  const report = await run({
    contract,
    checks,
    send: fetchSend(base, { timeout: options.timeout }),
    target: base,
    headers: options.headers,
    ...(options.otherHeaders === undefined ? {} : { otherHeaders: options.otherHeaders }),
    seed: options.seed ?? randomInt(2 ** 31),
    bases: options.bases,
    settle: options.settle,
    progress: (result, done, all) => {
      for (const reporter of reporters) reporter.progress?.(result, done, all);
    },
    stopped: () => interrupted,
  });
  process.off('SIGINT', interrupt);
  for (const reporter of reporters) reporter.end(report);
  return interrupted ? EXIT.interrupted : exitCodeOf(report);
}

function exitCodeOf(report: Report): number {
  if (report.summary.violated > 0) return EXIT.findings;
  return exercisedShare(report.results) < 0.8 ? EXIT.notConclusive : EXIT.clean;
}
