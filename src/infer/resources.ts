// Which records an API keeps: each place of its paths whose entries are read, made or listed as records.

import { fieldNames } from '../contract/contract.ts';
import type { Operation, Spec } from '../spec/spec.ts';
import { answerExamples, schemaName } from './document.ts';
import { keyOf } from './fields.ts';
import type { Found } from './guess.ts';
import { nextWord } from './names.ts';
import { type Place, placesOf } from './paths.ts';
import { type Known, listIn, recordIn, successBody } from './shapes.ts';
import { nameKey } from './words.ts';

interface Candidate {
  readonly single: boolean;
  readonly place: Place;
  readonly record: Known;
  readonly why: string;
}

/** The resources by name, in the order of the document. */
export function resourcesOf(spec: Spec): Map<string, Found> {
  const places = placesOf(spec.operations);
  const candidates = places.flatMap((place) => candidateAt(spec, place) ?? []);
  const shortest = [...candidates].sort((a, b) => rank(a) - rank(b));
  const primary = new Map<Candidate, Candidate[]>();
  const known = new Map<string, Candidate>();
  for (const one of shortest) {
    const what = whatOf(one);
    const same = what === undefined ? undefined : known.get(what);
    if (same !== undefined) primary.get(same)?.push(one);
    else primary.set(one, []);
    if (what !== undefined && same === undefined) known.set(what, one);
  }
  const stay = candidates.filter(
    (one) => primary.has(one) && keepsRecords(spec, one, primary.get(one) ?? []),
  );
  const collections = new Map(stay.map((one) => [one.place.collection, { name: '', one }]));
  // Of one record in each of something that is no resource here it can't be said whose it is.
  const kept = stay.filter(
    ({ single, place }) =>
      !single || place.above.length === 0 || ownerOf(place, collections, primary) !== undefined,
  );
  const names = namesOf(kept);
  const schemas = new Set(kept.map(({ record }) => record.name));
  const byCollection = new Map(
    kept.map((one) => [one.place.collection, { name: names.get(one) ?? '', one }]),
  );
  return new Map(
    kept.map((one) => {
      const { place, record, why } = one;
      const name = names.get(one) ?? '';
      const also = (primary.get(one) ?? []).map((other) => other.place);
      const { field } = keyOf(record.schema, place.parameter, place.noun);
      const owner = ownerOf(place, byCollection, primary);
      const { single } = one;
      return [name, { name, place, also, record, key: field, single, owner, schemas, why }];
    }),
  );
}

/** Item paths first, then the shortest. */
function rank({ place }: Candidate): number {
  return (place.one.length > 0 ? 0 : 1000) + place.above.length;
}

/** What is kept there: the same at two places that hold the same records. Undefined where no name tells. */
function whatOf({ single, record, place }: Candidate): string | undefined {
  if (single || record.name.startsWith('#')) return undefined;
  return `${record.name} ${nameKey(place.noun)}`;
}

/** A single list of what is kept nowhere else is no resource, unless the document says what is in it. */
function keepsRecords(
  spec: Spec,
  { place, single }: Candidate,
  also: readonly Candidate[],
): boolean {
  if (single) return true;
  if (place.many.some((operation) => answerExamples(spec, operation).length > 0)) return true;
  const all = [place, ...also.map((other) => other.place)];
  return all.some(({ one }) => one.length > 0) || all.some(({ many }) => makes(many));
}

function makes(many: readonly Operation[]): boolean {
  return (
    many.some(({ method }) => method === 'POST') && many.some(({ method }) => method === 'GET')
  );
}

function candidateAt(spec: Spec, place: Place): Candidate | undefined {
  const { one, many, noun } = place;
  const alone = singleAt(spec, place);
  if (alone !== undefined) return alone;
  const tries: [Operation | undefined, 'list' | 'record'][] = [
    [by(one, 'GET'), 'record'],
    [by(many, 'POST'), 'record'],
    [by(many, 'GET'), 'list'],
    [by(one, 'PATCH') ?? by(one, 'PUT') ?? by(one, 'POST'), 'record'],
  ];
  for (const [operation, shape] of tries) {
    if (operation === undefined) continue;
    const body = successBody(operation);
    const inner = (shape === 'list' ? listIn(body, noun) : recordIn(body, noun))?.inner;
    if (inner === undefined || fieldNames(inner.schema).length === 0) continue;
    const name = schemaName(spec, inner.name);
    if (name === undefined) continue;
    const said = name.startsWith('#') ? 'an object' : name;
    const why = `${operation.method} ${operation.path} answers ${shape === 'list' ? 'a list of ' : ''}${said}`;
    return { place, single: false, record: { schema: inner.schema, name }, why };
  }
  return undefined;
}

function by(operations: readonly Operation[], method: string): Operation | undefined {
  return operations.find((operation) => operation.method === method);
}

/** Names under which there is one record for each caller. */
const ALONE = ['me', 'self', 'myself', 'whoami', 'settings', 'preferences', 'profile', 'config'];

/** One record without an id, as at `/me`: it is read there, and written there or called as such records are. */
function singleAt(spec: Spec, place: Place): Candidate | undefined {
  const { one, many, noun } = place;
  const read = by(many, 'GET');
  const write = by(many, 'PUT') ?? by(many, 'PATCH');
  const body = read === undefined ? undefined : successBody(read);
  if (read === undefined || one.length > 0 || listIn(body, noun) !== undefined) return undefined;
  const inner = recordIn(body, noun)?.inner;
  const name = inner === undefined ? undefined : schemaName(spec, inner.name);
  if (inner === undefined || name === undefined || fieldNames(inner.schema).length === 0)
    return undefined;
  if (write === undefined && !ALONE.includes(noun.toLowerCase())) return undefined;
  const said = name.startsWith('#') ? 'an object' : name;
  const wrote = write === undefined ? '' : `, and ${write.method} of it has no id either`;
  const why = `GET ${read.path} answers one ${said}${wrote}`;
  return { place, single: true, record: { schema: inner.schema, name }, why };
}

function namesOf(candidates: readonly Candidate[]): Map<Candidate, string> {
  const taken = new Set<string>();
  return new Map(
    candidates.map((one) => {
      const { noun, collection } = one.place;
      const above = collection
        .split('/')
        .filter((part) => part !== '' && part !== '{}' && part !== noun);
      const name = nextWord(nameKey(noun), above.map(nameKey).reverse(), taken);
      taken.add(name);
      return [one, name];
    }),
  );
}

/** The resource whose entry the path names right before; only one that can be made can have parts. */
function ownerOf(
  { collection }: Place,
  known: ReadonlyMap<string, { readonly name: string; readonly one: Candidate }>,
  also: ReadonlyMap<Candidate, readonly Candidate[]>,
): string | undefined {
  const end = collection.lastIndexOf('/{}');
  const above = end < 0 ? undefined : known.get(collection.slice(0, end));
  if (above === undefined) return undefined;
  const places = [above.one.place, ...(also.get(above.one) ?? []).map(({ place }) => place)];
  const isMade = places.some(({ many }) => many.some(({ method }) => method === 'POST'));
  return isMade ? above.name : undefined;
}
