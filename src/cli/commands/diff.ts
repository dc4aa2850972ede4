// `tallystick diff`: what changed between two versions of an API, whom it breaks, and what it does to a contract's
// rules, to fixtures and to kept records.

import { join } from 'node:path';
import { Command, Option } from 'commander';
import type { Contract } from '../../contract/contract.ts';
import { breaks, type DiffReport, diffApis } from '../../diff/diff.ts';
import type { Rows } from '../../diff/effects.ts';
import { didYouMean } from '../../model/suggest.ts';
import { collected, UsageError } from '../../model/usage-error.ts';
import { diffPretty } from '../../report/diff-pretty.ts';
import { diffGithub, diffJson, diffJunit, diffMarkdown } from '../../report/diff-texts.ts';
import { colorsFor } from '../../report/list.ts';
import { kinds } from '../../rules/index.ts';
import { fixtureRows, storedRows } from '../../stores/rows.ts';
import { contractNamed, sideOf } from '../diff-sides.ts';
import { EXIT } from '../exit.ts';
import { fixtureFile } from '../fixture-file.ts';
import { unwritable, writeReport } from '../report-files.ts';
import { type Choice, choicesOf } from '../reporter-choice.ts';

const REPORTERS = ['pretty', 'json', 'junit', 'github', 'markdown'] as const;
type Name = (typeof REPORTERS)[number];
const FAIL_ON = ['breaking', 'any', 'none'] as const;
type FailOn = (typeof FAIL_ON)[number];

const EXAMPLES = `
Examples:
  tallystick diff old.yaml new.yaml              two OpenAPI documents
  tallystick diff flexprice new.yaml             a bundled contract: its rules and fixture are looked at too
  tallystick diff v1/shop.yaml v2/shop.yaml      two contracts: what callers will newly be refused
  tallystick diff old.yaml new.yaml --contract shop.yaml --data-dir .tallystick
                                                 which rules and which kept records the change touches
  tallystick diff old.yaml new.yaml --reporter github --reporter markdown=diff.md --fail-on none

Exit codes: 0 nothing breaks, 1 something does (--fail-on), 2 bad usage or an unreadable document.`;

interface Flags {
  readonly contract?: string;
  readonly fixture: string;
  readonly dataDir?: string;
  readonly reporter?: readonly string[];
  readonly failOn: string;
}

/** The command; exit code 1 when something breaks. */
export function diffCommand(): Command {
  const collect = (value: string, earlier: string[] = []) => [...earlier, value];
  return new Command('diff')
    .description('tell what changed between two versions of an API, and what that breaks')
    .argument('<old>', 'an OpenAPI document, a contract, or the name of a bundled API')
    .argument('<new>', 'the same, as it is to be')
    .addOption(new Option('--contract <api or file>', 'a contract over the old document'))
    .addOption(
      new Option('--fixture <name or file>', 'whose records must still fit').default(
        'demo',
        'demo, where there is one',
      ),
    )
    .addOption(new Option('--data-dir <folder>', 'kept records that must still fit'))
    .addOption(
      new Option('--reporter <name[=file]>', `${REPORTERS.join(', ')}; repeatable`).argParser(
        collect,
      ),
    )
    .addOption(
      new Option('--fail-on <what>', `what is a failure: ${FAIL_ON.join(', ')}`).default(
        'breaking',
      ),
    )
    .addHelpText('after', EXAMPLES)
    .action(action);
}

async function action(old: string, now: string, flags: Flags): Promise<void> {
  const mistakes: string[] = [];
  const choices = choicesOf(flags.reporter ?? ['pretty'], REPORTERS, isDocument, mistakes);
  const failOn = FAIL_ON.find((word) => word === flags.failOn);
  if (failOn === undefined) {
    mistakes.push(`--fail-on ${flags.failOn}: not known${didYouMean(flags.failOn, FAIL_ON, true)}`);
  }
  const sides = [old, now].map((name) => collected(mistakes, () => sideOf(name)));
  const named = collected(mistakes, () =>
    flags.contract === undefined ? undefined : contractNamed(flags.contract),
  );
  if (mistakes.length === 0)
    mistakes.push(...unwritable(choices.flatMap(({ file }) => file ?? [])));
  const [before, after] = sides;
  if (mistakes.length > 0 || before === undefined || after === undefined)
    throw new UsageError(mistakes);
  const judged = named ?? before.contract ?? after.contract;
  const rows = judged === undefined ? noRows(flags) : await rowsOf(judged, flags);
  const contract = named === undefined ? {} : { contract: named };
  const report = diffApis(before, after, { kinds, rows, ...contract });
  for (const choice of choices) write(report, choice, choices);
  process.exitCode = failed(report, failOn ?? 'breaking') ? EXIT.findings : EXIT.clean;
}

function noRows({ dataDir }: Flags): Rows[] {
  if (dataDir === undefined) return [];
  throw new UsageError('--data-dir: records belong to a contract: name it with --contract');
}

async function rowsOf(contract: Contract, { fixture, dataDir }: Flags): Promise<Rows[]> {
  const rows: Rows[] = [];
  // The default one is looked for, and need not be there.
  const file =
    fixture === 'demo'
      ? collected([], () => fixtureFile(contract.api, fixture))
      : fixtureFile(contract.api, fixture);
  if (file !== undefined) {
    const shown = fixture === file ? file : `the fixture ${fixture}`;
    rows.push({ on: 'fixture', file: shown, rows: fixtureRows(file, contract) });
  }
  if (dataDir !== undefined) {
    const folder = join(dataDir, contract.api);
    rows.push({ on: 'stored', file: folder, rows: await storedRows(folder, contract) });
  }
  return rows;
}

function failed(report: DiffReport, failOn: FailOn): boolean {
  if (failOn === 'none') return false;
  return failOn === 'any' ? report.changes.length + report.effects.length > 0 : breaks(report);
}

function isDocument(name: string): boolean {
  return name !== 'pretty' && name !== 'github';
}

function write(report: DiffReport, { name, file }: Choice<Name>, all: readonly Choice<Name>[]) {
  // Beside a document on stdout the text for people is talk, or the document could not be read.
  const taken = all.some((one) => one.file === undefined && isDocument(one.name));
  const stream = !isDocument(name) && taken ? process.stderr : process.stdout;
  const text = TEXTS[name](report, file === undefined ? stream : {});
  if (file === undefined) stream.write(text);
  else writeReport(file, text);
}

const TEXTS: Readonly<
  Record<Name, (report: DiffReport, stream: { readonly isTTY?: boolean }) => string>
> = {
  pretty: (report, stream) => diffPretty(report, colorsFor(stream)),
  json: diffJson,
  junit: diffJunit,
  github: diffGithub,
  markdown: diffMarkdown,
};
