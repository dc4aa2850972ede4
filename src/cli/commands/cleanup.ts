// `tallystick cleanup`: removes what a run left that could not tidy up after itself, as its ledger says.

import { Command, Option } from 'commander';
import { cleanUp, removable } from '../../conformance/clean-up.ts';
import type { CleanUp } from '../../conformance/verdict.ts';
import { contractFile } from '../../contract/bundled.ts';
import type { Contract } from '../../contract/contract.ts';
import { loadContract } from '../../contract/load.ts';
import { UnreachableError, UsageError } from '../../model/usage-error.ts';
import { cleanUpText } from '../../report/clean-up.ts';
import { kinds } from '../../rules/index.ts';
import {
  foundLedgers,
  isUnderWay,
  LEDGER_FOLDER,
  type LedgerFile,
  readLedger,
  removeLedger,
} from '../../target/ledger-file.ts';
import { linkTo } from '../../target/link.ts';
import { refuseProduction } from '../../target/preflight.ts';
import { type CleanUpFlags, type CleanUpOptions, cleanUpOptions } from '../clean-up-options.ts';
import { EXIT } from '../exit.ts';
import { linkOptions } from '../link-options.ts';

const EXAMPLES = `
Examples:
  tallystick cleanup --header 'x-api-key: KEY' --other-header 'x-api-key: OTHER'
                                             what the runs in this folder left
  tallystick cleanup --dry-run               what would be removed, without sending anything
  tallystick cleanup .tallystick/ledger-20260101T120000-7.jsonl --header env:STAGING_KEY

Only records whose ids the ledger holds are removed, on the target that it names. Exit codes: 0 nothing is left
that could be removed, 1 something is, 2 bad usage, 3 target unreachable.`;

/** The command; its action throws UsageError for mistakes and sets the exit code otherwise. */
export function cleanUpCommand(): Command {
  const collect = (value: string, earlier: string[] = []) => [...earlier, value];
  const command = new Command('cleanup')
    .description('remove what a crashed run of tallystick test left on its target')
    .argument('[ledgers...]', `ledgers of runs; all in ${LEDGER_FOLDER} when absent`)
    .addOption(
      new Option(
        '--header <header>',
        "as the run's: 'name: value', or env:NAME that holds one; repeatable",
      ).argParser(collect),
    )
    .addOption(
      new Option('--other-header <header>', 'the same for the second tenant; repeatable').argParser(
        collect,
      ),
    )
    .addOption(new Option('--dry-run', 'print what would be removed and send nothing'));
  for (const option of linkOptions()) command.addOption(option);
  return command.addHelpText('after', EXAMPLES).action(action);
}

async function action(files: readonly string[], flags: CleanUpFlags): Promise<void> {
  const options = cleanUpOptions(flags);
  const ledgers = (files.length > 0 ? files : foundLedgers()).map(readLedger);
  if (ledgers.length === 0) {
    process.stdout.write(`no ledger in ${LEDGER_FOLDER}: nothing was left\n`);
    return;
  }
  let isClean = true;
  for (const ledger of ledgers) {
    if (files.length === 0 && isUnderWay(ledger.head)) {
      say(ledger, `belongs to a run that is going on (process ${ledger.head.process})`);
      continue;
    }
    isClean = (await tidyUp(ledger, options)) && isClean;
  }
  process.exitCode = isClean ? EXIT.clean : EXIT.findings;
}

/** Whether nothing is left that could be removed. */
async function tidyUp(file: LedgerFile, options: CleanUpOptions): Promise<boolean> {
  const { head, ledger } = file;
  const contract = loadContract(contractFile(head.contract), kinds);
  if (!options.production) refuseProduction(contract, head.target);
  if (options.dryRun) {
    const records = removable(contract, ledger).map(({ resource, id }) => `  ${resource} ${id}\n`);
    process.stdout.write(`${file.file}: ${records.length} to remove at ${head.target}\n`);
    process.stdout.write(records.join(''));
    return true;
  }
  const cleanup = await removeAll(file, contract, options);
  if (cleanup.refused.length === 0) removeLedger(file.file);
  say(file, cleanUpText(cleanup));
  return cleanup.refused.length === 0;
}

async function removeAll(
  { head, ledger }: LedgerFile,
  contract: Contract,
  options: CleanUpOptions,
): Promise<CleanUp> {
  const { otherHeaders } = options;
  const headers = { ...options.headers, ...head.environment };
  const missing = head.headers.filter((name) => !(name in headers));
  if (missing.length > 0) {
    throw new UsageError(
      `--header is missing: the run sent ${missing.join(', ')}; say it like '${missing[0]}: value'`,
    );
  }
  const link = await linkTo(contract, head.target, options);
  const cleanup = await cleanUp({
    contract,
    ledger,
    send: link(head.target),
    credentials: {
      headers,
      ...(otherHeaders === undefined ? {} : { otherHeaders }),
      prefix: head.prefix,
    },
  });
  if (cleanup.requests > 0 && cleanup.answers === 0) {
    const [{ reason } = { reason: '' }] = cleanup.refused;
    throw new UnreachableError(`${head.target} does not answer (${reason})`);
  }
  return cleanup;
}

function say({ file }: LedgerFile, text: string): void {
  process.stdout.write(`${file}: ${text}\n`);
}
