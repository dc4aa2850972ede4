#!/usr/bin/env node
// The command `tallystick`: the program in one file with its code compiled, as the build leaves it beside this one;
// else, as in a build that stopped half-way, the program in its modules.

import { bundled } from './compiled.ts';
import type { run } from './program.ts';

const program = bundled<{ run: typeof run }>() ?? (await import('./program.ts'));
await program.run();
