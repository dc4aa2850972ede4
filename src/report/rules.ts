// The rules of a contract as rows, and as the Markdown table that the docs hold.

import { plan } from '../conformance/plan.ts';
import type { Contract } from '../contract/contract.ts';
import { BASES } from '../contract/format.ts';
import { type Kind, kindNamed } from '../rules/kind.ts';

export interface RuleRow {
  readonly api: string;
  readonly rule: string;
  readonly says: string;
  readonly basis: string;
  readonly source: string;
  readonly kind: string;
  /** The options in words. */
  readonly explained: string;
  /** The error it refuses with, as `400 validation_error`; absent when it refuses nothing. */
  readonly refuses?: string;
  readonly checks: number;
  readonly mutants: number;
}

/** One row a rule, in the contract's order. */
export function ruleRows(contract: Contract, kinds: readonly Kind[]): RuleRow[] {
  const checks = plan(contract, kinds, { bases: BASES });
  return contract.rules.map((rule) => {
    const kind = kindNamed(kinds, rule.kind);
    const hooks = kind.enforce(rule, contract);
    const { status, code } = rule.error;
    const refuses = (hooks.check ?? hooks.narrow ?? hooks.admit) !== undefined;
    return {
      api: contract.api,
      rule: rule.id,
      says: rule.says,
      basis: rule.basis,
      source: rule.source,
      kind: rule.kind,
      explained: kind.explain(rule.options),
      ...(refuses ? { refuses: `${status}${code === undefined ? '' : ` ${code}`}` } : {}),
      checks: checks.filter((check) => check.rule === rule.id).length,
      mutants: kind.sabotage(rule, contract).length,
    };
  });
}

/** The table as Markdown, with a closing newline. */
export function rulesTable(contract: Contract, kinds: readonly Kind[]): string {
  const head = ['rule', 'says', 'basis', 'source', 'refuses with', 'checks', 'mutants'];
  const rows = ruleRows(contract, kinds).map((row) => [
    `\`${row.rule}\``,
    row.says,
    row.basis,
    row.source,
    row.refuses ?? '',
    String(row.checks),
    String(row.mutants),
  ]);
  const line = (cells: readonly string[]) => `| ${cells.map(escaped).join(' | ')} |`;
  return `${[line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')}\n`;
}

function escaped(cell: string): string {
  return cell.replaceAll('|', '\\|');
}
