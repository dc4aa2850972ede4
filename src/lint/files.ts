// Files -> a report: which are contracts and which OpenAPI documents, each linted once, the spec of a contract
// with it.

import { readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import type { Finding } from '../model/finding.ts';
import { isObject } from '../model/json.ts';
import { UsageError } from '../model/usage-error.ts';
import type { Kind } from '../rules/kind.ts';
import { sortOf } from '../spec/sort.ts';
import { loadSpec } from '../spec/spec.ts';
import { parseYaml } from '../spec/yaml.ts';
import { Context } from './context.ts';
import { byPlace, type Ignored, lintContract } from './contract.ts';
import { lintRules } from './index.ts';
import { lintDocument } from './openapi.ts';
import type { LintRule } from './rule.ts';

export interface LintReport {
  /** As they are shown, the specs of contracts among them. */
  readonly files: readonly string[];
  readonly findings: readonly Finding[];
  readonly ignored: readonly Ignored[];
  /** The rules of contracts; those of documents are Redocly's. */
  readonly rules: readonly LintRule[];
}

export interface LintOptions {
  readonly kinds: readonly Kind[];
  /** `2026-01-31` */
  readonly today: string;
}

/** The report on the files. Throws UsageError for one that can't be read, and for a broken redocly.yaml. */
export async function lintFiles(
  files: readonly string[],
  options: LintOptions,
): Promise<LintReport> {
  const linter = new Linter(options);
  // Contracts first: what they say of their spec's findings must be known when the spec is met alone.
  const known = files.map((file) => ({ file: resolve(file), text: read(file) }));
  const isContract = ({ text }: { text: string }) => sortOf(text) === 'contract';
  for (const one of known.filter(isContract)) await linter.contract(one.file, one.text);
  for (const one of known.filter((other) => !isContract(other))) {
    await linter.document(one.file, one.text);
  }
  return linter.report();
}

class Linter {
  readonly #options: LintOptions;
  readonly #files = new Map<string, readonly Finding[]>();
  readonly #ignored: Ignored[] = [];

  constructor(options: LintOptions) {
    this.#options = options;
  }

  async contract(file: string, text: string): Promise<void> {
    if (this.#files.has(file)) return;
    const spec = specOf(file, text);
    const found = spec === undefined ? [] : await this.#documentOnce(spec);
    const context = new Context({
      file: shownAs(file),
      text,
      readSpec: (name) => loadSpec(resolve(dirname(file), name)),
      ...this.#options,
    });
    const { findings, ignored } = await lintContract(context, found);
    this.#ignored.push(...ignored);
    const isOfSpec = (one: Finding) => one.check.startsWith('openapi/');
    this.#files.set(
      file,
      findings.filter((one) => !isOfSpec(one)),
    );
    if (spec !== undefined) this.#files.set(spec, findings.filter(isOfSpec));
  }

  async document(file: string, text: string): Promise<void> {
    if (this.#files.has(file)) return;
    this.#files.set(file, await this.#lint(file, text));
  }

  /** What is wrong with the spec of a contract; what an earlier contract ignored stays so. */
  async #documentOnce(file: string): Promise<readonly Finding[]> {
    const known = this.#files.get(file);
    return known ?? this.#lint(file, read(file));
  }

  async #lint(file: string, text: string): Promise<readonly Finding[]> {
    const shown = shownAs(file);
    const { findings, ignored } = await lintDocument(file, shown, text);
    const reason = 'named in .redocly.lint-ignore.yaml';
    this.#ignored.push(...ignored.map((finding) => ({ finding, reason, until: '' })));
    return findings;
  }

  report(): LintReport {
    return {
      files: [...this.#files.keys()].map(shownAs).sort(),
      findings: [...this.#files.values()].flat().sort(byPlace),
      ignored: this.#ignored,
      rules: lintRules,
    };
  }
}

/** The spec that a contract names, if it is there: whether it should be is the contract's own matter. */
function specOf(file: string, text: string): string | undefined {
  const { value } = parseYaml(text);
  const name = isObject(value) ? value['spec'] : undefined;
  if (typeof name !== 'string') return undefined;
  const spec = resolve(dirname(file), name);
  try {
    readFileSync(spec);
    return spec;
  } catch {
    return undefined;
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`can't read ${file}: ${(error as Error).message}`);
  }
}

/** Relative to the working folder for what is in it. */
function shownAs(file: string): string {
  const path = relative(process.cwd(), file);
  return path === '' || path.startsWith('..') ? file : path;
}
