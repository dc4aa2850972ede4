// What an action or a soft delete leaves behind, by the words of a record's fields: `POST /orders/{id}/cancel` and a
// status that can be `canceled`.

import { fieldNames, fieldSchema } from '../contract/contract.ts';
import { isObject, type Json, type JsonObject } from '../model/json.ts';
import { typesOf } from '../spec/styles.ts';
import { nowFor } from './fields.ts';
import { wordKey, wordsOf } from './words.ts';

export interface Effect {
  readonly set: JsonObject;
  readonly why: string;
}

const STATES = ['status', 'state', 'lifecycle', 'phase'];
const GONE = [
  'deleted',
  'archived',
  'removed',
  'canceled',
  'cancelled',
  'inactive',
  'disabled',
  'closed',
  'void',
  'voided',
  'terminated',
  'revoked',
];

const REMOVED = /^(is-)?(deleted|archived|removed)$/;

/** What a delete that answers the record writes to it; undefined where nothing of it could say so. */
export function removal(record: JsonObject): Effect | undefined {
  for (const field of fieldNames(record)) {
    const words = wordKey(field);
    if (!REMOVED.test(words) && !isState(field)) continue;
    const schema = fieldSchema(record, field);
    if (!isObject(schema)) continue;
    if (REMOVED.test(words) && typesOf(schema).includes('boolean')) {
      return { set: { [field]: true }, why: `which has the field ${field}` };
    }
    const state = stateIn(field, schema, (value) => GONE.includes(value.toLowerCase()));
    if (state !== undefined)
      return { set: { [field]: state }, why: `whose ${field} can be ${state}` };
  }
  return undefined;
}

function isState(field: string): boolean {
  return STATES.includes(wordsOf(field).at(-1) ?? '');
}

function stateIn(
  field: string,
  schema: JsonObject,
  is: (value: string) => boolean,
): string | undefined {
  if (!isState(field) || !Array.isArray(schema['enum'])) return undefined;
  const values = schema['enum'].filter((value: Json): value is string => typeof value === 'string');
  return values.find(is);
}

/** What an action of that name writes; undefined where no field tells. */
export function doneBy(action: string, record: JsonObject, isUndone: boolean): Effect | undefined {
  const verb = wordsOf(action)[0] ?? '';
  if (verb === '' || isUndone) return undefined;
  const set: Record<string, Json> = {};
  const because: string[] = [];
  const undone = /^un(?=[a-z]{4})/.test(verb) ? verb.slice(2) : undefined;
  for (const field of fieldNames(record)) {
    const [value, why] = effectOn(record, field, verb, undone) ?? [];
    if (value === undefined || why === undefined) continue;
    set[field] = value;
    because.push(why);
  }
  return because.length === 0 ? undefined : { set, why: because.join(', ') };
}

function effectOn(
  record: JsonObject,
  field: string,
  verb: string,
  undone: string | undefined,
): [Json, string] | undefined {
  const words = wordsOf(field);
  const about = words.filter((word) => !['is', 'at', 'on', 'date', 'time'].includes(word));
  const [word = ''] = about.length === 1 ? about : [];
  const does = isDone(verb, word);
  const undoes = undone !== undefined && isDone(undone, word);
  if (!isState(field) && !does && !undoes) return undefined;
  const schema = fieldSchema(record, field);
  if (!isObject(schema)) return undefined;
  const state = stateIn(field, schema, (value) => isDone(verb, wordsOf(value)[0] ?? ''));
  if (state !== undefined) return [state, `${field} can be ${state}`];
  if (typesOf(schema).includes('boolean') && (does || undoes))
    return [does, `it has the field ${field}`];
  if (!does || words.length === 1) return undefined;
  const now = nowFor(schema);
  return now === undefined ? undefined : [now, `it has the time ${field}`];
}

const IRREGULAR: Readonly<Record<string, string>> = {
  pay: 'paid',
  send: 'sent',
  sell: 'sold',
  buy: 'bought',
  begin: 'begun',
  win: 'won',
  lose: 'lost',
  hold: 'held',
};

/** Whether the second word is what the first one leads to: `cancel` and `canceled`, `activate` and `active`. */
function isDone(verb: string, state: string): boolean {
  if (state === '') return false;
  const known = Object.hasOwn(IRREGULAR, verb) ? IRREGULAR[verb] : undefined;
  if (known !== undefined) return state === known;
  if (state === verb) return true;
  const stem = verb.replace(/(?:ate|e|y)$/, '');
  return (
    stem.length >= 3 &&
    state.startsWith(stem) &&
    state.length - stem.length <= 4 &&
    /(?:ed|e|d|en|ive|ied)$/.test(state)
  );
}
