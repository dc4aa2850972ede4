// A reference server for the Flexprice groups API, written from the documents alone. It can be
// started healthy, with exactly one fault, or with one variant that is unusual but right.
// As a program: flexprice.ts [--port N] [--fault ID] [--benign ID] [--list]

import { realpathSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { benignVariants } from './flexprice/benign.ts';
import { allFaults } from './flexprice/faults.ts';
import { makeServer } from './flexprice/server.ts';
import { Store } from './flexprice/store.ts';

export const faults: Record<string, string> = { ...allFaults };

export const benign: Record<string, string> = { ...benignVariants };

export interface ReferenceOptions {
  fault?: string | undefined;
  benign?: string | undefined;
  port?: number | undefined;
  keys?: string[] | undefined;
}

export interface Reference {
  url: string;
  close(): Promise<void>;
}

function checkId(kind: string, id: string | undefined, known: Record<string, string>): void {
  if (id === undefined || Object.hasOwn(known, id)) return;
  throw new Error(`unknown ${kind} "${id}"; known are: ${Object.keys(known).join(', ')}`);
}

export async function startReference(options: ReferenceOptions = {}): Promise<Reference> {
  checkId('fault', options.fault, faults);
  checkId('benign variant', options.benign, benign);
  const on = (id: string): boolean => id === options.fault;
  const odd = (id: string): boolean => id === options.benign;
  const server = makeServer({ on, odd, store: new Store(on, odd), keys: options.keys });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${port}/v1`, close };
}

function list(): void {
  for (const [id, text] of Object.entries(faults)) console.log(`fault   ${id}: ${text}`);
  for (const [id, text] of Object.entries(benign)) console.log(`benign  ${id}: ${text}`);
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string' },
      fault: { type: 'string' },
      benign: { type: 'string' },
      list: { type: 'boolean' },
    },
  });
  if (values.list) {
    list();
    return;
  }
  const port = Number(values.port ?? 0);
  const reference = await startReference({ fault: values.fault, benign: values.benign, port });
  console.log(reference.url);
  process.once('SIGTERM', () => reference.close().then(() => process.exit(0)));
}

function isProgram(): boolean {
  const script = process.argv[1];
  if (script === undefined) return false;
  try {
    return realpathSync(script) === fileURLToPath(import.meta.url);
  } catch {
    return false;
  }
}

if (isProgram()) {
  main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
