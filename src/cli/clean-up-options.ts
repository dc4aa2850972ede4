// The flags of `tallystick cleanup`, as text, into options.

import { UsageError } from '../model/usage-error.ts';
import type { Rate } from '../target/pace.ts';
import { headersOf, lines, rateOf, whole } from './test-options.ts';

/** As commander gives them. */
export interface CleanUpFlags {
  readonly header?: readonly string[];
  readonly otherHeader?: readonly string[];
  readonly dryRun?: boolean;
  readonly timeout: string;
  readonly rate?: string;
  readonly ca?: string;
  readonly iKnowThisIsProduction?: boolean;
}

export interface CleanUpOptions {
  readonly headers: Readonly<Record<string, string>>;
  readonly otherHeaders?: Readonly<Record<string, string>>;
  readonly dryRun: boolean;
  readonly timeout: number;
  readonly rates?: readonly Rate[];
  readonly ca?: string;
  readonly production: boolean;
}

/** The options that the flags say. Throws UsageError with all that is wrong. */
export function cleanUpOptions(flags: CleanUpFlags): CleanUpOptions {
  const mistakes: string[] = [];
  const { TALLYSTICK_HEADER: own, TALLYSTICK_OTHER_HEADER: other } = process.env;
  const headers = headersOf('--header', flags.header ?? lines(own), mistakes);
  const otherHeaders = headersOf('--other-header', flags.otherHeader ?? lines(other), mistakes);
  const options: CleanUpOptions = {
    headers: headers ?? {},
    ...(otherHeaders === undefined ? {} : { otherHeaders }),
    dryRun: flags.dryRun === true,
    timeout: whole('--timeout', flags.timeout, mistakes),
    ...(flags.rate === undefined ? {} : { rates: rateOf(flags.rate, mistakes) }),
    ...(flags.ca === undefined ? {} : { ca: flags.ca }),
    production: flags.iKnowThisIsProduction === true,
  };
  if (mistakes.length > 0) throw new UsageError(mistakes);
  return options;
}
