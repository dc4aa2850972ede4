import type { Hooks, Sabotage } from '../kind.ts';

/** A story tells what must come out; what brings it about is computed elsewhere. */
export function enforce(): Hooks {
  return {};
}

export function sabotage(): Sabotage[] {
  return [];
}
