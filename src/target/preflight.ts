// Before the first check: may the target be written to, does it answer at all, and where below its URL does
// the API begin?

import type { Contract } from '../contract/contract.ts';
import type { Send } from '../model/http.ts';
import { UnreachableError, UsageError } from '../model/usage-error.ts';

/**
 * The base URL to send to: the target as it was given, or with the spec's base path behind it, whichever
 * knows the API's routes. Throws UnreachableError when nothing answers.
 */
export async function baseUrl(
  contract: Contract,
  target: string,
  headers: Record<string, string>,
  sendTo: (base: string) => Send,
): Promise<string> {
  const given = target.replace(/\/+$/, '');
  const { basePath } = contract.spec;
  const candidates = given.endsWith(basePath) ? [given] : [given, `${given}${basePath}`];
  let failure = '';
  for (const base of candidates) {
    try {
      if ((await knows(contract, sendTo(base), headers)) || candidates.length === 1) return base;
    } catch (error) {
      failure = (error as Error).message;
    }
  }
  if (failure === '') return given;
  throw new UnreachableError(whyNot(given, failure));
}

function whyNot(target: string, failure: string): string {
  if (failure.startsWith('the answer')) {
    return `${target} does not answer as an API does (${failure}): is the URL right?`;
  }
  if (failure === 'bad port') {
    return `${target} does not answer: no client built on fetch asks that port, so let the server listen on another`;
  }
  return `${target} does not answer (${failure}): is it running, and is the URL right?`;
}

/** Whether a list, or else a read of an unknown id, is answered by the API and not by "no such route". */
async function knows(
  contract: Contract,
  send: Send,
  headers: Record<string, string>,
): Promise<boolean> {
  const binding = contract.bindings.find(({ verb }) => verb === 'list') ?? contract.bindings[0];
  if (binding === undefined) return true;
  const { status } = await send({
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

/** Why the text can't be a target; undefined when it can. */
export function targetFault(target: string): string | undefined {
  if (!URL.canParse(target)) return 'is no URL; say it like http://127.0.0.1:8080/v1';
  const { protocol, username, password, search, hash } = new URL(target);
  if (protocol !== 'http:' && protocol !== 'https:') return 'must begin with http:// or https://';
  if (username !== '' || password !== '') {
    return "must hold no user name or password; send them with --header 'authorization: Basic ...'";
  }
  return search === '' && hash === '' ? undefined : 'must end with its path: no "?" and no "#"';
}

/** Whether the URL is this machine's own. */
export function isLocal(target: string): boolean {
  const host = hostOf(target);
  return (
    host === 'localhost' ||
    host.endsWith('.localhost') ||
    /^127(\.\d+){3}$/.test(host) ||
    ['0.0.0.0', '[::1]', '[::]'].includes(host)
  );
}

/** Refuses a target on a host that the spec's own servers name, at whatever port. Throws UsageError. */
export function refuseProduction(contract: Contract, target: string): void {
  const host = hostOf(target);
  const isNamed = contract.spec.servers.some((server) => matches(server, host));
  if (!isNamed || isLocal(target)) return;
  throw new UsageError(
    `${host} is a server that ${contract.spec.file} lists itself: tests write to their target. ` +
      'If that is what you want, say --i-know-this-is-production',
  );
}

/** Whether a server of a spec has this host; `{region}` in it stands for anything. */
function matches(server: string, host: string): boolean {
  const named = hostOf(server.replace(/\{[^}]*\}/g, 'tallystick-any'));
  const pattern = named
    .split('tallystick-any')
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('.+');
  return named !== '' && new RegExp(`^${pattern}$`).test(host);
}

/** The host as DNS knows it: in small letters, without a port or the dot of the root; '' for what is no URL. */
function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname.toLowerCase().replace(/\.+$/, '') : '';
}
