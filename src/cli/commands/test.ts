// `tallystick test`: runs the contract tests of an API against a real server.

import { randomInt } from 'node:crypto';
import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import { readGiven } from '../../conformance/given.ts';
import { plan } from '../../conformance/plan.ts';
import type { RunOptions } from '../../conformance/run.ts';
import { shardOf } from '../../conformance/shard.ts';
import { MOST_REQUESTS, shortened } from '../../conformance/short.ts';
import type { PlannedCheck } from '../../conformance/verdict.ts';
import { contractFile } from '../../contract/bundled.ts';
import type { Contract } from '../../contract/contract.ts';
import { loadContract } from '../../contract/load.ts';
import { kinds } from '../../rules/index.ts';
import { defaultLedger } from '../../target/ledger-file.ts';
import { linkTo } from '../../target/link.ts';
import { baseUrl, refuseProduction } from '../../target/preflight.ts';
import { EXIT } from '../exit.ts';
import { EXPLORED_FOLDER, exploring, readScenario } from '../explored-files.ts';
import { linkOptions } from '../link-options.ts';
import { liveLine } from '../live-line.ts';
import { reportFlags } from '../report-options.ts';
import { hiddenError, startReporting } from '../reporting.ts';
import { type TestFlags, type TestOptions, testOptions } from '../test-options.ts';
import { tidyRun } from '../tidy-run.ts';

const EXAMPLES = `
Examples:
  tallystick test flexprice --target https://staging.example.test/v1 \\
    --header 'x-api-key: KEY' --other-header 'x-api-key: OTHER'
  TALLYSTICK_HEADER='x-api-key: KEY' tallystick test flexprice --target http://127.0.0.1:8080/v1
                                             the credential is not in the shell's history
  tallystick test flexprice --target URL --header env:STAGING_KEY --reporter list --reporter json=report.json
  tallystick test flexprice --target URL --only 'group.*' --seed 7
  tallystick test flexprice --target URL --reporter github --reporter html=out/report.html --reporter junit=out/junit.xml
  tallystick test flexprice --target URL --seed 7 --shard 1/4 --reporter json=1.json
                                             one of four machines; 'merge-reports --help' has the rest
  tallystick test flexprice --target URL --write-baseline known.yaml
  tallystick test flexprice --target URL --baseline known.yaml
                                             what is in it, with a reason of yours, fails no run
  tallystick test dodopayments --target URL --rate 2/s --workers 1 --given meter=mtr_1
                                             slowly, with a meter that is there and stays as it is
  tallystick test flexprice --target URL --explore 50 --seed 7
  tallystick test flexprice --target URL --replay .tallystick/explore/flexprice-getGroup-7.yaml
                                             random sequences, and the shortest that went wrong once more
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
    ...reportFlags(),
    new Option(
      '--shard <i/n>',
      'only one of n parts of the plan; merge-reports puts them together',
    ),
    new Option('--seed <number>', 'what values are made from; said at the end of each run'),
    new Option('--settle <ms>', 'how long a list may lag behind a write').default('2000'),
    new Option('--workers <number>', 'how many checks are under way at once').default('4'),
    new Option(
      '--max-requests <number>',
      "about as many as a run may send: the finest points are left out first; 'all' leaves none out",
    ).default(`${MOST_REQUESTS}`),
    new Option('--max-failures <number>', 'stop after so many violations'),
    new Option(
      '--given <resource=id>',
      'a record that is there, used and left as it is; repeatable',
    ).argParser(collect),
    new Option(
      '--ledger <file>',
      'where what the run makes is written down until it is removed (default: a new file in .tallystick)',
    ),
    new Option('--no-cleanup', 'keep what the run makes, and no ledger'),
    new Option(
      '--explore <number>',
      'after the checks, play so many random sequences and compare them with the mock',
    ),
    new Option('--save <folder>', 'where a sequence that shows a disagreement is kept').default(
      EXPLORED_FOLDER,
    ),
    new Option('--replay <file>', 'play a kept sequence, and nothing else'),
    ...linkOptions(),
    new Option('--list', 'print the checks and send nothing'),
  ];
}

async function action(api: string, flags: TestFlags): Promise<void> {
  const file = contractFile(api);
  const contract = loadContract(file, kinds);
  const options = testOptions(flags, contract.resources.keys());
  const all =
    options.replay === undefined
      ? plan(contract, kinds, options)
      : [readScenario(options.replay, contract)];
  const planned = shortened(contract, all, options.maxRequests);
  const { shard } = options;
  const checks = shard === undefined ? planned : shardOf(contract, planned, shard.index, shard.of);
  if (flags.list === true) {
    process.stdout.write(checks.map(({ id, says }) => `${id}  ${says}\n`).join(''));
    return;
  }
  if (flags.iKnowThisIsProduction !== true) refuseProduction(contract, options.target);
  try {
    const named = file === api ? resolve(api) : api;
    const sizes = { planned: planned.length, leftOut: all.length - planned.length };
    process.exitCode = await runAndReport(contract, named, options, checks, sizes);
  } catch (error) {
    throw hiddenError(error, options.hide);
  }
}

async function runAndReport(
  contract: Contract,
  named: string,
  options: TestOptions,
  checks: readonly PlannedCheck[],
  { planned, leftOut }: { readonly planned: number; readonly leftOut: number },
): Promise<number> {
  const { target, headers, shard, seed = randomInt(2 ** 31) } = options;
  const link = await linkTo(contract, target, options);
  const base = await baseUrl(contract, target, headers, (url) => link(url, { patience: 2 }));
  const given = await readGiven(contract, options.given, link(base), headers);
  const isReplay = options.replay !== undefined;
  const isWhole = shard === undefined && options.only === undefined && !isReplay && leftOut === 0;
  const reporting = startReporting({ ...options, isWhole });
  const live = liveLine(checks.length);
  const stop = new AbortController();
  const about: RunOptions = {
    contract,
    checks,
    send: live.counted(link(base, { signal: stop.signal })),
    target: base,
    headers,
    ...(options.otherHeaders === undefined ? {} : { otherHeaders: options.otherHeaders }),
    seed,
    mark: Math.floor(Date.now() / 1000).toString(36),
    bases: options.bases,
    settle: options.settle,
    ...(shard === undefined ? {} : { shard: { ...shard, planned } }),
    leftOut,
    workers: options.workers,
    ...(options.maxFailures === undefined ? {} : { maxFailures: options.maxFailures }),
    given,
    ...(isReplay ? { traffic: false } : {}),
    ...(await exploring(contract, named, { ...options, seed }, (text) =>
      live.say(options.hide(text)),
    )),
    progress: live.progress(reporting.progress),
  };
  const ledger = options.cleanup ? (options.ledger ?? defaultLedger(seed)) : undefined;
  const say = (text: string) => live.say(options.hide(text));
  const tidy = { contract: named, ledger, send: link(base), stop, say };
  const report = await tidyRun(about, tidy).finally(live.end);
  const code = reporting.end(report);
  return stop.signal.aborted ? EXIT.interrupted : code;
}
