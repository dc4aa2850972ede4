// When something was written: what two answers show can be compared only where nothing was written between them.

interface Write {
  readonly began: number;
  ended: number;
}

/** What is kept; of earlier ones only is known that there were some. */
const MOST = 1000;

export class Writes {
  readonly #known = new Map<number, Write>();
  #forgotten = -1;

  /** A write has begun, at this place among all beginnings and ends. */
  begin(began: number): void {
    this.#known.set(began, { began, ended: Number.POSITIVE_INFINITY });
  }

  end(began: number, ended: number): void {
    const write = this.#known.get(began);
    if (write !== undefined) write.ended = ended;
    for (const one of this.#known.values()) {
      if (this.#known.size <= MOST) break;
      this.#known.delete(one.began);
      this.#forgotten = Math.max(this.#forgotten, one.ended);
    }
  }

  /** Whether nothing was being written from the one place to the other, but by the write that is given. */
  isQuiet(from: number, to: number, except?: number): boolean {
    if (this.#forgotten > from) return false;
    return [...this.#known.values()].every(
      ({ began, ended }) => began === except || began > to || ended < from,
    );
  }
}
