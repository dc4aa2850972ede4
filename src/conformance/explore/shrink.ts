// A sequence that shows a disagreement -> the shortest one that still does.

import { isObject } from '../../model/json.ts';
import { isMake } from '../../model/steps.ts';
import { type Move, needs } from './cast.ts';

/** Whether these steps show the same disagreement. */
export type Shows = (moves: readonly Move[]) => Promise<boolean>;

/** How many sequences are tried; what is shortest then is short enough. */
const MOST_TRIES = 80;

/** Steps are left out, changes become part of what is made, then the second tenant and fields of what is sent, as long as the disagreement is shown. */
export async function shrink(moves: readonly Move[], shows: Shows): Promise<readonly Move[]> {
  let tries = 0;
  const still: Shows = async (fewer) => tries++ < MOST_TRIES && (await shows(fewer));
  let best = moves;
  for (let size = Math.ceil(best.length / 2); size >= 1; size = Math.floor(size / 2)) {
    best = await withoutSteps(best, size, still);
  }
  const alone = best.map(({ by: _, ...move }) => move as Move);
  if (best.some(({ by }) => by !== undefined) && (await still(alone))) best = alone;
  for (;;) {
    const simpler = await simpled(await folded(best, still), still);
    const fewer = await withoutSteps(simpler, 1, still);
    if (fewer === best || tries >= MOST_TRIES) return fewer;
    best = fewer;
  }
}

/** Without as many groups of so many steps as can be missed, the last ones first. */
async function withoutSteps(
  moves: readonly Move[],
  size: number,
  still: Shows,
): Promise<readonly Move[]> {
  let best = moves;
  for (let end = best.length; end > 0; end -= size) {
    const fewer = without(best, Math.max(0, end - size), end);
    if (fewer.length < best.length && fewer.length > 0 && (await still(fewer))) best = fewer;
    end = Math.min(end, best.length + size);
  }
  return best;
}

/** Without these steps and all that need what they made. */
function without(moves: readonly Move[], from: number, to: number): Move[] {
  const gone = moves.slice(from, to).map(({ as }) => as);
  const kept: Move[] = [];
  for (const [i, move] of moves.entries()) {
    if (i >= from && i < to) continue;
    if (gone.some((name) => needs(move, name))) gone.push(move.as);
    else kept.push(move);
  }
  return kept;
}

/** With records made as a later change would have them, in place of that change. */
async function folded(moves: readonly Move[], still: Shows): Promise<readonly Move[]> {
  let best = moves;
  for (const { as } of moves) {
    const fewer = withFolded(best, as);
    if (fewer !== undefined && (await still(fewer))) best = fewer;
  }
  return best;
}

/** Without the change of that name: what it changes is made in its place. Undefined where it changes nothing made here. */
function withFolded(moves: readonly Move[], name: string): Move[] | undefined {
  const change = moves.find(({ as }) => as === name);
  if (change === undefined || isMake(change) || !isObject(change.with)) return undefined;
  const path = JSON.stringify(change.path ?? {});
  const made = moves.findLast((move) => isMake(move) && path.includes(`=${move.as}.`));
  if (made === undefined || moves.indexOf(made) > moves.indexOf(change)) return undefined;
  const whole = { ...made, with: { ...(isObject(made.with) ? made.with : {}), ...change.with } };
  return moves.flatMap((move) => (move === made ? [] : move === change ? [whole as Move] : [move]));
}

/** Without the fields that can be left out of what is sent. */
async function simpled(moves: readonly Move[], still: Shows): Promise<readonly Move[]> {
  let best = moves;
  for (const [i, { with: body }] of moves.entries()) {
    for (const field of Object.keys(isObject(body) ? body : {})) {
      const simpler = best.map((move, place) => (place === i ? withoutField(move, field) : move));
      if (await still(simpler)) best = simpler;
    }
  }
  return best;
}

function withoutField(move: Move, field: string): Move {
  const { with: body, ...rest } = move;
  const { [field]: _, ...left } = body as Record<string, never>;
  const isEmptyMake = 'make' in move && Object.keys(left).length === 0;
  return (isEmptyMake ? rest : { ...rest, with: left }) as Move;
}
