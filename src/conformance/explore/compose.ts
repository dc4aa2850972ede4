// A random sequence, and what each of its steps must be answered with.

import { readOf } from '../../rules/steps.ts';
import { type Move, namedBy, referringTo } from './cast.ts';
import type { Chance } from './chance.ts';
import { lookAt } from './looks.ts';
import { nextMove, type Stage } from './moves.ts';
import type { Teller, Told } from './teller.ts';
import { uniquesOf } from './values.ts';

/** How many steps a sequence has, the looks at what they did aside. */
const FEWEST = 8;
const MOST = 12;
/** How many choices may lead nowhere before a sequence ends. */
const MOST_TRIES = 60;
/** In how many of a hundred cases a step is followed by one that shows what it did. */
const LOOKS = 35;
/** How many of its records are looked at in the end. */
const LAST_LOOKS = 6;

/** The steps; the same for the same choices. */
export async function compose(
  chance: Chance,
  teller: Teller,
  about: Pick<Stage, 'hasOther' | 'broken'>,
): Promise<Told[]> {
  const { counted, cast, refused } = teller;
  const stage: Stage = { counted, cast, refused, ...about };
  const wanted = FEWEST + chance.below(MOST - FEWEST + 1);
  const told: Told[] = [];
  for (let tries = 0, made = 0; made < wanted && tries < MOST_TRIES; tries++) {
    const move = nextMove(chance, stage, tries + 1);
    const next = move && (await teller.tell(move));
    if (next === undefined) continue;
    told.push(next);
    made += 1;
    if (!chance.percent(LOOKS)) continue;
    const after = makeAgain(stage, next.move) ?? lookAfter(chance, stage, next.move, tries + 1);
    const seen = after && (await teller.tell(after));
    if (seen !== undefined) told.push(seen);
  }
  return [...told, ...(await lastLooks(teller))];
}

/** What was refused, rightly made, with the value that nothing else may have: nothing has it. */
function makeAgain({ counted, refused }: Stage, { as }: Move): Move | undefined {
  const ghost = refused.find(({ name }) => name === as);
  const binding = ghost && counted.whole.bindingFor('create', ghost.resource.name);
  const field = binding && uniquesOf(counted.strict, binding).find((one) => ghost.sent.has(one));
  if (ghost === undefined || field === undefined) return undefined;
  const { name, resource, by } = ghost;
  const body = { [field]: `=sent.${name}.${field}` };
  return {
    make: resource.name,
    with: body,
    ...(by === undefined ? {} : { by }),
    as: `${name}_again`,
  };
}

/** A look at a record that the step made or was about, or that refers to one of these; refused or not. */
function lookAfter(chance: Chance, stage: Stage, move: Move, number: number): Move | undefined {
  const made = stage.cast.filter(({ name }) => name === move.as);
  const about = namedBy(move, stage.cast);
  const others = about.flatMap((one) => referringTo(one, stage.cast));
  const member = chance.one([...made, ...about, ...others]);
  const look = member && lookAt(chance, stage.counted.whole, member);
  const by = member?.by;
  return look && { ...look, ...(by === undefined ? {} : { by }), as: `then${number}` };
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
