// The flags of `tallystick mock`, as text, into the server's options. Every mistake is collected, so that
// all of them are told at once.

import { basename } from 'node:path';
import { bundledApis, contractFile } from '../contract/bundled.ts';
import type { Profile } from '../contract/contract.ts';
import { didYouMean } from '../model/suggest.ts';
import { collected, UsageError } from '../model/usage-error.ts';
import type { ApiOptions, MockOptions } from '../server/start.ts';
import { DURABILITIES, type Durability } from '../stores/store.ts';
import { fixtureFile } from './fixture-file.ts';

/** As commander gives them. */
export interface MockFlags {
  readonly port: string;
  readonly host: string;
  readonly dataDir: string;
  readonly ephemeral?: boolean;
  readonly fixture: string;
  readonly profile: string;
  readonly key?: readonly string[];
  readonly adminToken?: string;
  readonly durability: string;
  readonly compactAt?: string;
  readonly seed?: string;
  readonly clock?: string;
  readonly delay?: string;
  readonly watch?: boolean;
  readonly empty?: boolean;
  readonly allowRemote?: boolean;
  readonly quiet?: boolean;
  readonly json?: boolean;
}

export const PROFILES: readonly Profile[] = ['documented', 'observed'];

/** The options that the flags say. Throws UsageError with all that is wrong. */
export function mockOptions(
  apis: readonly string[],
  flags: MockFlags,
  guessed: ReadonlyMap<string, ApiOptions> = new Map(),
): Omit<MockOptions, 'log'> {
  const mistakes: string[] = [];
  const take = <T>(read: () => T) => collected(mistakes, read);
  const from = <Name extends string, T>(name: Name, read: () => T | undefined) =>
    given(name, take(read));
  const named = apis.length > 0 ? [...new Set(apis)] : bundledApis();
  const { seed, clock, delay, compactAt } = flags;
  const options = {
    apis: named.flatMap(
      (api) => take(() => apiOptions(api, flags.fixture, guessed.get(api))) ?? [],
    ),
    host: flags.host,
    ...given('dataDir', flags.ephemeral === true ? undefined : flags.dataDir),
    ...given('adminToken', flags.adminToken),
    ...given('watch', flags.watch),
    ...from('port', () => wholeNumber('--port', flags.port, 65_535)),
    ...from('profile', () => word('--profile', flags.profile, PROFILES)),
    ...from('durability', () => word<Durability>('--durability', flags.durability, DURABILITIES)),
    ...from('keys', () => keysOf(flags.key)),
    ...from('seed', () => optional(seed, (text) => wholeNumber('--seed', text, 2 ** 32 - 1))),
    ...from('clock', () => optional(clock, timeOf)),
    ...from('delay', () => optional(delay, delayOf)),
    ...from('compactAt', () =>
      optional(compactAt, (text) => wholeNumber('--compact-at', text, 2 ** 40)),
    ),
  };
  if (mistakes.length > 0) throw new UsageError(mistakes);
  return options;
}

type Given<Name extends string, T> = { readonly [Key in Name]?: T };

function given<Name extends string, T>(name: Name, value: T | undefined): Given<Name, T> {
  return (value === undefined ? {} : { [name]: value }) as Given<Name, T>;
}

function optional<T>(text: string | undefined, read: (text: string) => T): T | undefined {
  return text === undefined ? undefined : read(text);
}

function apiOptions(api: string, fixture: string, guessed: ApiOptions | undefined): ApiOptions {
  if (guessed !== undefined) return { ...guessed, ...given('fixture', fixtureFile('', fixture)) };
  const contract = contractFile(api);
  const file = fixtureFile(basename(contract).replace(/\.ya?ml$/, ''), fixture);
  return { contract, ...given('fixture', file) };
}

function wholeNumber(flag: string, text: string, most: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value <= most) return value;
  throw new UsageError(`${flag} ${text}: must be a whole number from 0 to ${most}`);
}

function word<Word extends string>(flag: string, text: string, known: readonly Word[]): Word {
  const found = known.find((candidate) => candidate === text);
  if (found !== undefined) return found;
  throw new UsageError(`${flag} ${text}: not known${didYouMean(text, known, true)}`);
}

/** The secret itself is never in a message: what looks like a name may be one. */
function keysOf(keys: readonly string[] | undefined): Map<string, string> | undefined {
  if (keys === undefined) return undefined;
  const mistakes: string[] = [];
  const bySecret = new Map<string, string>();
  keys.forEach((text, i) => {
    const [, name = '', secret = ''] = /^([\w.-]+)=(.+)$/.exec(text) ?? [];
    if (name === '') {
      mistakes.push(
        `--key number ${i + 1}: must be NAME=SECRET, the name of letters, digits, _ . -`,
      );
    } else if (bySecret.has(secret)) {
      mistakes.push(`--key ${name}: has the same secret as ${bySecret.get(secret)}`);
    } else if ([...bySecret.values()].includes(name)) {
      mistakes.push(`--key ${name}: is given twice`);
    } else {
      bySecret.set(secret, name);
    }
  });
  if (mistakes.length > 0) throw new UsageError(mistakes);
  return bySecret;
}

function timeOf(text: string): number {
  const time = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(time)) return time;
  throw new UsageError(`--clock ${text}: must be an ISO time such as 2026-01-01T00:00:00Z`);
}

function delayOf(text: string): readonly [number, number] {
  const [, from, to = from] = /^(\d+)(?:-(\d+))?$/.exec(text) ?? [];
  if (from !== undefined && Number(from) <= Number(to) && Number(to) <= 600_000) {
    return [Number(from), Number(to)];
  }
  throw new UsageError(
    `--delay ${text}: must be milliseconds, such as 200, or a range, such as 100-500`,
  );
}
