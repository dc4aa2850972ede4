// `tallystick rules`: the rules of an API as a table.

import { Command, Option } from 'commander';
import { bundledApis, contractFile } from '../../contract/bundled.ts';
import { loadContract } from '../../contract/load.ts';
import { ruleRows, rulesTable } from '../../report/rules.ts';
import { kinds } from '../../rules/index.ts';

const EXAMPLES = `
Examples:
  tallystick rules flexprice         the table as Markdown
  tallystick rules --json            all bundled APIs, for machines`;

/** The command; prints and exits with 0. */
export function rulesCommand(): Command {
  return new Command('rules')
    .description('print the rules of an API: what each says, how it is known, how it is tested')
    .argument('[api]', 'name of a bundled API, or a contract file; all bundled ones when absent')
    .addOption(new Option('--json', 'print them as JSON'))
    .addHelpText('after', EXAMPLES)
    .action((api: string | undefined, flags: { readonly json?: boolean }) => {
      const contracts = (api === undefined ? bundledApis() : [api]).map((name) =>
        loadContract(contractFile(name), kinds),
      );
      process.stdout.write(
        flags.json === true
          ? `${JSON.stringify({ version: 1, rules: contracts.flatMap((c) => ruleRows(c, kinds)) }, null, 2)}\n`
          : contracts.map((contract) => rulesTable(contract, kinds)).join('\n'),
      );
    });
}
