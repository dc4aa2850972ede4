// `tallystick lint`: what is wrong with contracts and OpenAPI documents, without a server.

import { Command, Option } from 'commander';
import { type LintReport, lintFiles } from '../../lint/files.ts';
import { UsageError } from '../../model/usage-error.ts';
import { lintGithub } from '../../report/lint-github.ts';
import { lintJson } from '../../report/lint-json.ts';
import { lintJunit } from '../../report/lint-junit.ts';
import { countsOf, lintPretty } from '../../report/lint-pretty.ts';
import { lintSarif } from '../../report/lint-sarif.ts';
import { colorsFor } from '../../report/list.ts';
import { kinds } from '../../rules/index.ts';
import { EXIT } from '../exit.ts';
import { lintedFiles } from '../lint-files.ts';
import { unwritable, writeReport } from '../report-files.ts';
import { type Choice, choicesOf } from '../reporter-choice.ts';

const REPORTERS = ['pretty', 'json', 'junit', 'sarif', 'github'] as const;
type Name = (typeof REPORTERS)[number];

const EXAMPLES = `
Examples:
  tallystick lint                            the contracts and OpenAPI documents of this folder, its contracts
                                             and its specs; the bundled ones where there are none
  tallystick lint contracts/shop.yaml        one contract, and the OpenAPI document that it names
  tallystick lint openapi.yaml               one document: Redocly's recommended rules, or your redocly.yaml
  tallystick lint flexprice                  a bundled contract
  tallystick lint --reporter pretty --reporter sarif=lint.sarif --max-warnings 0

A contract ignores a finding by its 'lint' part, with a reason and a last day:
  lint: { ignore: [{ rule: contract/error-used, at: gone, reason: needed by v2, until: 2027-01-31 }] }

Exit codes: 0 no errors (and no more warnings than --max-warnings), 1 findings, 2 bad usage.`;

interface Flags {
  readonly reporter?: readonly string[];
  readonly maxWarnings?: string;
}

/** The command; exit code 1 when something is found. */
export function lintCommand(): Command {
  const collect = (value: string, earlier: string[] = []) => [...earlier, value];
  return new Command('lint')
    .description('find what is wrong with contracts and OpenAPI documents')
    .argument('[files...]', 'contracts, OpenAPI documents, folders, or names of bundled APIs')
    .addOption(
      new Option('--reporter <name[=file]>', `${REPORTERS.join(', ')}; repeatable`).argParser(
        collect,
      ),
    )
    .addOption(new Option('--max-warnings <number>', 'more warnings than this are a failure'))
    .addHelpText('after', EXAMPLES)
    .action(action);
}

async function action(files: readonly string[], flags: Flags): Promise<void> {
  const mistakes: string[] = [];
  const choices = choicesOf(
    flags.reporter ?? ['pretty'],
    REPORTERS,
    (name) => name !== 'pretty' && name !== 'github',
    mistakes,
  );
  const most = mostWarnings(flags.maxWarnings, mistakes);
  if (mistakes.length === 0)
    mistakes.push(...unwritable(choices.flatMap(({ file }) => file ?? [])));
  if (mistakes.length > 0) throw new UsageError(mistakes);
  const today = new Date().toISOString().slice(0, 10);
  const report = await lintFiles(lintedFiles(files), { kinds, today });
  for (const choice of choices) write(report, choice, choices);
  const { errors, warnings } = countsOf(report.findings);
  process.exitCode = errors > 0 || warnings > most ? EXIT.findings : EXIT.clean;
}

function mostWarnings(text: string | undefined, mistakes: string[]): number {
  if (text === undefined) return Number.POSITIVE_INFINITY;
  if (!/^\d+$/.test(text)) mistakes.push(`--max-warnings ${text}: not a whole number`);
  return Number(text);
}

function write(report: LintReport, { name, file }: Choice<Name>, all: readonly Choice<Name>[]) {
  // Beside a document on stdout the text for people is talk, or the document could not be read.
  const isTalk = name === 'pretty' || name === 'github';
  const taken = all.some(
    (one) => one.file === undefined && !['pretty', 'github'].includes(one.name),
  );
  const stream = isTalk && taken ? process.stderr : process.stdout;
  const text = TEXTS[name](report, file === undefined ? stream : {});
  if (file === undefined) stream.write(text);
  else writeReport(file, text);
}

const TEXTS: Readonly<
  Record<Name, (report: LintReport, stream: { readonly isTTY?: boolean }) => string>
> = {
  pretty: (report, stream) => lintPretty(report, colorsFor(stream)),
  json: lintJson,
  junit: lintJunit,
  sarif: lintSarif,
  github: lintGithub,
};
