// POST /meters and GET /meters/{id}; a price of type USAGE has to name a meter that exists.

import {
  choiceAt,
  fieldsAt,
  given,
  isFields,
  listAt,
  neededText,
  textAt,
  textsAt,
} from './body.ts';
import type { Answer, Call, Fields, Json, Meter, PriceData } from './model.ts';
import { invalid, Refusal, wrongType } from './model.ts';
import { showOwner } from './owner.ts';
import { elsewhere, findMeter, sameScope } from './scope.ts';

const TYPES = [
  'COUNT',
  'SUM',
  'AVG',
  'COUNT_UNIQUE',
  'LATEST',
  'SUM_WITH_MULTIPLIER',
  'MAX',
  'WEIGHTED_SUM',
];

function textOrNothing(call: Call, key: string, optional: boolean): string {
  if (optional) return textAt(call.body, key) ?? '';
  return neededText(call.body, key);
}

function readAggregation(call: Call): Fields {
  const raw = fieldsAt(call.body, 'aggregation');
  if (raw === undefined) {
    if (call.on('meter-aggregation-missing-accepted')) return { type: 'COUNT' };
    throw invalid('aggregation', 'is required');
  }
  const type = choiceAt(raw, 'type', TYPES, call.on('meter-type-any-accepted'));
  const source = (textAt(raw, 'field') ?? '') || (textAt(raw, 'expression') ?? '');
  if (type !== 'COUNT' && source === '' && !call.on('meter-field-missing-accepted')) {
    throw invalid('field', `or an expression is required for ${type}`);
  }
  const kept: Fields = { type };
  for (const key of ['field', 'expression', 'multiplier', 'bucket_size', 'group_by']) {
    const value = given(raw, key);
    if (value !== undefined) kept[key] = value;
  }
  if (call.on('meter-field-lost')) delete kept.field;
  return kept;
}

function readFilter(raw: Json): Fields {
  if (!isFields(raw)) throw wrongType('filters', 'a list of objects');
  return { key: neededText(raw, 'key'), values: textsAt(raw, 'values') ?? [] };
}

export function createMeter(call: Call): Answer {
  const now = call.store.now();
  const anyReset = call.on('meter-reset-any-accepted');
  const filters = (listAt(call.body, 'filters') ?? []).map(readFilter);
  const meter: Meter = {
    name: textOrNothing(call, 'name', call.on('meter-name-missing-accepted')),
    eventName: textOrNothing(call, 'event_name', call.on('meter-event-missing-accepted')),
    aggregation: readAggregation(call),
    filters: call.on('meter-filters-lost') ? [] : filters,
    resetUsage: choiceAt(call.body, 'reset_usage', ['BILLING_PERIOD', 'NEVER'], anyReset),
    ...call.scope,
    id: call.store.next('meter').id,
    status: 'published',
    created: now,
    updated: now,
  };
  if (!call.on('meter-create-lost')) call.store.meters.put(meter);
  const status = call.on('meter-create-answers-200') ? 200 : 201;
  return { status, body: showMeter(call, meter) };
}

export function showMeter(call: Call, meter: Meter): Fields {
  return {
    id: meter.id,
    name: meter.name,
    event_name: meter.eventName,
    aggregation: meter.aggregation,
    filters: meter.filters,
    reset_usage: meter.resetUsage,
    ...showOwner(call, meter),
  };
}

export function getMeter(call: Call): Answer {
  const meter = findMeter(call, {
    tenant: 'meter-read-leak-tenant',
    env: 'meter-read-leak-environment',
  });
  return { status: 200, body: showMeter(call, meter) };
}

// Facts 3.2: a meter has to exist, whatever its status; it is looked up late.
export function checkMeter(call: Call, data: PriceData): void {
  const id = data.meter_id;
  if (id === '') return;
  if (data.invoice_cadence === 'ADVANCE' && call.on('price-usage-advance-accepted')) return;
  const meter = call.store.meters.get(id);
  if (meter && sameScope(meter, call.scope)) return;
  if (!meter && call.on('price-unknown-meter-accepted')) return;
  if (meter) {
    const near = elsewhere(meter, call.scope) ? 'environment' : 'tenant';
    if (call.on(`price-foreign-${near}-meter-accepted`)) return;
  }
  throw new Refusal(404, 'not_found', 'There is no such meter', { meter_id: { given: id } });
}
