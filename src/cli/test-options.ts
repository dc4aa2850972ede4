// The flags of `tallystick test`, as text, into options. Every mistake is collected, so that all are told
// at once; a credential is never in a message.

import { DEFAULT_BASES } from '../conformance/plan.ts';
import { BASES } from '../contract/format.ts';
import { didYouMean } from '../model/suggest.ts';
import { UsageError } from '../model/usage-error.ts';
import type { Basis } from '../spec/spec.ts';
import { REPORTERS, type ReporterChoice } from './reporters.ts';

/** As commander gives them. */
export interface TestFlags {
  readonly target?: string;
  readonly header?: readonly string[];
  readonly otherHeader?: readonly string[];
  readonly basis: string;
  readonly only?: string;
  readonly reporter?: readonly string[];
  readonly seed?: string;
  readonly timeout: string;
  readonly settle: string;
  readonly list?: boolean;
  readonly iKnowThisIsProduction?: boolean;
}

export interface TestOptions {
  readonly target: string;
  readonly headers: Record<string, string>;
  readonly otherHeaders?: Record<string, string>;
  readonly bases: readonly Basis[];
  readonly only?: string;
  readonly reporters: readonly ReporterChoice[];
  readonly seed?: number;
  readonly timeout: number;
  readonly settle: number;
}

/** The options that the flags say. Throws UsageError with all that is wrong. */
export function testOptions(flags: TestFlags): TestOptions {
  const mistakes: string[] = [];
  const { TALLYSTICK_HEADER: own, TALLYSTICK_OTHER_HEADER: other } = process.env;
  if (flags.target === undefined && flags.list !== true) {
    mistakes.push(
      '--target is missing: the base URL of the server, such as http://127.0.0.1:8080/v1',
    );
  }
  const headers = headersOf('--header', flags.header ?? lines(own), mistakes);
  const otherHeaders = headersOf('--other-header', flags.otherHeader ?? lines(other), mistakes);
  const options: TestOptions = {
    target: flags.target ?? '',
    headers: headers ?? {},
    ...(otherHeaders === undefined ? {} : { otherHeaders }),
    bases: basesOf(flags.basis, mistakes),
    ...(flags.only === undefined ? {} : { only: flags.only }),
    reporters: reportersOf(flags.reporter ?? ['list'], mistakes),
    ...(flags.seed === undefined ? {} : { seed: whole('--seed', flags.seed, mistakes) }),
    timeout: whole('--timeout', flags.timeout, mistakes),
    settle: whole('--settle', flags.settle, mistakes),
  };
  if (mistakes.length > 0) throw new UsageError(mistakes);
  return options;
}

/** Several headers in one variable stand on lines of their own. */
function lines(text: string | undefined): string[] | undefined {
  return text?.split('\n').filter((line) => line.trim() !== '');
}

function headersOf(flag: string, texts: readonly string[] | undefined, mistakes: string[]) {
  if (texts === undefined || texts.length === 0) return undefined;
  const headers: Record<string, string> = {};
  texts.forEach((text, i) => {
    const line = fromEnvironment(flag, text, mistakes);
    const [, name, value] = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):\s*(.*)$/.exec(line ?? '') ?? [];
    if (line === undefined) return;
    if (name === undefined || value === undefined) {
      mistakes.push(`${flag} number ${i + 1}: must be 'name: value'`);
    } else {
      headers[name.toLowerCase()] = fromEnvironment(flag, value, mistakes) ?? '';
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

function basesOf(text: string, mistakes: string[]): readonly Basis[] {
  const words = text.split(',').map((word) => word.trim());
  for (const word of words) {
    if ((BASES as readonly string[]).includes(word)) continue;
    mistakes.push(`--basis ${word}: not known${didYouMean(word, BASES, true)}`);
  }
  return words.length === 0 ? DEFAULT_BASES : (words as Basis[]);
}

function reportersOf(texts: readonly string[], mistakes: string[]): ReporterChoice[] {
  return texts.flatMap((text) => {
    const [name = '', ...file] = text.split('=');
    const known = REPORTERS.find((reporter) => reporter === name);
    if (known === undefined) {
      mistakes.push(`--reporter ${name}: not known${didYouMean(name, REPORTERS, true)}`);
      return [];
    }
    return [{ name: known, ...(file.length === 0 ? {} : { file: file.join('=') }) }];
  });
}

function whole(flag: string, text: string, mistakes: string[]): number {
  if (/^\d{1,10}$/.test(text)) return Number(text);
  mistakes.push(`${flag} ${text}: must be a whole number`);
  return 0;
}
