// All scenarios, and the comparison of a server with the healthy one.

import { startReference } from '../flexprice.ts';
import { bulks, lookups, priceEnds, successors } from './bulk.ts';
import { bigClones, clones, refusedClones } from './clones.ts';
import { credentials, errors, orphans, overlaps, plans } from './common.ts';
import { groupLife, groupScopes, groupSearches, members, refusedGroups } from './groups.ts';
import { bearers, customers, keyless, meters } from './others.ts';
import { planDeletes, planLists, planReads, planUpdates } from './plans.ts';
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
const PLANS = [planUpdates, planDeletes, planLists, planReads];
const CLONES = [clones, refusedClones, bigClones];
const MORE_PRICES = [bulks, priceEnds, lookups, successors];
const OTHERS = [meters, customers, keyless, bearers];
const EVERY = [COMMON, GROUPS, PRICES, PLANS, CLONES, MORE_PRICES, OTHERS].flat();

// Where the faults with such a name are most likely to show.
const LIKELY: [RegExp, Scenario[]][] = [
  [/^(bulk|price-(delete|lookup|reprice))/, MORE_PRICES],
  [/^clone/, CLONES],
  [/^plan-(put|delete|search|list|read)/, PLANS],
  [/^(meter|customer|bearer|no-auth|auth|price-(.*-)?meter)/, OTHERS],
  [/^price/, PRICES],
  [/^(group|entity)/, GROUPS],
];

const KEYS = ['key-one', 'key-two'];

interface Switch {
  fault?: string | undefined;
  benign?: string | undefined;
}

async function transcript(scenario: Scenario, on: Switch = {}): Promise<string[]> {
  const server = await startReference({ ...on, keys: KEYS });
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
  const likely = LIKELY.filter(([name]) => name.test(fault)).flatMap(([, scenarios]) => scenarios);
  return [...new Set([...likely, ...EVERY])];
}

// The first answer that is not the healthy one, or undefined when all are the same.
export async function firstDifference(
  fault: string | undefined,
  benign?: string,
): Promise<string | undefined> {
  for (const scenario of inOrder(fault ?? benign ?? '')) {
    const have = await transcript(scenario, { fault, benign });
    const want = await expected(scenario);
    const at = have.findIndex((line, i) => line !== want[i]);
    if (at >= 0) return `${scenario.name}\n  have: ${have[at]}\n  want: ${want[at]}`;
  }
  return undefined;
}
