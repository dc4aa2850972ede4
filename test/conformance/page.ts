// The score as a page: which faults of an independent server are found, by which rule, and which are not.

import type { Contract } from '../../src/contract/contract.ts';
import { whyBeyond } from './beyond.ts';
import type { Subject } from './judge.ts';
import type { Alarms, Killed } from './table.ts';

/** The page as Markdown. */
export function scorePage(
  { api, contract, reference }: Subject,
  rows: readonly Killed[],
  { servers, seeds, requests, alarms }: Alarms,
): string {
  const { faults, benign } = reference;
  const on = (basis: Killed['basis']) => rows.filter((row) => row.basis === basis);
  const table = (list: readonly Killed[]) =>
    list.map(({ fault, by }) => {
      const rules = by.slice(0, 2).map((rule) => `\`${rule}\``);
      return `| \`${fault}\` | ${faults[fault]} | ${rules.join(', ')} |`;
    });
  const beyond = on('none').map(
    ({ fault }) => `| \`${fault}\` | ${faults[fault]} | ${whyBeyond(fault) ?? 'no reason known'} |`,
  );
  const variants = Object.keys(benign).length;
  return [
    `# The score on the independent server of ${api}`,
    '',
    `\`test/reference/${api}.ts\` was written from the documents and the facts alone. It has ${rows.length} faults to switch`,
    `on, one at a time, and ${variants} variants that are unusual but right. \`npm run score\` and \`npm run alarms\` measure.`,
    '',
    '| what | how many |',
    '| --- | --- |',
    `| faults that break something documented, or owed by any server: all found by default | ${on('default').length} |`,
    `| faults that break something documented in a fine point: found with \`--max-requests all\` | ${on('thorough').length} |`,
    `| faults that break what is only observed or assumed: found when \`--basis\` names that too | ${on('wider').length} |`,
    `| faults that break nothing stated, or nothing that these operations show: silent, with the reason | ${on('none').length} |`,
    `| alarms in ${servers * seeds} runs against the healthy server and the unusual ones: ${servers} servers, ${seeds} seeds each, ${requests} requests | ${alarms.length} |`,
    '',
    '## By the kind of rule that finds them',
    '',
    '| kind | by default | with all requests | with observed and assumed rules |',
    '| --- | --- | --- | --- |',
    ...kindsOf(contract, [on('default'), on('thorough'), on('wider')]),
    '',
    '## Found by default',
    '',
    '| fault | what is broken | found by |',
    '| --- | --- | --- |',
    ...table(on('default')),
    '',
    '## Found with all requests',
    '',
    '| fault | what is broken | found by |',
    '| --- | --- | --- |',
    ...table(on('thorough')),
    '',
    '## Found when observed and assumed rules count',
    '',
    '| fault | what is broken | found by |',
    '| --- | --- | --- |',
    ...table(on('wider')),
    '',
    '## Silent, and why',
    '',
    '| fault | what it does | why no check fires |',
    '| --- | --- | --- |',
    ...beyond,
    '',
  ].join('\n');
}

/** One row for each class: the kind of the first rule that finds the fault, or what the spec itself says. */
function kindsOf(contract: Contract, groups: readonly (readonly Killed[])[]): string[] {
  const kindOf = ({ by: [rule = ''] }: Killed) =>
    contract.rules.find(({ id }) => id === rule)?.kind ?? rule;
  const kinds = [...new Set(groups.flat().map(kindOf))].sort();
  const count = (rows: readonly Killed[], kind: string) =>
    rows.filter((row) => kindOf(row) === kind).length;
  return kinds.map((kind) => {
    const counts = groups.map((rows) => count(rows, kind));
    return `| \`${kind}\` | ${counts.join(' | ')} |`;
  });
}
