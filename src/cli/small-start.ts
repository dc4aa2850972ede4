// A server that was only just started should be small, and soon there. What its start leaves behind is mostly garbage,
// and V8 by itself rather grows the space for young objects than sweeps it: a sixth of the memory, for no time won.
// And it spends up to a third of the start on optimising code that runs for a moment.

import { statSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';

/** Bytes of a document from which its reading takes so long that optimised code pays; JSON is read by V8 itself. */
const LONG = { json: 2_000_000, yaml: 400_000 };

/** Keeps the space for young objects as it is and code as it was compiled, until `startedUp`. */
export function startingUp(commandLine: readonly string[]): void {
  setFlagsFromString('--semi-space-growth-factor=1');
  if (!commandLine.some(isLong)) setFlagsFromString('--no-opt');
}

/** From now on all is as ever: requests leave garbage, too, and there speed counts. */
export function startedUp(): void {
  setFlagsFromString('--semi-space-growth-factor=2');
  setFlagsFromString('--opt');
}

/** Whether it is a file that long: what can't be looked at is told of where it is read. */
function isLong(argument: string): boolean {
  const most = argument.endsWith('.json') ? LONG.json : LONG.yaml;
  try {
    return (statSync(argument, { throwIfNoEntry: false })?.size ?? 0) > most;
  } catch {
    return false;
  }
}
