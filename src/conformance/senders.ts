// The headers that each sender of a step goes by.

import type { Contract } from '../contract/contract.ts';
import type { Sender } from '../model/steps.ts';

export interface Credentials {
  /** Headers of the first caller, and of one in another tenant. */
  readonly headers: Readonly<Record<string, string>>;
  readonly otherHeaders?: Readonly<Record<string, string>>;
  /** The run's mark, which names the other environment too. */
  readonly prefix: string;
}

/** What every value that a run makes begins with; the mark tells runs of one seed apart. */
export function prefixOf(seed: number, mark?: string): string {
  return `ts-${seed.toString(36)}${mark === undefined ? '' : `-${mark}`}`;
}

/** The headers of a sender; undefined when there is no second tenant, or no environment to be elsewhere in. */
export function headersOf(
  contract: Contract,
  { headers, otherHeaders, prefix }: Credentials,
  sender: Sender | undefined,
): Readonly<Record<string, string>> | undefined {
  if (sender === undefined) return headers;
  // Where no operation asks for credentials nobody can be told apart.
  if (sender === 'other') return isOpen(contract) ? undefined : otherHeaders;
  if (sender === 'elsewhere') return elsewhere(contract, headers, prefix);
  const secret = new Set(credentialNames(contract));
  const entries = Object.entries(headers);
  if (sender === 'nobody') {
    return Object.fromEntries(entries.filter(([name]) => !secret.has(name.toLowerCase())));
  }
  return Object.fromEntries(
    entries.map(([name, value]) => [name, secret.has(name.toLowerCase()) ? forge(value) : value]),
  );
}

function isOpen({ spec }: Contract): boolean {
  return spec.operations.every(({ credentials }) => credentials.length === 0);
}

/** The header that names an environment, as it is sent; undefined where the API has none. */
export function environmentHeader(contract: Contract): string | undefined {
  return contract.callers.environment?.header.toLowerCase();
}

function elsewhere(
  contract: Contract,
  headers: Readonly<Record<string, string>>,
  prefix: string,
): Readonly<Record<string, string>> | undefined {
  const name = environmentHeader(contract);
  if (name === undefined) return undefined;
  return { ...headers, [name]: `${headers[name] ?? 'env'}-${prefix}` };
}

function credentialNames(contract: Contract): string[] {
  const credentials = contract.spec.operations.flatMap((operation) => operation.credentials);
  return [...credentials.map(({ name }) => name.toLowerCase()), 'authorization', 'cookie'];
}

/** A credential of the same form that nobody holds. */
function forge(value: string): string {
  const scheme = /^(Bearer|Basic)\s+/i.exec(value)?.[0] ?? '';
  return `${scheme}tallystick-stranger-0000000000`;
}
