// All faults, in the order they are listed.

import { bulkFaults, lookupFaults, priceEndFaults, repriceFaults } from './faults-bulk.ts';
import { cloneFaults } from './faults-clone.ts';
import { commonFaults, planFaults } from './faults-common.ts';
import { groupFaults } from './faults-groups.ts';
import { accessFaults, customerFaults, meterFaults } from './faults-others.ts';
import {
  planDeleteFaults,
  planListFaults,
  planReadFaults,
  planUpdateFaults,
} from './faults-plans.ts';
import { priceFaults } from './faults-prices.ts';

export const allFaults = {
  ...groupFaults,
  ...priceFaults,
  ...planFaults,
  ...commonFaults,
  ...planListFaults,
  ...planReadFaults,
  ...planUpdateFaults,
  ...planDeleteFaults,
  ...cloneFaults,
  ...bulkFaults,
  ...priceEndFaults,
  ...lookupFaults,
  ...repriceFaults,
  ...meterFaults,
  ...customerFaults,
  ...accessFaults,
} as const;
