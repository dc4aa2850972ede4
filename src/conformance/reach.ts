// Before the first check: does the target answer at all, and where below its URL does the API begin?

import type { Contract } from '../contract/contract.ts';
import { UnreachableError, UsageError } from '../model/usage-error.ts';
import { fetchSend } from './fetch-send.ts';

/**
 * The base URL to send to: the target as it was given, or with the spec's base path behind it, whichever
 * knows the API's routes. Throws UnreachableError when nothing answers.
 */
export async function baseUrl(
  contract: Contract,
  target: string,
  headers: Record<string, string>,
): Promise<string> {
  const given = target.replace(/\/+$/, '');
  const { basePath } = contract.spec;
  const candidates = given.endsWith(basePath) ? [given] : [given, `${given}${basePath}`];
  let failure = '';
  for (const base of candidates) {
    try {
      if ((await knows(contract, base, headers)) || candidates.length === 1) return base;
    } catch (error) {
      failure = (error as Error).message;
    }
  }
  if (failure === '') return given;
  throw new UnreachableError(
    `${given} does not answer (${failure}): is it running, and is the URL right?`,
  );
}

/** Whether a list, or else a read of an unknown id, is answered by the API and not by "no such route". */
async function knows(
  contract: Contract,
  base: string,
  headers: Record<string, string>,
): Promise<boolean> {
  const binding = contract.bindings.find(({ verb }) => verb === 'list') ?? contract.bindings[0];
  if (binding === undefined) return true;
  const { status } = await fetchSend(base, { patience: 2 })({
    method: binding.operation.method,
    path: binding.operation.path.replace(/\{[^}]+\}/g, 'unknown'),
    query: new Map(),
    headers: {
      ...headers,
      ...(binding.body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(binding.body === undefined ? {} : { body: {} }),
  });
  return status !== 404 && status !== 405;
}

/** Refuses a target that the spec's own servers name. Throws UsageError. */
export function refuseProduction(contract: Contract, target: string): void {
  let host: string;
  try {
    host = new URL(target).host;
  } catch {
    throw new UsageError(`--target ${target}: is no URL; say it like http://127.0.0.1:8080/v1`);
  }
  const named = contract.spec.servers.find(
    (server) => URL.canParse(server) && new URL(server).host === host,
  );
  if (named === undefined) return;
  throw new UsageError(
    `${host} is a server that ${contract.spec.file} lists itself: tests write to their target. ` +
      'If that is what you want, say --i-know-this-is-production',
  );
}
