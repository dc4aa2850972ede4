// A visit that any right server has to pass, however unusual its answers look.

import type { Fields, Json } from './model.ts';
import type { Reply } from './talk.ts';
import { oneTime, partsOf, product, put, Talk, usage } from './talk.ts';

const ALL = '/product-collections';
const LAG_MS = 350;

class Visit {
  readonly wrong: string[] = [];
  readonly #talk: Talk;

  constructor(talk: Talk) {
    this.#talk = talk;
  }

  expect(fine: boolean, what: string): void {
    if (!fine) this.wrong.push(what);
  }

  // Asks again after a 429; no refusal and no success may look like a breakdown.
  async ask(method: string, path: string, body?: unknown, key?: string): Promise<Reply> {
    const extras = key === undefined ? {} : { key };
    for (let tries = 0; tries < 3; tries += 1) {
      const reply = await this.#talk.ask(method, path, body, extras);
      if (reply.status === 429) continue;
      const { status, text, headers } = reply;
      const typed = /json/i.test(headers['content-type'] ?? '');
      this.expect(status < 500 && (text !== '') === typed, `${method} ${path}: ${status} ${text}`);
      return reply;
    }
    throw new Error('only 429 answers');
  }

  async good(method: string, path: string, body?: unknown): Promise<Reply> {
    const reply = await this.ask(method, path, body);
    this.expect(reply.status >= 200 && reply.status < 300, `${method} ${path} ${reply.text}`);
    return reply;
  }

  async refused(what: string, method: string, path: string, body?: unknown): Promise<Reply> {
    const reply = await this.ask(method, path, body);
    const coded = typeof reply.data['code'] === 'string';
    this.expect(reply.status >= 400 && coded, `${what}: ${reply.status} ${reply.text}`);
    return reply;
  }

  async product(name: string, more: Fields = {}): Promise<string> {
    const reply = await this.good('POST', '/products', product(name, more));
    this.expect(reply.status === 200, 'a product is made with 200');
    return String(reply.data['product_id']);
  }

  async groups(path: string): Promise<Fields[]> {
    return partsOf((await this.good('GET', path)).data['groups']);
  }
}

const none = (value: Json | undefined): boolean => value === null || value === undefined;
const part = (id: Json | undefined): string => encodeURIComponent(String(id));

async function visitProducts(v: Visit): Promise<void> {
  const body = {
    name: 'M',
    event_name: 'e',
    measurement_unit: 'call',
    aggregation: { type: 'count' },
  };
  const meter = await v.good('POST', '/meters', body);
  v.expect(meter.status === 201, 'a meter is made with 201');
  const meter_id = meter.data['id'] ?? '';
  const meters = [{ meter_id, price_per_unit: '1.50', name: 'Mine' }];
  const id = await v.product('U', { price: usage({ meters }) });
  const price = (await v.good('GET', `/products/${part(id)}`)).data['price'] as Fields;
  const [shown] = partsOf(price['meters']);
  v.expect(shown?.['name'] === 'M', 'the name of a meter is its own');
  v.expect(/^1\.50?$/.test(String(shown?.['price_per_unit'])), 'the price of a unit is kept');
  const bad: [string, Fields][] = [
    ['discount 101', oneTime({ discount: 101 })],
    ['no currency', oneTime({ currency: null })],
    ['no type', oneTime({ type: null })],
    ['price of unit 0', usage({ meters: [{ meter_id, price_per_unit: '0' }] })],
    ['unknown meter', usage({ meters: [{ meter_id: 'mtr_no', price_per_unit: '1' }] })],
    ['low suggestion', oneTime({ pay_what_you_want: true, suggested_price: 1 })],
  ];
  for (const [what, wrong] of bad) {
    await v.refused(what, 'POST', '/products', product('B', { price: wrong }));
  }
  await v.good('DELETE', `/products/${part(id)}`);
  const again = await v.refused('archived twice', 'DELETE', `/products/${part(id)}`);
  v.expect(again.status === 410, 'archiving a product twice answers 410');
}

