// What `tallystick diff` is given -> the two sides: documents, contracts, and names of bundled APIs.

import { existsSync, readFileSync } from 'node:fs';
import { bundledApis, contractFile } from '../contract/bundled.ts';
import type { Contract } from '../contract/contract.ts';
import { loadContract } from '../contract/load.ts';
import type { Side } from '../diff/diff.ts';
import { didYouMean } from '../model/suggest.ts';
import { UsageError } from '../model/usage-error.ts';
import { kinds } from '../rules/index.ts';
import { sortOf } from '../spec/sort.ts';
import { loadSpec } from '../spec/spec.ts';

/** The side of that name. Throws UsageError when there is none, or it can't be read. */
export function sideOf(name: string): Side {
  if (!existsSync(name)) {
    const known = bundledApis();
    if (known.includes(name)) return ofContract(name, contractFile(name));
    throw new UsageError(
      /[./]/.test(name)
        ? `no file at ${name}`
        : `no file and no bundled api "${name}"${didYouMean(name, known, true)}`,
    );
  }
  return isContract(name) ? ofContract(name, name) : { name, spec: loadSpec(name) };
}

function isContract(file: string): boolean {
  try {
    return sortOf(readFileSync(file, 'utf8')) === 'contract';
  } catch (error) {
    throw new UsageError(`can't read ${file}: ${(error as Error).message}`);
  }
}

function ofContract(name: string, file: string): Side {
  const contract = loadContract(file, kinds);
  return { name, spec: contract.spec, contract };
}

/** The contract of that name or file. Throws UsageError when there is none. */
export function contractNamed(name: string): Contract {
  return loadContract(contractFile(name), kinds);
}
