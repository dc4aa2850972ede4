// Arguments -> command -> exit code. The one place that turns a UsageError into text.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { packageRoot } from '../contract/bundled.ts';
import { UnreachableError, UsageError } from '../model/usage-error.ts';
import { EXIT } from './exit.ts';
import { startingUp } from './small-start.ts';

/** Each is loaded when it is asked for: none needs what the others do. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  mock: async () => {
    startingUp(process.argv.slice(3));
    return (await import('./commands/mock.ts')).mockCommand();
  },
  test: async () => (await import('./commands/test.ts')).testCommand(),
  mutate: async () => (await import('./commands/mutate.ts')).mutateCommand(),
  rules: async () => (await import('./commands/rules.ts')).rulesCommand(),
  lint: async () => (await import('./commands/lint.ts')).lintCommand(),
  diff: async () => (await import('./commands/diff.ts')).diffCommand(),
  cleanup: async () => (await import('./commands/cleanup.ts')).cleanUpCommand(),
  'merge-reports': async () => (await import('./commands/merge-reports.ts')).mergeReportsCommand(),
  proxy: async () => (await import('./commands/proxy.ts')).proxyCommand(),
  init: async () => (await import('./commands/init.ts')).initCommand(),
};

const ABOUT = `
Examples:
  tallystick mock flexprice                              a local Flexprice that keeps its rules
  tallystick test flexprice --target URL --header 'x-api-key: KEY' --other-header 'x-api-key: OTHER'
  tallystick rules flexprice                             which rules, and where they come from
  tallystick lint contracts/shop.yaml                    what is wrong with a contract and its document
  tallystick diff old.yaml new.yaml                      what a new version breaks

'tallystick <command> --help' says more. Exit codes: 0 clean, 1 findings, 2 bad usage, 3 target
unreachable, 4 not conclusive, 130 interrupted.`;

/** The program with the command that is asked for; with all of them where none is, to tell what there is. */
async function program(name = ''): Promise<Command> {
  const asked = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  const { version } = JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8'));
  const root = new Command('tallystick')
    .description(
      'one contract, two halves: a stateful mock of an API, and tests of any server that implements it',
    )
    .version(version)
    .addHelpText('after', ABOUT)
    .showSuggestionAfterError(true);
  for (const load of asked === undefined ? Object.values(COMMANDS) : [asked]) {
    root.addCommand(await load());
  }
  for (const command of [root, ...root.commands]) {
    command.exitOverride().configureHelp({ showGlobalOptions: false });
  }
  return root;
}

/** The exit code of a failure, after telling the user what to do about it. */
async function told(error: unknown): Promise<number> {
  const { colorsFor } = await import('../report/list.ts');
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

/** Runs the command that the arguments name; what it comes to is the exit code of the process. */
export async function run(): Promise<void> {
  // Whoever reads may have seen enough, as `head` does: that is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(EXIT.clean);
    throw error;
  });
  try {
    const command = await program(process.argv[2]);
    await command.parseAsync();
  } catch (error) {
    process.exitCode = await told(error);
  }
}
