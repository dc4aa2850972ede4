import { expect, test } from 'vitest';
import { loadContract } from '../../src/contract/load.ts';
import { startProxy } from '../../src/proxy/start.ts';
import { kinds } from '../../src/rules/index.ts';
import { CONTRACT, mock } from '../http/mock.ts';
import { benign, startReference } from '../reference/flexprice.ts';
import * as all from '../reference/scenario/all.ts';
import { Talk } from '../reference/scenario/talk.ts';
import { bulks, lookups, priceEnds, successors } from '../reference/scenario/bulk.ts';
import { bigClones, clones, refusedClones } from '../reference/scenario/clones.ts';
import { credentials, errors, orphans, overlaps, plans } from '../reference/scenario/common.ts';
import { groupLife, groupScopes, groupSearches, members, refusedGroups } from '../reference/scenario/groups.ts';
import { bearers, customers, keyless, meters } from '../reference/scenario/others.ts';
import { planDeletes, planLists, planReads, planUpdates } from '../reference/scenario/plans.ts';
import { expansion, newAmounts, priceGroups, priceRules, priceSearches, priceUpdates } from '../reference/scenario/prices.ts';
const EVERY = [bulks, lookups, priceEnds, successors, bigClones, clones, refusedClones, credentials, errors, orphans, overlaps, plans, groupLife, groupScopes, groupSearches, members, refusedGroups, bearers, customers, keyless, meters, planDeletes, planLists, planReads, planUpdates, expansion, newAmounts, priceGroups, priceRules, priceSearches, priceUpdates];
async function through(target: string) {
  const contract = loadContract(CONTRACT, kinds);
  const proxy = await startProxy({ contract, target, settle: 0, bases: process.env.B ? process.env.B.split(',') as never : undefined as never });
  for (const s of EVERY) await s(new Talk(proxy.url));
  const report = proxy.report();
  await proxy.close();
  return report;
}
const bad = (r: any) => r.results.filter((x: any) => x.verdict === 'violated').map((x: any) => `${x.id}: ${x.reason} [${x.requests.map((e: any) => `${e.request.method} ${e.request.path} ${JSON.stringify(e.request.body)} -> ${e.received.status}`).join(' | ')}]`.slice(0, 700));
test('mock', async () => {
  const m = await mock();
  const r = await through(m.apis.flexprice);
  console.log(r.requests, r.summary, bad(r));
}, 200000);
test('reference', async () => {
  const ref = await startReference({});
  const r = await through(ref.url);
  console.log(r.requests, r.summary, bad(r));
  console.log(r.results.filter((x) => x.id.endsWith('/traffic')).map((x) => `${x.verdict} ${x.id}`).join('\n'));
  for (const b of Object.keys(process.env.BEN ? benign : {})) {
    const one = await startReference({ benign: b });
    const f = bad(await through(one.url).catch((e) => { console.log(b, String(e)); return { results: [] }; }));
    if (f.length) console.log('BENIGN', b, f);
    await one.close();
  }
}, 500000);
import { faults } from '../reference/flexprice.ts';
test('faults', async () => {
  const names = Object.keys(faults).filter((n) => /expand|key-dup|key-unique|delete|lost|default|-key-/.test(n) && process.env.FAULTS);
  for (const b of names) {
    const one = await startReference({ fault: b });
    const r = await through(one.url).catch((e) => ({ results: [{ verdict: 'violated', id: 'ERR', reason: String(e), requests: [] }] }));
    console.log(b, '=>', (r.results as any[]).filter((x) => x.verdict === 'violated').map((x) => `${x.id}: ${x.reason}`.slice(0, 150)));
    await one.close();
  }
}, 900000);
