// What each operation does to which resource, by its method and by where it stands.

import { fieldSchema } from '../contract/contract.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { recordContent } from '../spec/contents.ts';
import type { Operation, Spec } from '../spec/spec.ts';
import { typesOf } from '../spec/styles.ts';
import { answerOf, answersRecord } from './answers.ts';
import { isList, wrapperOf } from './bodies.ts';
import { schemaName } from './document.ts';
import { envelopeOf } from './envelopes.ts';
import { filtersOf } from './filters.ts';
import type { Bound, Found, Stated, Verb } from './guess.ts';
import { listRules } from './list-rules.ts';
import { pagingOf } from './paging.ts';
import type { Place } from './paths.ts';
import { segmentsOf } from './paths.ts';
import { byOf, foreignField, hidden, inQuery } from './placed.ts';
import { listIn, successBody } from './shapes.ts';
import { doneBy, removal } from './states.ts';
import { isOfText, textField } from './texts.ts';

export interface Bindings {
  readonly bound: Map<Operation, Bound>;
  readonly rules: Stated[];
  /** Operation id -> parameters that are read and have no effect. */
  readonly idle: Map<string, readonly string[]>;
}

/** What the operations around each resource do; what one does as the collection of one is no action of another. */
export function bindingsOf(spec: Spec, resources: ReadonlyMap<string, Found>): Bindings {
  const bindings: Bindings = { bound: new Map(), rules: [], idle: new Map() };
  const binders = [...resources.values()].map((found) => ({
    binder: new Binder(spec, found, resources, bindings),
    places: [found.place, ...found.also],
  }));
  for (const { binder, places } of binders) for (const place of places) binder.own(place);
  for (const { binder, places } of binders) for (const place of places) binder.beside(place);
  return bindings;
}

class Binder {
  readonly #spec: Spec;
  readonly #found: Found;
  readonly #resources: ReadonlyMap<string, Found>;
  readonly bindings: Bindings;

  constructor(spec: Spec, found: Found, resources: ReadonlyMap<string, Found>, bindings: Bindings) {
    this.bindings = bindings;
    this.#spec = spec;
    this.#found = found;
    this.#resources = resources;
  }

  own(place: Place): void {
    if (this.#found.single) {
      for (const operation of place.many) this.#only(operation);
      return;
    }
    for (const operation of place.many) this.#many(place, operation);
    for (const operation of place.one) this.#one(place, operation);
  }

  beside(place: Place): void {
    for (const operation of place.beside) this.#beside(place, operation);
  }

