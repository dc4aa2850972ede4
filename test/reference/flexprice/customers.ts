// POST /customers, GET /customers/{id} and GET /customers/external/{external_id}.

import { metadataAt, neededText, textAt } from './body.ts';
import type { Answer, Call, Customer, Fields } from './model.ts';
import { duplicate, invalid } from './model.ts';
import { showOwner } from './owner.ts';
import type { Leak } from './scope.ts';
import { findCustomer, isGone, missing, sameScope, visible } from './scope.ts';

const OPTIONAL = [
  'email',
  'address_line1',
  'address_line2',
  'address_city',
  'address_state',
  'address_postal_code',
  'address_country',
  'timezone',
];

const EMAIL = /^[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+$/;

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
}

function readTexts(call: Call): Fields {
  const texts: Fields = { name: readName(call) };
  for (const key of OPTIONAL) texts[key] = textAt(call.body, key) ?? '';
  const { email, timezone } = texts;
  if (email !== '' && !EMAIL.test(String(email)) && !call.on('customer-email-any-accepted')) {
    throw invalid('email', 'is no e-mail address', String(email));
  }
  if (timezone !== '' && !isZone(String(timezone))) {
    throw invalid('timezone', 'is no time zone', String(timezone));
  }
  if (call.on('customer-email-lost')) texts.email = '';
  return texts;
}

function readName(call: Call): string {
  if (call.on('customer-name-missing-accepted')) return textAt(call.body, 'name') ?? '';
  return neededText(call.body, 'name');
}

function readExternalId(call: Call): string {
  if (!call.on('customer-external-id-missing-accepted'))
    return neededText(call.body, 'external_id');
  return textAt(call.body, 'external_id') ?? '';
}

function competes(call: Call, other: Customer): boolean {
  if (call.on('customer-unique-across-tenants')) return other.env === call.scope.env;
  if (call.on('customer-unique-across-environments')) return other.tenant === call.scope.tenant;
  return sameScope(other, call.scope);
}

function checkTwin(call: Call, externalId: string): void {
  const twin = call.store.customers
    .all()
    .find((row) => row.externalId === externalId && !isGone(row) && competes(call, row));
  if (!twin || call.on('customer-duplicate-accepted')) return;
  if (!call.on('customer-duplicate-replaces')) throw duplicate(call, 'customer', externalId);
  call.store.customers.drop(twin.id);
}

export function createCustomer(call: Call): Answer {
  const externalId = readExternalId(call);
  const texts = readTexts(call);
  const numbers = call.on('customer-metadata-number-accepted');
  const metadata = metadataAt(call.body, 'metadata', numbers) ?? {};
  checkTwin(call, externalId);
  const now = call.store.now();
  const customer: Customer = {
    externalId,
    texts,
    metadata: call.on('customer-metadata-lost') ? {} : metadata,
    ...call.scope,
    id: call.store.next('customer').id,
    status: 'published',
    created: now,
    updated: now,
  };
  if (!call.on('customer-create-lost')) call.store.customers.put(customer);
  const status = call.on('customer-create-answers-200') ? 200 : 201;
  return { status, body: showCustomer(call, customer) };
}

function showCustomer(call: Call, customer: Customer): Fields {
  const { id, externalId, texts, metadata } = customer;
  return { id, external_id: externalId, ...texts, metadata, ...showOwner(call, customer) };
}

export function getCustomer(call: Call): Answer {
  const customer = findCustomer(call, {
    tenant: 'customer-read-leak-tenant',
    env: 'customer-read-leak-environment',
  });
  return { status: 200, body: showCustomer(call, customer) };
}

export function getCustomerByExternalId(call: Call): Answer {
  const leak: Leak = {
    tenant: 'customer-external-leak-tenant',
    env: 'customer-external-leak-environment',
  };
  const customer = call.store.customers
    .all()
    .find((row) => row.externalId === call.id && !isGone(row) && visible(call, row, leak));
  if (customer === undefined) throw missing(call, 'customer', call.id);
  return { status: 200, body: showCustomer(call, customer) };
}
