// A whole siege: the corpus, broken framing, the fuzzer, and then the questions whether all is well. Long
// ones try every value in every field too, dawdle, and start the server again to see what it kept.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Campaign } from './campaign.ts';
import { corpus, fields } from './corpus.ts';
import { type Framing, framings, slow } from './framing.ts';
import { shots } from './fuzz.ts';
import { Server } from './server.ts';
import type { Shot } from './shot.ts';

export interface Told {
  readonly seed: number;
  readonly sent: number;
  readonly statuses: Readonly<Record<string, number>>;
  /** At the start, and after each part. */
  readonly megabytes: readonly number[];
  readonly slowestMs: number;
  readonly parts: Readonly<Record<string, number>>;
  /** Operations that took none of the requests: what hostility there is past their checks, nobody knows. */
  readonly unreached: readonly string[];
}

interface SiegeOptions {
  /** How many requests the fuzzer sends. */
  readonly count: number;
  readonly isLong: boolean;
}

/** Requests that are sent side by side. */
const VOLLEY = 24;

/** Requests of the fuzzer after which all tenants are forgotten. */
const ROUND = 4_000;

/** What a siege has come to. Throws with the request that did harm, and the seed. */
export async function siege(options: SiegeOptions): Promise<Told> {
  const seed = Number(process.env['HOSTILE_SEED'] ?? Date.now() % 2 ** 31);
  console.log(`HOSTILE_SEED=${seed}`);
  const folder = mkdtempSync(join(tmpdir(), 'tallystick-hostile-'));
  let server = await Server.start(folder);
  try {
    const campaign = await Campaign.against(server);
    const told = await besiege(campaign, options, seed);
    if (!options.isLong) return told;
    const before = await campaign.memory();
    campaign.close();
    await server.stop();
    server = await Server.start(folder);
    await campaign.remembers(server, before);
    return told;
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function besiege(
  campaign: Campaign,
  { count, isLong }: SiegeOptions,
  seed: number,
): Promise<Told> {
  const { server, targets } = campaign;
  const parts: Record<string, number> = {};
  const megabytes = [server.megabytes];
  const part = async (name: string, run: () => Promise<void>) => {
    const before = campaign.sent;
    await run();
    await campaign.aftermath();
    parts[name] = (parts[name] ?? 0) + campaign.sent - before;
    megabytes.push(server.megabytes);
  };
  await part('corpus', () => volleys(campaign, corpus(targets, campaign.foreign)));
  await part('framing', async () => {
    await playAll(campaign, framings(targets, 'framing'));
  });
  for (let done = 0; done < count; done += ROUND) {
    await campaign.renew();
    const some = shots(targets, campaign.foreign);
    await part('fuzz', () => campaign.fuzz(some, Math.min(ROUND, count - done), seed + done));
  }
  if (isLong) {
    await part('fields', async () => {
      for (const volley of fields(targets)) await campaign.volley(volley);
    });
    await part('slow', () => playAll(campaign, slow(targets, 'slow')));
  }
  const { sent, statuses, slowest } = campaign;
  const unreached = [...campaign.unreached];
  return { seed, sent, statuses, megabytes, slowestMs: Math.round(slowest), parts, unreached };
}

/** Side by side; every case that goes wrong is told. */
async function playAll(campaign: Campaign, all: readonly Framing[]): Promise<void> {
  const played = await Promise.allSettled(all.map((framing) => campaign.play(framing)));
  const failed = played.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
  if (failed.length > 0) throw new Error(failed.map(({ message }) => message).join('\n\n'));
}

async function volleys(campaign: Campaign, all: readonly Shot[]): Promise<void> {
  for (let at = 0; at < all.length; at += VOLLEY) await campaign.volley(all.slice(at, at + VOLLEY));
}
