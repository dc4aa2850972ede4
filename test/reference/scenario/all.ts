// All scenarios, and the comparison of a server with the healthy one.

import { startReference } from '../flexprice.ts';
import { credentials, errors, orphans, overlaps, plans } from './common.ts';
import { groupLife, groupScopes, groupSearches, members, refusedGroups } from './groups.ts';
import {
  expansion,
  newAmounts,
  priceGroups,
  priceRules,
  priceSearches,
  priceUpdates,
} from './prices.ts';
import { Talk } from './talk.ts';

type Scenario = (talk: Talk) => Promise<void>;

const GROUPS = [refusedGroups, groupLife, groupSearches, groupScopes, members];
const PRICES = [priceGroups, priceUpdates, newAmounts, expansion, priceRules, priceSearches];
const COMMON = [errors, credentials, plans, overlaps, orphans];

const KEYS = ['key-one', 'key-two'];

async function transcript(scenario: Scenario, fault?: string): Promise<string[]> {
  const server = await startReference({ fault, keys: KEYS });
  const talk = new Talk(server.url);
  await scenario(talk).finally(() => server.close());
  return talk.lines;
}

const healthy = new Map<Scenario, Promise<string[]>>();

function expected(scenario: Scenario): Promise<string[]> {
  const known = healthy.get(scenario) ?? transcript(scenario);
  healthy.set(scenario, known);
  return known;
}

function inOrder(fault: string): Scenario[] {
  if (fault.startsWith('price')) return [...PRICES, ...GROUPS, ...COMMON];
  if (/^(group|entity)/.test(fault)) return [...GROUPS, ...PRICES, ...COMMON];
  return [...COMMON, ...GROUPS, ...PRICES];
}

// The first answer that is not the healthy one, or undefined when all are the same.
export async function firstDifference(fault: string | undefined): Promise<string | undefined> {
  for (const scenario of inOrder(fault ?? '')) {
    const [want, have] = [await expected(scenario), await transcript(scenario, fault)];
    const at = have.findIndex((line, i) => line !== want[i]);
    if (at >= 0) return `${scenario.name}\n  have: ${have[at]}\n  want: ${want[at]}`;
  }
  return undefined;
}
