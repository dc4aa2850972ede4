// A random sequence, and what each of its steps must be answered with.

import { readOf } from '../../rules/steps.ts';
import type { Move } from './cast.ts';
import type { Chance } from './chance.ts';
import { nextMove, type Stage } from './moves.ts';
import type { Teller, Told } from './teller.ts';

/** How many steps a sequence has, the last looks at its records aside. */
const FEWEST = 8;
const MOST = 12;
/** How many choices may lead nowhere before a sequence ends. */
const MOST_TRIES = 60;
/** How many of its records are looked at in the end. */
const LAST_LOOKS = 4;

/** The steps; the same for the same choices. */
export async function compose(
  chance: Chance,
  teller: Teller,
  about: Pick<Stage, 'hasOther' | 'broken'>,
): Promise<Told[]> {
  const stage: Stage = { contract: teller.counted.whole, cast: teller.cast, ...about };
  const wanted = FEWEST + chance.below(MOST - FEWEST + 1);
  const told: Told[] = [];
  for (let tries = 0; told.length < wanted && tries < MOST_TRIES; tries++) {
    const move = nextMove(chance, stage, tries + 1);
    const next = move && (await teller.tell(move));
    if (next !== undefined) told.push(next);
  }
  return [...told, ...(await lastLooks(teller))];
}

/** What the records are in the end, those made first before the others. */
async function lastLooks(teller: Teller): Promise<Told[]> {
  const told: Told[] = [];
  for (const { name, resource, by } of teller.cast) {
    if (told.length === LAST_LOOKS) break;
    const [call] = readOf(teller.counted.whole, resource.name, name);
    if (call === undefined) continue;
    const move: Move = { ...call, ...(by === undefined ? {} : { by }), as: `last_${name}` };
    const next = await teller.tell(move);
    if (next !== undefined) told.push(next);
  }
  return told;
}
