// The flags of `tallystick test`, as text, into options. Every mistake is collected, so that all are told
// at once; a credential is never in a message.

import { DEFAULT_BASES } from '../conformance/plan.ts';
import { BASES } from '../contract/format.ts';
import { didYouMean } from '../model/suggest.ts';
import { UsageError } from '../model/usage-error.ts';
import { type Hide, hiding } from '../report/redact.ts';
import type { Basis } from '../spec/spec.ts';
import { RATES_LOOK, type Rate, ratesOf } from '../target/pace.ts';
import { targetFault } from '../target/preflight.ts';
import { EXPLORED_FOLDER } from './explored-files.ts';
import { type ReportFlags, type ReportOptions, reportOptions } from './report-options.ts';

/** As commander gives them. */
export interface TestFlags extends ReportFlags {
  readonly target?: string;
  readonly header?: readonly string[];
  readonly otherHeader?: readonly string[];
  readonly basis: string;
  readonly only?: string;
  readonly shard?: string;
  readonly seed?: string;
  readonly timeout: string;
  readonly settle: string;
  readonly list?: boolean;
  readonly iKnowThisIsProduction?: boolean;
  readonly workers: string;
  readonly rate?: string;
  readonly maxFailures?: string;
  readonly maxRequests: string;
  readonly given?: readonly string[];
  readonly ledger?: string;
  /** False for `--no-cleanup`. */
  readonly cleanup: boolean;
  readonly ca?: string;
  readonly explore?: string;
  readonly save?: string;
  readonly replay?: string;
}

export interface TestOptions extends ReportOptions {
  readonly target: string;
  readonly headers: Record<string, string>;
  readonly otherHeaders?: Record<string, string>;
  readonly bases: readonly Basis[];
  readonly only?: string;
  readonly shard?: { readonly index: number; readonly of: number };
  readonly seed?: number;
  readonly timeout: number;
  readonly settle: number;
  readonly workers: number;
  /** What the contract says when absent; none at all for `off`. */
  readonly rates?: readonly Rate[];
  readonly maxFailures?: number;
  /** About as many as are sent at most. */
  readonly maxRequests: number;
  /** Resource -> the id of a record that is there. */
  readonly given: ReadonlyMap<string, string>;
  readonly ledger?: string;
  readonly cleanup: boolean;
  readonly ca?: string;
  /** How many random sequences are played; none when absent. */
  readonly explore?: number;
  /** The folder for sequences that show a disagreement. */
  readonly save: string;
  /** The file of a sequence that is played in place of the plan. */
  readonly replay?: string;
  /** Takes the credentials out of a text. */
  readonly hide: Hide;
}

/** The options that the flags say, for an API with these resources. Throws UsageError with all that is wrong. */
export function testOptions(flags: TestFlags, resources: Iterable<string>): TestOptions {
  const mistakes: string[] = [];
  const { TALLYSTICK_HEADER: own, TALLYSTICK_OTHER_HEADER: other } = process.env;
  if (flags.target === undefined && flags.list !== true) {
    mistakes.push(
      '--target is missing: the base URL of the server, such as http://127.0.0.1:8080/v1',
    );
  }
  const fault = flags.target === undefined ? undefined : targetFault(flags.target);
  // What is wrong with it may be the credential in it.
  if (fault !== undefined) mistakes.push(`--target ${fault}`);
  const headers = headersOf('--header', flags.header ?? lines(own), mistakes);
  const otherHeaders = headersOf('--other-header', flags.otherHeader ?? lines(other), mistakes);
  const options: Omit<TestOptions, keyof ReportOptions> = {
    target: flags.target ?? '',
    headers: headers ?? {},
    ...(otherHeaders === undefined ? {} : { otherHeaders }),
    bases: basesOf(flags.basis, mistakes),
    ...(flags.only === undefined ? {} : { only: flags.only }),
    ...shardOf(flags, mistakes),
    hide: hiding(headers, otherHeaders),
    ...(flags.seed === undefined ? {} : { seed: whole('--seed', flags.seed, mistakes) }),
    timeout: whole('--timeout', flags.timeout, mistakes),
    settle: whole('--settle', flags.settle, mistakes),
    workers: atLeastOne('--workers', flags.workers, mistakes),
    ...(flags.rate === undefined ? {} : { rates: rateOf(flags.rate, mistakes) }),
    ...(flags.maxFailures === undefined
      ? {}
      : { maxFailures: atLeastOne('--max-failures', flags.maxFailures, mistakes) }),
    maxRequests:
      flags.maxRequests === 'all'
        ? Number.POSITIVE_INFINITY
        : atLeastOne('--max-requests', flags.maxRequests, mistakes),
    given: givenOf(flags.given ?? [], resources, mistakes),
    ...(flags.ledger === undefined ? {} : { ledger: flags.ledger }),
    cleanup: flags.cleanup,
    ...(flags.ca === undefined ? {} : { ca: flags.ca }),
    ...exploreOf(flags, mistakes),
  };
  const all = { ...options, ...reportOptions(flags, mistakes) };
  if (mistakes.length > 0) throw new UsageError(mistakes);
  return all;
}

