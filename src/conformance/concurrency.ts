// Several at once, in order. What can't bear company waits for all that is under way, and goes alone.

export interface Turns<Item> {
  readonly workers: number;
  /** Whether nothing else may be under way beside it. */
  isAlone(item: Item): boolean;
  /** Asked before each item is begun; no more are when it says so. */
  isOver(): boolean;
}

/** Does the work for each item. Rejects with the first failure, when nothing is under way any more. */
export async function inTurn<Item>(
  items: readonly Item[],
  { workers, isAlone, isOver }: Turns<Item>,
  work: (item: Item, place: number) => Promise<void>,
): Promise<void> {
  const underWay = new Set<Promise<void>>();
  const failures: unknown[] = [];
  const begin = (item: Item, place: number) => {
    const job = work(item, place)
      .catch((error: unknown) => void failures.push(error))
      .finally(() => underWay.delete(job));
    underWay.add(job);
  };
  const fewerThan = async (most: number) => {
    while (underWay.size >= most) await Promise.race(underWay);
  };
  for (const [place, item] of items.entries()) {
    const alone = isAlone(item);
    await fewerThan(alone ? 1 : workers);
    if (isOver() || failures.length > 0) break;
    begin(item, place);
    if (alone) await fewerThan(1);
  }
  await fewerThan(1);
  if (failures.length > 0) throw failures[0];
}