  #add(operation: Operation, verb: Verb, more: JsonObject, why: string): void {
    if (this.bindings.bound.has(operation)) return;
    this.bindings.bound.set(operation, { operation, verb, resource: this.#found.name, more, why });
  }

  /** What is done to a record that no path names: it is the only one. */
  #only(operation: Operation): void {
    const { method } = operation;
    const more = answerOf(this.#spec, operation, this.#found);
    const why = `${method} of the only one`;
    if (method === 'GET') this.#add(operation, 'read', more, why);
    if (method === 'DELETE') this.#delete(operation, why);
    if (method !== 'PUT' && method !== 'PATCH' && method !== 'POST') return;
    const body = recordContent(operation.body?.contents);
    const isUpdate = method !== 'POST' || answersRecord(this.#spec, operation, this.#found);
    if (isUpdate && !isList(body))
      this.#add(operation, 'update', { ...more, ...wrapperOf(body, this.#found) }, why);
  }

  #many(place: Place, operation: Operation): void {
    const { method } = operation;
    if (method === 'GET') this.#list(place, operation, 'GET of the collection answers a list');
    if (method === 'POST') this.#create(place, operation);
    if (method === 'PUT' || method === 'PATCH') {
      const body = recordContent(operation.body?.contents);
      if (body === undefined || fieldSchema(body, this.#found.key) === undefined) return;
      const why = `${method} of the collection with the ${this.#found.key} in the body`;
      this.#add(operation, 'update', answerOf(this.#spec, operation, this.#found), why);
    }
    if (method === 'DELETE' && this.#namesInQuery(operation)) {
      this.#delete(operation, `DELETE of the collection with ?${this.#found.key}=`);
    }
  }

  #namesInQuery({ parameters }: Operation): boolean {
    return parameters.some(({ in: where, name }) => where === 'query' && name === this.#found.key);
  }

  /** Whether it is about a text, which is then bound as the field that it is, or not at all. */
  #text(place: Place, operation: Operation, verb: Verb, more: JsonObject): boolean {
    if (!isOfText(operation)) return false;
    const field = textField(this.#found, segmentsOf(operation.path).at(-1)?.name ?? place.noun);
    const answer = operation.method === 'GET' ? {} : answerOf(this.#spec, operation, this.#found);
    if (field !== undefined)
      this.#add(operation, verb, { ...answer, ...more, text: field }, `a text, which is ${field}`);
    return true;
  }

  #create(place: Place, operation: Operation): void {
    if (this.#text(place, operation, 'create', this.#placed(place))) return;
    const body = recordContent(operation.body?.contents);
    const answer = successBody(operation);
    if (isList(body) || (answer !== undefined && isList(answer.schema))) return;
    const more = {
      ...answerOf(this.#spec, operation, this.#found),
      ...wrapperOf(body, this.#found),
      ...this.#placed(place),
    };
    this.#add(operation, 'create', more, 'POST to the collection');
  }

  #one(place: Place, operation: Operation): void {
    const { method } = operation;
    const by = byOf(place, this.#found);
    if (this.#text(place, operation, method === 'GET' ? 'read' : 'update', by)) return;
    if (method === 'GET') {
      const why = `GET of one entry, named by {${place.parameter}}`;
      this.#add(operation, 'read', { ...answerOf(this.#spec, operation, this.#found), ...by }, why);
    } else if (method === 'DELETE') {
      this.#delete(operation, 'DELETE of one entry', by);
    } else if (method === 'PUT' || method === 'PATCH' || method === 'POST') {
      const body = recordContent(operation.body?.contents);
      const isUpdate = method !== 'POST' || answersRecord(this.#spec, operation, this.#found);
      if (!isUpdate || isList(body)) return;
      const more = {
        ...answerOf(this.#spec, operation, this.#found),
        ...wrapperOf(body, this.#found),
        ...by,
      };
      const how =
        method === 'POST' ? 'POST to one entry answers it: an update' : `${method} of one entry`;
      this.#add(operation, 'update', more, how);
    }
  }

  #delete(operation: Operation, why: string, by: JsonObject = {}): void {
    const soft = answersRecord(this.#spec, operation, this.#found)
      ? removal(this.#found.record.schema)
      : undefined;
    const more = { ...answerOf(this.#spec, operation, this.#found), ...by };
    if (soft === undefined) this.#add(operation, 'delete', more, why);
    else
      this.#add(operation, 'delete', { ...more, set: soft.set }, `${why} answers it, ${soft.why}`);
  }

  #beside(place: Place, operation: Operation): void {
    const segments = segmentsOf(operation.path);
    const isBelow = segments.at(-2)?.isParameter === true;
    if (!isBelow) {
      const reads =
        operation.method === 'GET' || /search|query|list|filter|find/i.test(operation.path);
      if (reads && (operation.method === 'GET' || operation.method === 'POST')) {
        this.#list(place, operation, 'answers a list of the same records', true);
      }
      return;
    }
    const verb = operation.method === 'GET' ? 'read' : 'update';
    const isRead = verb === 'read' || operation.method === 'PUT' || operation.method === 'PATCH';
    if (isRead && this.#text(place, operation, verb, byOf(place, this.#found))) return;
    if (operation.method === 'GET') return;
    const isSilent = successBody(operation) === undefined;
    if (!isSilent && !answersRecord(this.#spec, operation, this.#found)) return;
    const word = segments.at(-1)?.name ?? '';
    const set = doneBy(word, this.#found.record.schema, operation.method === 'DELETE');
    if (isSilent && set === undefined) return;
    const answer = answerOf(this.#spec, operation, this.#found);
    const more = {
      ...answer,
      ...byOf(place, this.#found),
      ...(set === undefined ? {} : { set: set.set }),
    };
    const why = set?.why ?? 'answers the record; what it changes of it is not known';
    this.#add(operation, 'update', more, `"${word}" below one entry: ${why}`);
  }

  #list(place: Place, operation: Operation, why: string, isSame = false): void {
    const body = successBody(operation);
    const wrapped = listIn(body, place.noun);
    if (body === undefined || wrapped === undefined) return;
    const { record, key, name } = this.#found;
    const shown = schemaName(this.#spec, wrapped.inner.name);
    if (shown === undefined || (isSame && shown !== record.name)) return;
    if (this.bindings.bound.has(operation)) return;
    const paging = pagingOf(operation);
    const url = this.#spec.basePath + operation.path;
    const answer = envelopeOf(body, wrapped, paging, url);
    const show = shown === record.name ? {} : { show: shown };
    const inBody =
      wrapped.keys.length === 0 ? 'an array' : `entries in "${wrapped.keys.join('.')}"`;
    this.#add(
      operation,
      'list',
      { ...show, ...(paging === undefined ? { answer } : {}) },
      `${why} (${inBody})`,
    );
    const { filter, sort, unknown } = filtersOf(operation, record.schema, key);
    if (unknown.length > 0) this.bindings.idle.set(operation.id, unknown);
    const places = Object.fromEntries(
      this.#loose(place).map((parameter) => [parameter, { equals: hidden(parameter) }]),
    );
    const parts = { resource: name, operation, places, filter, sort, paging, answer };
    this.bindings.rules.push(...listRules(parts));
  }

  /** The parameters of the place's path that name no record of ours. */
  #loose(place: Place): readonly string[] {
    let count = 0;
    const isOwn = place === this.#found.place;
    for (let one = isOwn ? this.#found.owner : undefined; one !== undefined; count++) {
      one = this.#resources.get(one)?.owner;
    }
    return place.above.slice(0, Math.max(0, place.above.length - count));
  }

  /** What a create keeps of the path that it is asked at. */
  #placed(place: Place): JsonObject {
    const loose = this.#loose(place);
    const set: Record<string, Json> = {};
    for (const parameter of loose) set[hidden(parameter)] = inQuery(parameter);
    const nearest = place.above.at(-1);
    const field = nearest === undefined ? undefined : foreignField(place, nearest, this.#found);
    const schema = field === undefined ? undefined : fieldSchema(this.#found.record.schema, field);
    if (field !== undefined && nearest !== undefined && schema !== undefined) {
      const types = typesOf(schema);
      if (types.includes('string')) set[field] = inQuery(nearest);
      else if (types.includes('integer') && !loose.includes(nearest))
        set[field] = `=int(${inQuery(nearest).slice(1)})`;
    }
    return Object.keys(set).length === 0 ? {} : { set };
  }
}
