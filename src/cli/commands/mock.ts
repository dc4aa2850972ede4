// `tallystick mock`: serves APIs until it is told to stop.

import { Command, Option } from 'commander';
import { makeLog } from '../../server/log.ts';
import { type RunningMock, startMock } from '../../server/start.ts';
import { DURABILITIES } from '../../stores/store.ts';
import { guessedApis } from '../guessed.ts';
import { type MockFlags, mockOptions, PROFILES } from '../mock-options.ts';
import { startedUp } from '../small-start.ts';

const EXAMPLES = `
Examples:
  tallystick mock                              serve every bundled API on http://127.0.0.1:4620
  tallystick mock flexprice --fixture demo     serve one, with records to look at
  tallystick mock ./billing.yaml --ephemeral   serve a contract of your own, keep nothing
  tallystick mock ./billing.yaml --watch       serve each edit of it, with the records that are there
  tallystick mock ./openapi.yaml               serve any OpenAPI document, its records guessed
  tallystick mock --key alice=s3cret --key bob=s3cr3t
                                               only these two keys, a tenant each
  tallystick mock --port 0 --json --seed 7 --clock 2026-01-01T00:00:00Z
                                               for scripts: free port, JSON lines, same ids and times`;

/** The command; its action throws UsageError with every mistake of the command line. */
export function mockCommand(): Command {
  const command = new Command('mock')
    .description('serve APIs that keep their documented rules, and their records')
    .argument(
      '[apis...]',
      'names of bundled APIs, contract files, or OpenAPI documents (files, URLs); all bundled ones when absent',
    );
  for (const option of options()) command.addOption(option);
  return command.addHelpText('after', EXAMPLES).action(run);
}

function options(): Option[] {
  const collect = (value: string, earlier: string[] = []) => [...earlier, value];
  return [
    new Option('-p, --port <number>', 'port; 0 picks a free one')
      .default('4620')
      .env('TALLYSTICK_PORT'),
    new Option('--host <address>', 'address to listen on')
      .default('127.0.0.1')
      .env('TALLYSTICK_HOST'),
    new Option('--data-dir <folder>', 'where records are kept')
      .default('.tallystick')
      .env('TALLYSTICK_DATA_DIR'),
    new Option('--ephemeral', 'keep records in memory only').env('TALLYSTICK_EPHEMERAL'),
    new Option(
      '--fixture <name or file>',
      'what every tenant starts with: empty, demo, or a JSON file',
    )
      .default('empty')
      .env('TALLYSTICK_FIXTURE'),
    new Option('--empty', "leave out the records that an OpenAPI document's examples give"),
    new Option('--allow-remote', 'follow references of an OpenAPI document to the net'),
    new Option('--profile <name>', `where documents and service differ: ${PROFILES.join(' or ')}`)
      .default('documented')
      .env('TALLYSTICK_PROFILE'),
    new Option(
      '--key <name=secret>',
      'an API key and its tenant (repeatable); any key when absent',
    ).argParser(collect),
    new Option('--admin-token <token>', 'wanted by the admin API').env('TALLYSTICK_ADMIN_TOKEN'),
    new Option('--durability <level>', `what an answer waits for: ${DURABILITIES.join(', ')}`)
      .default('journal')
      .env('TALLYSTICK_DURABILITY'),
    // For tests, which want to see a rewrite without filling the disk first.
    new Option('--compact-at <bytes>', 'journal size that has files rewritten').hideHelp(),
    new Option('--seed <number>', 'makes ids repeatable').env('TALLYSTICK_SEED'),
    new Option('--clock <time>', 'stops the clock at an ISO time').env('TALLYSTICK_CLOCK'),
    new Option('--delay <ms>', 'holds answers back: 200, or 100-500').env('TALLYSTICK_DELAY'),
    new Option(
      '--watch',
      'serve edits of contract, spec and fixture at once, and keep the records',
    ).env('TALLYSTICK_WATCH'),
    new Option('--quiet', 'no request lines').env('TALLYSTICK_QUIET'),
    new Option('--json', 'one JSON object per line').env('TALLYSTICK_JSON'),
  ];
}

async function run(apis: readonly string[], flags: MockFlags): Promise<void> {
  const log = makeLog({
    quiet: flags.quiet === true,
    json: flags.json === true,
  });
  const say = (text: string) => process.stderr.write(text);
  const guessed = await guessedApis(apis, flags, flags.quiet === true ? undefined : say);
  const mock = await startMock({ ...mockOptions(apis, flags, guessed), log });
  startedUp();
  await toldToStop(mock);
}

/** Waits for SIGINT or SIGTERM and stops; a second signal stops at once. */
async function toldToStop(mock: RunningMock): Promise<void> {
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        process.once(signal, () => process.exit(130));
        resolve();
      });
    }
  });
  await mock.close();
}
