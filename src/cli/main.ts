#!/usr/bin/env node
// Arguments -> command -> exit code. The one place that turns a UsageError into text.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { UnreachableError, UsageError } from '../model/usage-error.ts';
import { colorsFor } from '../report/list.ts';
import { packageRoot } from './bundled.ts';
import { cleanUpCommand } from './commands/cleanup.ts';
import { diffCommand } from './commands/diff.ts';
import { initCommand } from './commands/init.ts';
import { lintCommand } from './commands/lint.ts';
import { mergeReportsCommand } from './commands/merge-reports.ts';
import { mockCommand } from './commands/mock.ts';
import { mutateCommand } from './commands/mutate.ts';
import { proxyCommand } from './commands/proxy.ts';
import { rulesCommand } from './commands/rules.ts';
import { testCommand } from './commands/test.ts';
import { EXIT } from './exit.ts';

const ABOUT = `
Examples:
  tallystick mock flexprice                              a local Flexprice that keeps its rules
  tallystick test flexprice --target URL --header 'x-api-key: KEY' --other-header 'x-api-key: OTHER'
  tallystick rules flexprice                             which rules, and where they come from
  tallystick lint contracts/shop.yaml                    what is wrong with a contract and its document
  tallystick diff old.yaml new.yaml                      what a new version breaks

'tallystick <command> --help' says more. Exit codes: 0 clean, 1 findings, 2 bad usage, 3 target
unreachable, 4 not conclusive, 130 interrupted.`;

function program(): Command {
  const { version } = JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8'));
  const root = new Command('tallystick')
    .description(
      'one contract, two halves: a stateful mock of an API, and tests of any server that implements it',
    )
    .version(version)
    .addHelpText('after', ABOUT)
    .showSuggestionAfterError(true);
  for (const command of [
    mockCommand(),
    testCommand(),
    mutateCommand(),
    rulesCommand(),
    lintCommand(),
    diffCommand(),
    cleanUpCommand(),
    mergeReportsCommand(),
    proxyCommand(),
    initCommand(),
  ]) {
    root.addCommand(command);
  }
  for (const command of [root, ...root.commands]) {
    command.exitOverride().configureHelp({ showGlobalOptions: false });
  }
  return root;
}

/** The exit code of a failure, after telling the user what to do about it. */
function told(error: unknown): number {
  const colors = colorsFor(process.stderr);
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.clean : EXIT.usage;
  if (error instanceof UsageError) {
    for (const message of error.messages)
      process.stderr.write(`${colors.red('error')}: ${message}\n`);
    return EXIT.usage;
  }
  if (error instanceof UnreachableError) {
    process.stderr.write(`${colors.red('error')}: ${error.message}\n`);
    return EXIT.unreachable;
  }
  process.stderr.write(
    `This is a bug in tallystick, please report it:\n${(error as Error).stack}\n`,
  );
  return 70;
}

// Whoever reads may have seen enough, as `head` does: that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(EXIT.clean);
  throw error;
});

try {
  await program().parseAsync();
} catch (error) {
  process.exitCode = told(error);
}
