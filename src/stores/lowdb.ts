import type { Playable } from '../mock/playable.ts';
import type { State } from '../state/state.ts';
import { MemoryStore } from './memory.ts';
export class LowdbStore extends MemoryStore {
  constructor(state: State, _api: Playable, _o: unknown) {
    super(state);
  }
}
