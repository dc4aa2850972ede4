// A broken mock in memory, for measuring the tests: a rule's hooks replaced, or an operation's outcome
// twisted, around the same `handle`.

import type { Mutant } from '../conformance/mutate.ts';
import type { Contract } from '../contract/contract.ts';
import { hooksOf, playable } from '../mock/playable.ts';
import type { HttpResponse, Send } from '../model/http.ts';
import type { Kind } from '../rules/kind.ts';
import { type InProcess, inProcess } from './in-process.ts';

/** The mock with this one fault; its time only passes when `sleep` is called. */
export function playMutant(
  contract: Contract,
  kinds: readonly Kind[],
  mutant: Mutant,
): InProcess & { sleep: (ms: number) => Promise<void> } {
  const hooks = hooksOf(contract, kinds).map((item) =>
    item.rule.id === mutant.rule && mutant.hooks !== undefined
      ? { ...item, hooks: mutant.hooks }
      : item,
  );
  let time = Date.now();
  const { twist } = mutant;
  const mock = inProcess(playable(contract, hooks), {
    now: () => time++,
    ...(twist === undefined ? {} : { twist }),
  });
  // A broken rule may leave records that others can't read: a server would answer 500.
  const send: Send = (request) =>
    mock.send(request).catch(() => ({ status: 500, headers: {} }) as HttpResponse);
  return {
    ...mock,
    send,
    sleep: async (ms) => {
      time += ms;
    },
  };
}
