// A server in its own process, with what the system knows of it. No process or folder outlives the bench.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { bodyOf, HEADERS, nextKey } from './requests.mjs';

const READY_WITHIN_MS = 20_000;
const TRY_EVERY_MS = 4;

const running = new Set();
const folders = new Set();

/** Kills and removes whatever is left; safe to call at any time. */
export function cleanUp() {
  for (const child of running) child.kill('SIGKILL');
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  folders.clear();
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return String(port);
}

/** The server, started and ready: `readyMs` is from the spawn to its first answer, a 201;
 * `readyCpuMs` the processor time spent until then. */
export async function start(server) {
  const folder = mkdtempSync(join(tmpdir(), 'tallystick-bench-'));
  folders.add(folder);
  const port = await freePort();
  const began = performance.now();
  const child = spawn(process.execPath, server.args(port, join(folder, 'data')), {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
    // As users start them: with "production" Prism would fork, and hide its costs in another process.
    env: { ...process.env, NODE_ENV: undefined, NODE_OPTIONS: undefined },
  });
  running.add(child);
  let said = '';
  child.stderr.on('data', (text) => {
    said = (said + text).slice(-2_000);
  });
  const gone = once(child, 'exit').then(() => running.delete(child));
  const url = `http://127.0.0.1:${port}${server.path}`;
  const end = began + (server.readyWithinMs ?? READY_WITHIN_MS);
  while (!(await isReady(url, server.isReady))) {
    if (!running.has(child)) throw new Error(`${server.name} went away: ${said}`);
    if (performance.now() > end) throw new Error(`${server.name} was not ready in time: ${said}`);
    await sleep(TRY_EVERY_MS);
  }
  const readyMs = performance.now() - began;
  const readyCpuMs = cpuSeconds(child.pid) * 1_000;
  const origin = `http://127.0.0.1:${port}`;
  const stop = async () => {
    child.kill('SIGKILL');
    await gone;
    rmSync(folder, { recursive: true, force: true });
    folders.delete(folder);
  };
  return { url, origin, pid: child.pid, readyMs, readyCpuMs, stop };
}

/** Whether it answers: a create with 201, or what the server's own test wants. */
async function isReady(url, isAnswered) {
  try {
    if (isAnswered !== undefined) return await isAnswered(url);
    const body = bodyOf(nextKey());
    const response = await fetch(url, { method: 'POST', headers: HEADERS, body });
    await response.arrayBuffer();
    return response.status === 201;
  } catch {
    return false;
  }
}

/** Seconds that all threads of the process have spent on a processor (Linux; elsewhere NaN). */
export function cpuSeconds(pid) {
  try {
    const threads = readdirSync(`/proc/${pid}/task`);
    const spent = threads.map((id) => readFileSync(`/proc/${pid}/task/${id}/schedstat`, 'utf8'));
    return spent.reduce((sum, text) => sum + Number(text.split(' ')[0]), 0) / 1e9;
  } catch {
    return Number.NaN;
  }
}

/** Megabytes of memory that the process holds: now, or at most so far (Linux; elsewhere NaN). */
export function memoryMb(pid, line = 'VmRSS') {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(new RegExp(`${line}:\\s+(\\d+)`).exec(status)?.[1]) / 1024;
  } catch {
    return Number.NaN;
  }
}