async function visitGroups(v: Visit, path: string): Promise<void> {
  const [c, d] = [await v.product('C'), await v.product('D')];
  const made = await v.good('POST', `${path}/groups`, put(c));
  const { group_id, group_name, status, products } = made.data;
  const [row] = partsOf(products);
  v.expect(made.status === 200 && status === true, 'a group is added with 200, status true');
  v.expect(none(group_name) && row?.['status'] === true, 'no name, rows with status true');
  await v.good('POST', `${path}/groups`, put());
  await v.refused('name twice', 'POST', `${path}/groups`, { ...put(d), group_name: 'A' });
  await v.refused('product twice', 'POST', `${path}/groups`, put(c));
  await v.refused('no products', 'POST', `${path}/groups`, {});
  const items = `${path}/groups/${part(group_id)}/items`;
  const rows = (await v.good('POST', items, put(d))).all;
  const added = partsOf(rows).find((each) => each['product_id'] === d);
  await v.good('PATCH', `${items}/${part(added?.['id'])}`, { status: false });
  await v.good('PATCH', `${path}/groups/${part(group_id)}`, { group_name: 'Named' });
  const before = await v.groups(path);
  const order = before.map((each) => String(each['group_id'])).reverse();
  await v.good('PATCH', path, { group_order: order });
  const after = await v.groups(path);
  v.expect(
    after.every((each, at) => each['group_id'] === order[at]),
    'group_order is obeyed',
  );
  const named = after.find((each) => each['group_name'] === 'Named');
  const off = partsOf(named?.['products']).find((each) => each['product_id'] === d);
  v.expect(off?.['status'] === false, 'a row keeps its status');
  await v.good('DELETE', `${items}/${part(off?.['id'])}`);
  await v.good('DELETE', `${path}/groups/${part(group_id)}`);
  await v.good('POST', ALL, { name: 'Other', groups: [put(c, d)] });
}

async function visitLast(v: Visit, path: string): Promise<void> {
  for (const group of await v.groups(path)) {
    if (group['group_name'] === 'A') continue;
    await v.good('DELETE', `${path}/groups/${part(group['group_id'])}`);
  }
  const [group] = await v.groups(path);
  const whole = `${path}/groups/${part(group?.['group_id'])}`;
  const [row] = partsOf(group?.['products']);
  for (const last of [whole, `${whole}/items/${part(row?.['id'])}`]) {
    const reply = await v.refused('the last product', 'DELETE', last);
    const { code } = reply.data;
    v.expect(code === 'PRODUCT_COLLECTION_MUST_HAVE_PRODUCTS', 'the code names the rule');
  }
}

async function listed(v: Visit, query: string, id: Json | undefined): Promise<boolean> {
  for (let page = 0; page < 5; page += 1) {
    const path = `${ALL}?page_size=2&page_number=${page}${query}`;
    const items = partsOf((await v.good('GET', path)).data['items']);
    if (items.some((each) => each['id'] === id)) return true;
  }
  return false;
}

async function visitArchive(v: Visit, path: string, id: Json | undefined): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, LAG_MS));
  v.expect(await listed(v, '', id), 'a live collection is listed');
  await v.good('DELETE', path);
  v.expect(!(await listed(v, '', id)), 'an archived collection is not listed');
  v.expect(await listed(v, '&archived=true', id), 'archived=true lists it');
  await v.refused('write on archived', 'PATCH', path, { name: 'X' });
  const back = await v.good('POST', `${path}/unarchive`);
  v.expect(back.data['collection_id'] === id, 'unarchiving names the collection');
  v.expect(await listed(v, '', id), 'an unarchived collection is listed');
}

// The words for what went wrong; an empty list when all went well.
export async function visit(base: string): Promise<string[]> {
  const talk = new Talk(base);
  const v = new Visit(talk);
  await visitProducts(v);
  const [a, b] = [await v.product('A'), await v.product('B')];
  const groups = [
    { ...put(a), group_name: 'A' },
    { ...put(b), group_name: 'B', status: false },
  ];
  const made = await v.good('POST', ALL, { name: 'Ü', description: 'D', groups });
  const path = `${ALL}/${part(made.data['id'])}`;
  await v.good('PATCH', path, { name: 'New' });
  v.expect((await v.good('GET', path)).data['description'] === 'D', 'absent keeps');
  await v.good('PATCH', path, { description: null });
  v.expect(none((await v.good('GET', path)).data['description']), 'null clears');
  await visitGroups(v, path);
  await visitLast(v, path);
  await visitArchive(v, path, made.data['id']);
  const unknown = await v.refused('unknown id', 'GET', `${ALL}/pdc_nothing`);
  v.expect(unknown.status === 404, 'an unknown collection answers 404');
  const denied = await v.ask('GET', ALL, undefined, '');
  v.expect(denied.status === 401 && denied.data['code'] === 'UNAUTHORIZED', 'no key');
  talk.close();
  return v.wrong;
}
