// The way to the target where Node's own `fetch` does not know it: through the proxy that the environment
// names, or past a certificate authority of one's own. undici is read only where that is asked for.

import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Dispatcher } from 'undici';
import { UsageError } from '../model/usage-error.ts';
import { isLocal } from './preflight.ts';

export interface NetworkOptions {
  /** A file with certificates (PEM) that are trusted beside Node's own. */
  readonly ca?: string | undefined;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** What to send with; Node's own where nothing else is asked for. Throws UsageError. */
export async function fetchFor(
  target: string,
  { ca: file, env = process.env }: NetworkOptions,
): Promise<typeof fetch> {
  const dispatcher = await dispatcherFor(target, { ca: file, env });
  if (dispatcher === undefined) return fetch;
  const { fetch: send } = await import('undici');
  const through = (url: string, options: object) => send(url, { ...options, dispatcher });
  return through as unknown as typeof fetch;
}

/** What undici sends through; undefined where nothing but the plain way is asked for. Throws UsageError. */
export async function dispatcherFor(
  target: string,
  { ca: file, env = process.env }: NetworkOptions,
): Promise<Dispatcher | undefined> {
  const proxy = isLocal(target) ? undefined : proxyFor(target, env);
  if (proxy === undefined && file === undefined) return undefined;
  const { Agent, EnvHttpProxyAgent } = await import('undici');
  const tls = file === undefined ? {} : { ca: await authorities(file) };
  if (proxy === undefined) return new Agent({ connect: tls });
  return new EnvHttpProxyAgent({
    httpProxy: proxy,
    httpsProxy: proxy,
    noProxy: named(env, 'NO_PROXY') ?? '',
    // What is not encrypted is asked of the proxy itself: many allow tunnels to port 443 only.
    proxyTunnel: false,
    connect: tls,
    requestTls: tls,
    proxyTls: tls,
  });
}

/** The proxy that the environment names for targets like this; undefined when it names none. */
function proxyFor(target: string, env: NonNullable<NetworkOptions['env']>): string | undefined {
  const name = new URL(target).protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
  const proxy = named(env, name) ?? named(env, 'ALL_PROXY');
  if (proxy === undefined) return undefined;
  const url = URL.canParse(proxy) ? new URL(proxy) : undefined;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return proxy;
  throw new UsageError(`${name} or ALL_PROXY: must be the http:// or https:// URL of a proxy`);
}

/** A variable in small or capital letters; undefined when it is not set, or empty. */
function named(env: NonNullable<NetworkOptions['env']>, name: string): string | undefined {
  return env[name.toLowerCase()] || env[name] || undefined;
}

async function authorities(file: string): Promise<string[]> {
  const { rootCertificates } = await import('node:tls');
  try {
    const text = readFileSync(file, 'utf8');
    new X509Certificate(text);
    return [...rootCertificates, text];
  } catch (error) {
    throw new UsageError(`--ca ${file}: must hold certificates (PEM): ${(error as Error).message}`);
  }
}
