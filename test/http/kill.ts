// Kills the built server with SIGKILL while it works, starts it again, and holds what it then says
// against everything that it had answered. Needs `npm run build`.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Victim } from './victim.ts';

const PRICES = 1_000;

export interface Killed {
  readonly kills: number;
  /** Writes that were answered with 2xx, all of which were found again after every later start. */
  readonly answered: number;
  /** Kills after which the folder showed a rewrite of the snapshot that had not come to its end. */
  readonly duringRewrite: number;
  /** Kills while the deletion of a group of 1,000 prices was not answered yet. */
  readonly duringDelete: number;
  /** Such deletions that had happened at the next start, answered or not. */
  readonly deletesDone: number;
  /** Whatever was not as it must be; empty when all is well. */
  readonly wrong: string[];
}

/** Kills the server so many times: in turn under plain load, while it rewrites its files, and while it deletes. */
export async function killRounds(kills: number): Promise<Killed> {
  const folder = mkdtempSync(join(tmpdir(), 'tallystick-kill-'));
  const scene = new Scene(folder);
  try {
    await scene.victim.start();
    await scene.prepare();
    for (let round = 0; round < kills; round++) {
      if (round % 3 === 0) await scene.killUnderLoad();
      else if (round % 3 === 1) await scene.killWhileRewriting();
      else await scene.killWhileDeleting();
      await scene.victim.start();
      await scene.check();
    }
    return scene.result;
  } finally {
    await scene.victim.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

class Scene {
  readonly victim: Victim;
  readonly #found = {
    duringRewrite: 0,
    duringDelete: 0,
    deletesDone: 0,
    wrong: [] as string[],
  };
  /** What was answered: id -> lookup key. */
  readonly #groups = new Map<string, string>();
  /** A price whose description counts upwards: the last number that was answered, and that was sent. */
  #counter: { id: string; answered: number; sent: number } | undefined;
  #keys = 0;
  #early = true;
  #deleting: { group: string; plan: string; answered: boolean } | undefined;

  constructor(folder: string) {
    this.victim = new Victim(folder);
  }

  get result(): Killed {
    const { kills, answered } = this.victim;
    return { kills, answered, ...this.#found };
  }

  /** The price that counts. */
  async prepare(): Promise<void> {
    const plan = String((await this.victim.call('POST', '/plans', { name: 'load' }))?.['id']);
    const made = await this.victim.call('POST', '/prices', {
      ...FLAT,
      entity_id: plan,
      description: '0',
    });
    this.#counter = { id: String(made?.['id']), answered: 0, sent: 0 };
  }

  async killUnderLoad(): Promise<void> {
    const load = this.#load();
    await sleep(30 + Math.random() * 200);
    await this.victim.kill();
    await load;
  }

  /** Waits under load until the next file is being written. */
  async killWhileRewriting(): Promise<void> {
    const load = this.#load();
    const until = Date.now() + 5_000;
    while (!this.victim.isRewriting() && Date.now() < until) await sleep(1);
    await this.victim.kill();
    if (this.victim.isRewriting()) this.#found.duringRewrite += 1;
    await load;
  }

  /** Every other time early, when it can't be done yet, else at any time up to its answer. */
  async killWhileDeleting(): Promise<void> {
    const { group, plan } = await this.#fullGroup();
    const deleting = { group, plan, answered: false };
    const deleted = this.victim.call('DELETE', `/groups/${group}`).then((answer) => {
      deleting.answered = answer !== undefined;
    });
    this.#deleting = deleting;
    const isEarly = this.#early;
    this.#early = !isEarly;
    await Promise.race([deleted, sleep(Math.random() * (isEarly ? 10 : 300))]);
    if (!deleting.answered) this.#found.duringDelete += 1;
    await this.victim.kill();
    await deleted;
  }

  /** Everything that was answered must be there, and nothing by halves. */
  async check(): Promise<void> {
    const { wrong } = this.#found;
    const groups = new Map(
      (await this.victim.all('/groups/search', {})).map((row) => [row['id'], row]),
    );
    const keys = [...groups.values()].map((row) => row['lookup_key']);
    if (new Set(keys).size < keys.length) wrong.push('two groups have one lookup key');
    for (const [id, key] of this.#groups) {
      if (groups.get(id)?.['lookup_key'] !== key)
        wrong.push(`group ${id} (${key}) was answered and is lost`);
    }
    await this.#checkCounter();
    await this.#checkDelete();
  }

  async #checkCounter(): Promise<void> {
    if (this.#counter === undefined) return;
    const { id, answered, sent } = this.#counter;
    const found = Number((await this.victim.call('GET', `/prices/${id}`))?.['description']);
    if (found >= answered && found <= sent) return;
    this.#found.wrong.push(
      `price ${id} says ${found}, though ${answered} was answered and ${sent} sent`,
    );
  }

  /** The group is archived if, and only if, all of its prices have left it. */
  async #checkDelete(): Promise<void> {
    if (this.#deleting === undefined) return;
    const { group, plan, answered } = this.#deleting;
    this.#deleting = undefined;
    const status = (await this.victim.call('GET', `/groups/${group}`))?.['status'];
    const prices = await this.victim.all('/prices/search', { entity_ids: [plan] });
    const inside = prices.filter((row) => row['group_id'] === group).length;
    const isWhole =
      status === 'archived' ? inside === 0 : status === 'published' && inside === PRICES;
    if (!isWhole || prices.length !== PRICES) {
      this.#found.wrong.push(
        `group ${group} is ${status} and holds ${inside} of ${prices.length} prices`,
      );
    }
    if (answered && status !== 'archived')
      this.#found.wrong.push(`the delete of ${group} was answered and is lost`);
    if (status === 'archived') this.#found.deletesDone += 1;
    else this.#groups.delete(group);
  }

  /** Creates groups and counts a price upwards until the server is gone. */
  async #load(): Promise<void> {
    const create = async () => {
      for (;;) {
        const key = `key-${this.#keys++}`;
        const made = await this.victim.call('POST', '/groups', {
          name: key,
          lookup_key: key,
          entity_type: 'price',
        });
        if (made === undefined) return;
        this.#groups.set(String(made['id']), key);
      }
    };
    const count = async () => {
      const counter = this.#counter;
      if (counter === undefined) return;
      for (;;) {
        counter.sent += 1;
        const next = counter.sent;
        if (
          (await this.victim.call('PUT', `/prices/${counter.id}`, { description: `${next}` })) ===
          undefined
        )
          return;
        counter.answered = next;
      }
    };
    await Promise.all([create(), create(), create(), create(), create(), create(), count()]);
  }

  /** A group with its prices, which are all the prices of one plan. */
  async #fullGroup(): Promise<{ group: string; plan: string }> {
    const key = `full-${this.#keys++}`;
    const plan = String((await this.victim.call('POST', '/plans', { name: key }))?.['id']);
    const made = await this.victim.call('POST', '/groups', {
      name: key,
      lookup_key: key,
      entity_type: 'price',
    });
    const group = String(made?.['id']);
    let left = PRICES;
    const fill = async () => {
      while (left-- > 0)
        await this.victim.call('POST', '/prices', { ...FLAT, entity_id: plan, group_id: group });
    };
    await Promise.all(Array.from({ length: 16 }, fill));
    return { group, plan };
  }
}

const FLAT = {
  type: 'FIXED',
  billing_model: 'FLAT_FEE',
  billing_period: 'MONTHLY',
  billing_period_count: 1,
  billing_cadence: 'RECURRING',
  invoice_cadence: 'ADVANCE',
  currency: 'usd',
  amount: '10',
  price_unit_type: 'FIAT',
  entity_type: 'PLAN',
};
