// All scenarios, and the comparison of a server with the healthy one.

import { startReference } from '../dodopayments.ts';
import {
  archiving,
  collectionLists,
  creating,
  ordering,
  patching,
} from './scenario-collections.ts';
import { bodies, nameless, pages, reach, tenants } from './scenario-common.ts';
import { last, lastOfGroup, names, once, statuses } from './scenario-groups.ts';
import { members, races } from './scenario-members.ts';
import { meters, shapes } from './scenario-prices.ts';
import { linked, productLists, products, references, rows } from './scenario-products.ts';
import { Differs, KEYS, Talk } from './talk.ts';

export type Scenario = (talk: Talk) => Promise<void>;

const COLLECTIONS = [creating, patching, ordering, archiving, collectionLists];
const GROUPS = [names, once, last, lastOfGroup, statuses, members, races];
const PRODUCTS = [rows, products, references, productLists, linked, shapes, meters];
const COMMON = [bodies, nameless, tenants, reach, pages];
const EVERY = [...COLLECTIONS, ...GROUPS, ...PRODUCTS, ...COMMON];

// Where a fault of this name is most likely to show first.
const FIRST: [RegExp, Scenario[]][] = [
  [/^(open|auth)/, [nameless]],
  [/^(leak-reference)/, [once, references, meters]],
  [/^(leak|keys|tenants)/, [tenants]],
  [/^(unknown-(route|collection)|wrong-method|malformed|array|charset|other-types)/, [bodies]],
  [/^(bodyless|add-group-to-unknown|unknown-fields|answers|error)/, [bodies]],
  [/^(unknown-(meter|credit|addon)|create-(meter|addon))/, [linked]],
  [/^(unknown|group-of-other)/, [members]],
  [/^(integer|int32|code-suggested)/, [shapes]],
  [
    /^(boolean|metadata|activations|product-(name|without|tax|ids|create)|unknown-product)/,
    [products],
  ],
  [/^(price-(type-change|patch)|code-product)/, [rows]],
  [/^delete-item/, [last]],
  [/^updated-at-ignores-(patch|delete)-item/, [statuses, last]],
  [/^(add-items|updated-at-ignores-add-items)/, [once]],
  [/^add-group/, [members]],
  [/^(void|invalid)/, [patching]],
  [/^race/, [races]],
  [/^names/, [names]],
  [/^(once|product-(unknown|archived-accepted))/, [once, creating]],
  [/^last/, [last, lastOfGroup, creating]],
  [/^list/, [pages]],
  [/^(collections|products|recurring)-/, [collectionLists, productLists, shapes]],
  [/^(archive|unarchive|images|delete-group|code-archived)/, [archiving, reach, members]],
  [/^(row|product|credits|product-listed)/, [rows, products, ordering]],
  [
    /^(one-time|recurring|usage-[^m]|price|discount|suggested|trial|payment|subscription)/,
    [shapes],
  ],
  [/^(fixed-price|period)/, [shapes]],
  [
    /^(ppu|units|meter|meters|usage-meters|threshold|free|price-and|credit-link|code-meter)/,
    [meters, linked],
  ],
  [/^(addon|credit|aggregation|rollover|overage|code-(addon|credit))/, [references, linked]],
  [/-order-/, [ordering]],
  [/^(group-status|item|group-product|row-status)/, [statuses, members, creating]],
  [/^collection-/, [patching, creating, collectionLists]],
  [/^(create-|summary|updated-at)/, [creating, collectionLists, archiving, members]],
];

function inOrder(fault: string): Scenario[] {
  const likely = FIRST.filter(([form]) => form.test(fault)).flatMap(([, all]) => all);
  return [...new Set([...likely, ...EVERY])];
}

const healthy = new Map<Scenario, Promise<string[]>>();

export async function play(
  scenario: Scenario,
  fault?: string,
  expected?: string[],
): Promise<string[]> {
  const server = await startReference({ fault, keys: KEYS });
  const talk = new Talk(server.url, expected);
  try {
    await scenario(talk);
    return talk.lines;
  } finally {
    talk.close();
    await server.close();
  }
}

function expectedOf(scenario: Scenario): Promise<string[]> {
  const known = healthy.get(scenario) ?? play(scenario);
  healthy.set(scenario, known);
  return known;
}

// The first answer that is not the healthy one, or undefined when all are the same.
export async function firstDifference(fault: string | undefined): Promise<string | undefined> {
  for (const scenario of inOrder(fault ?? '')) {
    const expected = await expectedOf(scenario);
    try {
      await play(scenario, fault, expected);
    } catch (error) {
      if (error instanceof Differs) return `${scenario.name}\n${error.message}`;
      throw error;
    }
  }
  return undefined;
}

export async function healthyLines(): Promise<number> {
  let count = 0;
  for (const scenario of EVERY) count += (await expectedOf(scenario)).length;
  return count;
}
