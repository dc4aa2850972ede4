// The flags that say how to speak to a target; `test` and `cleanup` have them in common.

import { Option } from 'commander';

export function linkOptions(): Option[] {
  return [
    new Option('--timeout <ms>', 'for one request').default('10000'),
    new Option(
      '--rate <rate>',
      "no faster than 10/s, 240/m, or off (default: the contract's limits; off for this machine)",
    ),
    new Option('--ca <file>', 'certificates to trust beside the usual ones'),
    new Option('--i-know-this-is-production', "allow a target that the spec's servers list"),
  ];
}
