// The score as a page: which faults of the independent server are found, by which rule, and which are not.

import { benign, faults } from '../reference/flexprice.ts';
import { whyBeyond } from './beyond.ts';
import type { Killed } from './table.ts';

/** The page as Markdown. */
export function scorePage(rows: readonly Killed[]): string {
  const on = (basis: Killed['basis']) => rows.filter((row) => row.basis === basis);
  const table = (list: readonly Killed[]) =>
    list.map(
      ({ fault, by }) =>
        `| \`${fault}\` | ${faults[fault]} | ${by
          .slice(0, 2)
          .map((rule) => `\`${rule}\``)
          .join(', ')} |`,
    );
  const beyond = on('none').map(
    ({ fault }) => `| \`${fault}\` | ${faults[fault]} | ${whyBeyond(fault) ?? 'no reason known'} |`,
  );
  const broken = on('default').length;
  return [
    '# The score on an independent server',
    '',
    `\`test/reference/flexprice.ts\` was written from the documents and the facts alone. It has ${rows.length} faults to`,
    `switch on, one at a time, and ${Object.keys(benign).length} variants that are unusual but right. \`npm run score\` writes this page.`,
    '',
    '| what | how many |',
    '| --- | --- |',
    `| faults that break something documented, or owed by any server: all found by default | ${broken} |`,
    `| faults that break what is only observed: found with \`--basis documented,protocol,observed\` | ${on('observed').length} |`,
    `| faults that break nothing stated, or nothing that these operations show: silent, with the reason | ${on('none').length} |`,
    `| unusual but right variants, and the healthy server: alarms | 0 of ${Object.keys(benign).length + 1} |`,
    '',
    '## Found by default',
    '',
    '| fault | what is broken | found by |',
    '| --- | --- | --- |',
    ...table(on('default')),
    '',
    '## Found when observed rules count',
    '',
    '| fault | what is broken | found by |',
    '| --- | --- | --- |',
    ...table(on('observed')),
    '',
    '## Silent, and why',
    '',
    '| fault | what it does | why no check fires |',
    '| --- | --- | --- |',
    ...beyond,
    '',
  ].join('\n');
}
