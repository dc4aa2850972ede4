// The mock as the model of `tallystick test --explore`: it can take back what a request changed.

import type { MakeModel } from '../conformance/explore/model.ts';
import type { Contract } from '../contract/contract.ts';
import { makeEnv } from '../mock/env.ts';
import { handle } from '../mock/handle.ts';
import { hooksOf, type Playable, playable, shapeOf } from '../mock/playable.ts';
import type { Kind } from '../rules/kind.ts';
import { type Change, State } from '../state/state.ts';
import { overTheWire } from './in-process.ts';

/** Models with these kinds' rules; their time passes by a millisecond with each look at the clock. */
export function exploredModel(kinds: readonly Kind[]): MakeModel {
  // Many models of one contract are made, and making it ready takes longer than playing it.
  const ready = new WeakMap<Contract, Playable>();
  return (contract) => {
    const api = ready.get(contract) ?? playable(contract, hooksOf(contract, kinds));
    ready.set(contract, api);
    const state = new State(shapeOf(contract, () => []));
    let time = Date.now();
    const env = { ...makeEnv({ seed: 1 }), now: () => time++ };
    let changed: Change[] = [];
    return {
      async send(request) {
        const { response, changes } = handle(api, overTheWire(request), state, env);
        state.apply(changes);
        changed.push(...changes);
        return overTheWire(response);
      },
      record(resource, id) {
        const rows = state.scopes().map((scope) => state.table(scope, resource).rows.get(id));
        return rows.find((row) => row !== undefined)?.data;
      },
      mark() {
        changed = [];
      },
      undo() {
        state.apply(changed.reverse().map(reversed));
        changed = [];
      },
    };
  };
}

function reversed({ scope, resource, id, before, after }: Change): Change {
  return {
    scope,
    resource,
    id,
    ...(after === undefined ? {} : { before: after }),
    ...(before === undefined ? {} : { after: before }),
  };
}
