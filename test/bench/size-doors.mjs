// Two ways to the same mock: in this process, where nothing but `handle` and the state is measured, and
// over a port with the store. A door is `{ name, send(tenant, method, path, body), cpuMicros(), rest(), close() }`.

import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cpuSeconds, start } from './child.mjs';
import { LIBRARY, root, serverOf } from './servers.mjs';

/** Longer than the store waits before it rewrites the snapshot of a server that has nothing to do. */
const IDLE_MS = 5_000;
/** A server that uses less than this share of a processor does nothing any more. */
const QUIET = 0.02;
const LOOK_MS = 500;

const headersOf = (tenant) => ({ 'content-type': 'application/json', 'x-api-key': tenant });

export async function inProcessDoor() {
  const { hooksOf, inProcess, kinds, loadContract, playable } = await import(LIBRARY);
  const contract = loadContract(join(root, 'contracts/flexprice.yaml'), kinds);
  const { send } = inProcess(playable(contract, hooksOf(contract, kinds)));
  return {
    name: 'in process',
    send: (tenant, method, path, body) =>
      send({ method, path, query: new Map(), headers: headersOf(tenant), body }),
    cpuMicros() {
      const { user, system } = process.cpuUsage();
      return user + system;
    },
    rest: async () => globalThis.gc?.(),
    close: async () => undefined,
  };
}

export async function portDoor() {
  const server = serverOf('tallystick');
  const child = await start(server);
  const base = child.url.slice(0, -'/groups'.length);
  return {
    name: 'over the port, with the store',
    async send(tenant, method, path, body) {
      const response = await fetch(`${base}${path}`, {
        method,
        headers: headersOf(tenant),
        body: body === undefined ? undefined : JSON.stringify(body),
      });
      const text = await response.text();
      return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
    },
    cpuMicros: () => cpuSeconds(child.pid) * 1e6,
    rest: () => quiet(child.pid),
    close: () => child.stop(),
  };
}

/** Waits until the store has rewritten its snapshot, and the server does nothing any more. */
async function quiet(pid) {
  await sleep(IDLE_MS);
  for (let tries = 0; tries < 60; tries++) {
    const before = cpuSeconds(pid);
    await sleep(LOOK_MS);
    const share = (cpuSeconds(pid) - before) / (LOOK_MS / 1_000);
    // NaN where the system does not tell: then the sleep has to do.
    if (!(share > QUIET)) return;
  }
}
