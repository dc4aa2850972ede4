// The flags of `tallystick proxy`, as text, into options. Every mistake is collected; a credential is in none.

import { existsSync, readFileSync } from 'node:fs';
import { contractFile } from '../contract/bundled.ts';
import type { Contract } from '../contract/contract.ts';
import { loadContract } from '../contract/load.ts';
import { UsageError } from '../model/usage-error.ts';
import { bareContract } from '../proxy/bare.ts';
import { kinds } from '../rules/index.ts';
import { sortOf } from '../spec/sort.ts';
import { type Basis, fetchSpec, loadSpec } from '../spec/spec.ts';
import { targetFault } from '../target/preflight.ts';
import { type ReportFlags, type ReportOptions, reportOptions } from './report-options.ts';
import { basesOf, headersOf, lines, whole } from './test-options.ts';

/** As commander gives them. */
export interface ProxyFlags extends ReportFlags {
  readonly target?: string;
  readonly port: string;
  readonly host: string;
  readonly header?: readonly string[];
  readonly basis: string;
  readonly errors?: boolean;
  readonly settle: string;
  readonly timeout: string;
  readonly ca?: string;
  readonly quiet?: boolean;
}

export interface ProxyChoices extends ReportOptions {
  readonly target: string;
  readonly port: number;
  readonly host: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly bases: readonly Basis[];
  readonly errors: boolean;
  readonly settle: number;
  readonly timeout: number;
  readonly ca?: string;
  readonly quiet: boolean;
}

/** The options that the flags say. Throws UsageError with all that is wrong. */
export function proxyOptions(flags: ProxyFlags): ProxyChoices {
  const mistakes: string[] = [];
  const { target } = flags;
  if (target === undefined) {
    mistakes.push(
      '--target is missing: the base URL to pass requests on to, such as https://staging.example.test/v1',
    );
  }
  const fault = target === undefined ? undefined : targetFault(target);
  if (fault !== undefined) mistakes.push(`--target ${fault}`);
  const headers = headersOf(
    '--header',
    flags.header ?? lines(process.env['TALLYSTICK_HEADER']),
    mistakes,
  );
  const port = whole('--port', flags.port, mistakes);
  if (port > 65_535) mistakes.push(`--port ${flags.port}: must be at most 65535`);
  const options = {
    target: target ?? '',
    port,
    host: flags.host,
    headers: headers ?? {},
    bases: basesOf(flags.basis, mistakes),
    errors: flags.errors === true,
    settle: whole('--settle', flags.settle, mistakes),
    timeout: whole('--timeout', flags.timeout, mistakes),
    ...(flags.ca === undefined ? {} : { ca: flags.ca }),
    quiet: flags.quiet === true,
    ...reportOptions(flags, mistakes),
  };
  if (mistakes.length > 0) throw new UsageError(mistakes);
  return options;
}

/** The contract of an API, or of a document alone: then there are no rules. Throws UsageError. */
export async function contractOf(api: string): Promise<Contract> {
  if (/^https?:\/\//i.test(api)) return bareContract(await fetchSpec(api));
  const isDocument = existsSync(api) && sortOf(readFileSync(api, 'utf8')) === 'document';
  return isDocument ? bareContract(loadSpec(api)) : loadContract(contractFile(api), kinds);
}
