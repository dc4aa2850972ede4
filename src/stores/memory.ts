// A store that keeps nothing: `--ephemeral`, and most tests.

import type { Change, State } from '../state/state.ts';
import type { Store } from './store.ts';

export class MemoryStore implements Store {
  readonly readOnly = undefined;
  readonly #state: State;

  constructor(state: State) {
    this.#state = state;
  }

  async open(): Promise<void> {}

  commit(changes: readonly Change[]): void {
    this.#state.apply(changes);
  }

  reset(): void {
    this.#state.reset();
  }

  adopt(): void {}

  reached(): undefined {
    return undefined;
  }

  async close(): Promise<void> {}
}