/** Several headers in one variable stand on lines of their own. */
export function lines(text: string | undefined): string[] | undefined {
  return text?.split('\n').filter((line) => line.trim() !== '');
}

export function headersOf(flag: string, texts: readonly string[] | undefined, mistakes: string[]) {
  if (texts === undefined || texts.length === 0) return undefined;
  const headers: Record<string, string> = {};
  texts.forEach((text, i) => {
    const line = fromEnvironment(flag, text, mistakes);
    const [, name, value] = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):\s*(.*)$/.exec(line ?? '') ?? [];
    if (line === undefined) return;
    if (name === undefined || value === undefined) {
      mistakes.push(`${flag} number ${i + 1}: must be 'name: value'`);
    } else {
      const sent = (fromEnvironment(flag, value, mistakes) ?? '').trim();
      // What HTTP can't carry would come back in an error's words.
      if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(sent)) {
        mistakes.push(`${flag} number ${i + 1}: its value holds a sign that no header can`);
      }
      headers[name.toLowerCase()] = sent;
    }
  });
  return headers;
}

function fromEnvironment(flag: string, text: string, mistakes: string[]): string | undefined {
  const [, name] = /^env:([A-Za-z_]\w*)$/.exec(text) ?? [];
  if (name === undefined) return text;
  const value = process.env[name];
  if (value === undefined) mistakes.push(`${flag} env:${name}: there is no such variable`);
  return value;
}

export function basesOf(text: string, mistakes: string[]): readonly Basis[] {
  const words = text.split(',').map((word) => word.trim());
  for (const word of words) {
    if ((BASES as readonly string[]).includes(word)) continue;
    mistakes.push(`--basis ${word}: not known${didYouMean(word, BASES, true)}`);
  }
  return words.length === 0 ? DEFAULT_BASES : (words as Basis[]);
}

/** One machine explores: shards would all play the same sequences. */
function exploreOf(
  { explore, save = EXPLORED_FOLDER, replay, shard, only }: TestFlags,
  mistakes: string[],
): Pick<TestOptions, 'explore' | 'save' | 'replay'> {
  if (replay !== undefined) {
    const beside = { '--explore': explore, '--shard': shard, '--only': only };
    for (const [flag, value] of Object.entries(beside)) {
      if (value !== undefined)
        mistakes.push(`--replay plays one sequence: ${flag} has no place beside it`);
    }
    return { save, replay };
  }
  if (explore === undefined) return { save };
  if (shard !== undefined) mistakes.push('--explore is for one machine: leave out --shard');
  return { explore: atLeastOne('--explore', explore, mistakes), save };
}

/** Every shard must make the same plan and be merged with the others, so the seed may not be left to chance. */
function shardOf({ shard, seed }: TestFlags, mistakes: string[]): Pick<TestOptions, 'shard'> {
  if (shard === undefined) return {};
  const [, index, of] = /^([1-9]\d{0,2})\/([1-9]\d{0,2})$/.exec(shard)?.map(Number) ?? [];
  if (index === undefined || of === undefined || index > of) {
    mistakes.push(`--shard ${shard}: must be like 1/4, the first of four`);
    return {};
  }
  if (seed === undefined) mistakes.push('--shard needs --seed: the same number for all shards');
  return { shard: { index, of } };
}

export function whole(flag: string, text: string, mistakes: string[]): number {
  if (/^\d{1,10}$/.test(text)) return Number(text);
  mistakes.push(`${flag} ${text}: must be a whole number`);
  return 0;
}

function atLeastOne(flag: string, text: string, mistakes: string[]): number {
  const number = whole(flag, text, mistakes);
  if (number === 0 && /^0+$/.test(text)) mistakes.push(`${flag} ${text}: must be at least 1`);
  return number;
}

/** The rates of a `--rate`; none for `off`. */
export function rateOf(text: string, mistakes: string[]): readonly Rate[] {
  const rates = ratesOf(text);
  if (rates === undefined) mistakes.push(`--rate ${text}: ${RATES_LOOK}`);
  return rates ?? [];
}

/** The ids of `meter=ID` texts, by resource. */
function givenOf(
  texts: readonly string[],
  resources: Iterable<string>,
  mistakes: string[],
): ReadonlyMap<string, string> {
  const known = [...resources];
  const given = new Map<string, string>();
  for (const text of texts) {
    const [name = '', ...id] = text.split('=');
    if (!known.includes(name)) {
      mistakes.push(`--given ${text}: no resource "${name}"${didYouMean(name, known, true)}`);
    } else if (id.join('=') === '') {
      mistakes.push(`--given ${text}: must be like ${name}=ID, with the id of a record`);
    } else if (given.has(name)) {
      mistakes.push(`--given ${text}: another ${name} is given already`);
    }
    given.set(name, id.join('='));
  }
  return given;
}
