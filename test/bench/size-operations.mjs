// What is asked of a tenant with few prices and of one with many: how the tenants are filled, and the
// operations, each with what should become of its cost and why.

/** Prices in a group and groups in a plan: a page of either is small in any tenant. */
const IN_GROUP = 10;
const IN_PLAN = 100;
const PER_REQUEST = 100;
const PAGE = 5;

const priceOf = (tenant, i, plan, group) => ({
  type: 'FIXED',
  billing_model: 'FLAT_FEE',
  billing_period: 'MONTHLY',
  billing_period_count: 1,
  invoice_cadence: 'ADVANCE',
  currency: 'usd',
  amount: '10',
  entity_type: 'PLAN',
  entity_id: plan,
  lookup_key: `${tenant}-price-${i}`,
  ...(group === undefined ? {} : { group_id: group }),
});

/** Sends, and gives the answer's body; throws when it is no success. */
async function accepted(door, tenant, method, path, body) {
  const answer = await door.send(tenant, method, path, body);
  if (answer.status < 300) return answer.body;
  throw new Error(`${method} ${path} answers ${answer.status}: ${JSON.stringify(answer.body)}`);
}

const newGroup = async (door, tenant, key) => {
  const body = { name: key, lookup_key: key, entity_type: 'price' };
  return (await accepted(door, tenant, 'POST', '/groups', body)).id;
};

const newPlan = async (door, tenant) =>
  (await accepted(door, tenant, 'POST', '/plans', { name: 'Size' })).id;

/** Makes prices `from` ... `to - 1`, in the group that is given or in small ones of their own. */
async function addPrices(door, tenant, from, to, group) {
  const ids = [];
  const groups = [];
  const plans = [];
  for (let i = from; i < to; i += PER_REQUEST) {
    if ((i - from) % IN_PLAN === 0) plans.push(await newPlan(door, tenant));
    const items = [];
    for (let n = i; n < Math.min(to, i + PER_REQUEST); n++) {
      if (group === undefined && n % IN_GROUP === 0) {
        groups.push(await newGroup(door, tenant, `${tenant}-group-${groups.length}`));
      }
      items.push(priceOf(tenant, n, plans.at(-1), group ?? groups.at(-1)));
    }
    const made = await accepted(door, tenant, 'POST', '/prices/bulk', { items });
    ids.push(...made.items.map(({ id }) => id));
  }
  return { ids, groups, plans };
}

/** A tenant with that many prices in small groups: `{ name, count, ids, groups, plans, made }`. */
export async function fill(door, name, count) {
  return { name, count, made: 0, ...(await addPrices(door, name, 0, count)) };
}

/** A tenant with that many loose prices besides, and groups to delete of the sizes that are given. */
export async function fillForDelete(door, name, count, sizes) {
  const { ids } = await addPrices(door, name, 0, count);
  const doomed = [];
  let from = ids.length;
  for (const size of sizes) {
    const group = await newGroup(door, name, `${name}-doomed-${doomed.length}`);
    await addPrices(door, name, from, from + size, group);
    doomed.push(group);
    from += size;
  }
  return { name, count: from, doomed };
}

/** Spreads over the whole of a list, and is the same in every run. */
const nth = (list, i) => list[(i * 7_919) % list.length];

/**
 * `request` gives method, path and body for the i-th time; `found` how many records the answer must have.
 * `grows` says whether the cost may depend on how many prices the tenant has, `why` what it is made of.
 */
export const OPERATIONS = [
  {
    name: 'create a price',
    grows: false,
    why: 'key and plan by index, one line in the journal',
    request: (tenant) => [
      'POST',
      '/prices',
      priceOf(`${tenant.name}-more`, tenant.made++, tenant.plans[0], tenant.groups[0]),
    ],
  },
  {
    name: 'read by id',
    grows: false,
    why: 'the map of the records',
    request: (tenant, i) => ['GET', `/prices/${nth(tenant.ids, i)}`],
  },
  {
    name: 'search by lookup key: GET /prices/lookup/{key}',
    grows: false,
    why: 'index of the unique key',
    request: ({ name, count }, i) => ['GET', `/prices/lookup/${name}-price-${(i * 7_919) % count}`],
  },
  {
    name: 'search by group_id: GET /groups/{id} of 10 prices',
    grows: false,
    why: 'index of the reference; the API has no filter by group_id',
    found: (body) => body.entity_ids.length >= IN_GROUP,
    request: ({ groups }, i) => ['GET', `/groups/${nth(groups, i)}`],
  },
  {
    name: 'list by lookup key: POST /groups/search',
    grows: false,
    why: 'index of the unique key',
    found: (body) => body.items.length === 1,
    request: ({ name, groups }, i) => {
      const lookup_key = `${name}-group-${(i * 7_919) % groups.length}`;
      return ['POST', '/groups/search', { lookup_key, limit: PAGE }];
    },
  },
  {
    name: 'list by plan: POST /prices/search, a page of 5 of 100',
    grows: false,
    why: 'index of the reference; only those are tested',
    found: (body) => body.items.length === PAGE && body.pagination.total >= IN_PLAN,
    request: ({ plans }, i) => [
      'POST',
      '/prices/search',
      { entity_ids: [nth(plans, i)], limit: PAGE },
    ],
  },
  {
    name: 'list, first page of 20',
    grows: true,
    why: 'every price is tested for having ended, and counted for the total',
    found: (body) => body.items.length === 20,
    request: () => ['POST', '/prices/search', { limit: 20 }],
  },
  {
    name: 'list, last page of 20',
    grows: true,
    why: 'as the first page: a deep offset is a slice, and costs nothing more',
    found: (body) => body.items.length === 20,
    request: ({ count }) => ['POST', '/prices/search', { limit: 20, offset: count - 20 }],
  },
];

/** What the delete of one group costs, which is measured apart: it can be done once. */
export const DELETE = {
  grows: false,
  why: 'the index gives its prices; each is changed, checked and written to one line of the journal',
  request: (group) => ['DELETE', `/groups/${group}`],
};

/** The same in one tenant, of a small group and of a large one. */
export const DELETE_PART = {
  grows: true,
  why: 'by the prices in the group, as it must',
  of: (part, whole) => `... of ${part} against ${whole} prices, one tenant`,
};
