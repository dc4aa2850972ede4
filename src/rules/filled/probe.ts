import { type Contract, type Rule, splitPath } from '../../contract/contract.ts';
import type { Probe } from '../../model/steps.ts';
import { readerOf } from '../steps.ts';
import { type Options, referrersOf, shownRecordOf, sourcesOf } from './options.ts';
import { itsData } from './probe-named.ts';
import { Referrers } from './probe-referrers.ts';
import { wholeRecord, wholeRecords } from './probe-whole.ts';

export function probe({ options, examples }: Rule<Options>, contract: Contract): Probe[] {
  const [owner] = splitPath(options.at);
  const read = contract.bindingFor('read', owner) ?? readerOf(contract, owner)?.reader;
  if (read === undefined) return [];
  if (options.from !== undefined) return itsData(options, contract, read, examples.beside);
  if (sourcesOf(options) !== undefined) return wholeRecords(options, contract, read);
  if (shownRecordOf(options) !== undefined) return wholeRecord(options, contract, read);
  return referrersOf(options) === undefined
    ? []
    : new Referrers(options, contract, read, examples.beside).probes();
}
