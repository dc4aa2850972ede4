// The words the reference server for Fynn is made of.

import type { benignVariants } from './benign.ts';
import type { commonFaults } from './faults-common.ts';
import type { createFaults } from './faults-create.ts';
import type { dateFaults } from './faults-dates.ts';
import type { groupFaults } from './faults-groups.ts';
import type { customerFaults, subscriptionFaults } from './faults-others.ts';
import type { Store } from './store.ts';

export type Json = null | boolean | number | string | Json[] | Fields;
export interface Fields {
  [key: string]: Json;
}

export type FaultId =
  | keyof typeof createFaults
  | keyof typeof groupFaults
  | keyof typeof customerFaults
  | keyof typeof subscriptionFaults
  | keyof typeof dateFaults
  | keyof typeof commonFaults;
export type BenignId = keyof typeof benignVariants;

export interface Switches {
  on(fault: FaultId): boolean;
  odd(variant: BenignId): boolean;
}

export interface Row {
  id: string;
  tenant: string;
}

export interface Group extends Row {
  customer: string;
  name: string;
  type: string;
  customDay: number | null;
  customMonth: number | null;
}

export interface Customer extends Row {
  email: string;
  timeZone: string;
  shown: Fields;
}

export interface Subscription extends Row {
  customer: string;
  name: string | null;
  startDate: string | null;
  createdAt: string;
  billingInterval: string;
  billingGroup: string | null;
  joinedBy: 'create' | 'update';
  formerGroups: string[];
  next: string;
}

export interface Call extends Switches {
  store: Store;
  tenant: string;
  id: string;
  body: Fields;
  query: URLSearchParams;
}

export interface Answer {
  status: number;
  body: Json | undefined;
}

export interface Violation {
  path: string;
  message: string;
  code: string;
}

export class Refusal extends Error {
  readonly status: number;
  readonly violations: Violation[];

  constructor(status: number, message: string, violations: Violation[] = []) {
    super(message);
    this.status = status;
    this.violations = violations;
  }
}

export const broken = (): Error => new Error('broken on purpose');

export const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, ms));

export const isFields = (value: Json | undefined): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
