// The documents tell the truth: generated parts are what the program prints, tables name what exists, and
// the README's blocks run. `UPDATE_DOCS=1 npx vitest run --config test/vitest.config.ts test/docs` rewrites
// the generated parts.

import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { EXIT } from '../src/cli/exit.ts';
import { contractSchema } from '../src/contract/format.ts';
import { loadContract } from '../src/contract/load.ts';
import { lintRules } from '../src/lint/index.ts';
import { changeKindsTable } from '../src/report/diff-texts.ts';
import { rulesTable } from '../src/report/rules.ts';
import { kinds } from '../src/rules/index.ts';
import { type Mock, runMock } from './support/cli.ts';

const ROOT = join(import.meta.dirname, '..');
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const contracts = ['dodopayments', 'flexprice', 'fynn'].map((api) =>
  loadContract(join(ROOT, `contracts/${api}.yaml`), kinds),
);
const cli = (...args: string[]) =>
  execFileSync(process.execPath, ['dist/src/cli/main.js', ...args], {
    cwd: ROOT,
    encoding: 'utf8',
  });

const EXIT_MEANINGS: Record<keyof typeof EXIT, string> = {
  clean: 'clean',
  findings: 'findings: a violation, a surviving mutant',
  usage: 'bad usage, or an unreadable spec or contract',
  unreachable: 'the target does not answer',
  notConclusive:
    'not conclusive: under 80 % of the rules could be exercised (a violation wins over this)',
  interrupted: 'interrupted',
};

const GENERATED: Record<string, () => string> = {
  kinds: () =>
    [
      '| kind | what it says | options |',
      '| --- | --- | --- |',
      ...kinds.map(({ name, summary, options }) => {
        const names = Object.keys((options as { properties?: object }).properties ?? { steps: [] });
        return `| \`${name}\` | ${summary} | ${names.map((option) => `\`${option}\``).join(', ')} |`;
      }),
      '',
    ].join('\n'),
  ...Object.fromEntries(
    contracts.map((contract) => [`rules ${contract.api}`, () => rulesTable(contract, kinds)]),
  ),
  'exit codes': () =>
    [
      '| code | meaning |',
      '| --- | --- |',
      ...Object.entries(EXIT).map(
        ([name, code]) => `| ${code} | ${EXIT_MEANINGS[name as keyof typeof EXIT]} |`,
      ),
      '',
    ].join('\n'),
  'lint rules': () =>
    [
      '| rule | severity | why | what to do |',
      '| --- | --- | --- | --- |',
      ...lintRules.map(
        ({ id, severity, says, mend }) => `| \`${id}\` | ${severity} | ${says} | ${mend} |`,
      ),
      '',
    ].join('\n'),
  'change kinds': changeKindsTable,
  'help diff': () => helpBlock('diff'),
  'help proxy': () => helpBlock('proxy'),
  'help lint': () => helpBlock('lint'),
  'help mock': () => helpBlock('mock'),
  'help init': () => helpBlock('init'),
  'help test': () => helpBlock('test'),
  'help cleanup': () => helpBlock('cleanup'),
};

function helpBlock(command: string): string {
  return `\`\`\`text\n${cli(command, '--help').trimEnd()}\n\`\`\`\n`;
}

const PART = /<!-- generated: ([\w ]+) -->\n([\s\S]*?)<!-- end -->/g;

test.each(['README.md', 'contracts/README.md', 'src/lint/README.md', 'src/diff/README.md'])(
  '%s holds what the program prints',
  (file) => {
    const written = read(file);
    const right = written.replaceAll(PART, (_, name: string) => {
      return `<!-- generated: ${name} -->\n${GENERATED[name]?.()}<!-- end -->`;
    });
    if (process.env['UPDATE_DOCS'] === '1') writeFileSync(join(ROOT, file), right);
    else expect(written).toBe(right);
  },
);

test("editors' schema of a contract is the one that contracts are checked by", () => {
  const file = 'contracts/contract.schema.json';
  const right = `${JSON.stringify(contractSchema(kinds), null, 2)}\n`;
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(join(ROOT, file), right);
  else expect(read(file)).toBe(right);
});

test('every rule and operation that the table of sentences names exists', () => {
  const rows = [
    ...read('specs/README.md').matchAll(
      /^\| (?:Create group|Groups guide|Create plan|Billing group|Collection group) \|[^|]*\| (.*) \|$/gm,
    ),
  ];
  const known = new Set([
    ...contracts.flatMap(({ rules }) => rules.map(({ id }) => id)),
    ...contracts.flatMap(({ bindings }) => bindings.map(({ operation }) => operation.id)),
    ...contracts.flatMap(({ spec }) =>
      spec.schemaNames().flatMap((name) => {
        const fields = (spec.schema(name)?.['properties'] ?? {}) as object;
        return Object.keys(fields).map((field) => `${name}.${field}`);
      }),
    ),
    'no-credentials',
    'servers',
    'tallystick test',
    'test/clients',
  ]);
  const named = rows.flatMap(([, cell]) =>
    [...(cell ?? '').matchAll(/`([^`]+)`/g)].map(([, word]) => word ?? ''),
  );
  expect(rows.length).toBeGreaterThan(70);
  expect(named.filter((word) => !known.has(word))).toEqual([]);
});

/** Documents that were read for the facts, and not given as seeds. */
const ELSEWHERE =
  /^(API reference|Integration node|Billing groups guide|Client library types|Error codes|Product(s| collections) guide)/;

test('every documented rule is named by a sentence', () => {
  const text = read('specs/README.md');
  const documented = contracts
    .flatMap(({ rules }) => rules)
    .filter(({ basis, source }) => basis === 'documented' && !ELSEWHERE.test(source));
  expect(documented.filter(({ id }) => !text.includes(`\`${id}\``)).map(({ id }) => id)).toEqual(
    [],
  );
});

let mock: Mock;
beforeAll(async () => {
  mock = await runMock(['flexprice', '--ephemeral']);
});
afterAll(() => mock.stop());

/** `sh` blocks with the `text` block that follows them: `…` in it stands for anything. */
const BLOCKS = [
  ...read('README.md').matchAll(/```sh\n([\s\S]*?)```(?:\n\n```text\n([\s\S]*?)```)?/g),
].map(([, command = '', output]) => ({ command, output }));
const runnable = BLOCKS.filter(({ command }) => !/^(npm ci|npm start|npm test)/.test(command));

test('the blocks of the README do what they say, one after the other', () => {
  expect(runnable.length).toBeGreaterThan(3);
  for (const { command, output } of runnable) {
    const script = command
      .replaceAll('http://127.0.0.1:4620', mock.url)
      .replaceAll('npx tallystick', `${process.execPath} dist/src/cli/main.js`);
    const printed = execFileSync('sh', ['-c', script], { cwd: ROOT, encoding: 'utf8' });
    if (output === undefined) continue;
    const pattern = output
      .trim()
      .split('…')
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('[\\s\\S]*');
    expect(
      printed.replaceAll(mock.url, 'http://127.0.0.1:4620').replaceAll('\r', '').trim(),
    ).toMatch(new RegExp(`^${pattern}$`));
  }
});
