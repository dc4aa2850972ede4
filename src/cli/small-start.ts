// A server that was only just started should be small. What its start leaves behind is mostly garbage, and V8 by
// itself rather grows the space for young objects than sweeps it: a quarter of the memory, for no time won.

import { setFlagsFromString } from 'node:v8';

/** Keeps the space for young objects as it is, until `startedUp`. */
export function startingUp(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}

/** From now on it grows as ever: requests leave garbage, too, and there speed counts. */
export function startedUp(): void {
  setFlagsFromString('--semi-space-growth-factor=2');
}
