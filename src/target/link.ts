// The link to a target: what requests go through, how fast, and for how long.

import { pause } from '../conformance/pause.ts';
import type { Contract } from '../contract/contract.ts';
import type { Send } from '../model/http.ts';
import { type FetchOptions, fetchSend } from './fetch-send.ts';
import { fetchFor } from './network.ts';
import { pacer, type Rate } from './pace.ts';
import { isLocal } from './preflight.ts';

export interface LinkOptions {
  readonly timeout: number;
  readonly ca?: string | undefined;
  /** The contract's own limits when absent, for a target that is not this machine. */
  readonly rates?: readonly Rate[] | undefined;
}

/** Sends below a base URL. */
export type Link = (base: string, more?: Pick<FetchOptions, 'patience' | 'signal'>) => Send;

/** The link to the target; all that goes over it keeps one pace. Throws UsageError. */
export async function linkTo(
  contract: Contract,
  target: string,
  { timeout, ca, rates }: LinkOptions,
): Promise<Link> {
  const send = await fetchFor(target, { ca });
  const stated = isLocal(target) ? [] : limitsOf(contract);
  const pace = pacer(rates ?? stated, pause);
  return (base, more = {}) => fetchSend(base, { timeout, pace, fetch: send, ...more });
}

/** The rates that the contract states for the API. */
function limitsOf({ limits = {} }: Contract): Rate[] {
  const { second, minute, hour } = limits;
  const rate = (most: number | undefined, within: number): Rate[] =>
    most === undefined ? [] : [{ most, within }];
  return [...rate(second, 1000), ...rate(minute, 60_000), ...rate(hour, 3_600_000)];
}
