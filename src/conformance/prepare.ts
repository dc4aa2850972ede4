// What a step sends: its operation, and the path, query and body with all that they name. Records that a step needs
// and does not make are made before it.

import type { Binding } from '../contract/contract.ts';
import { isObject, type Json, type JsonObject } from '../model/json.ts';
import type { Call, Make, Sender } from '../model/steps.ts';
import { referredBy } from '../rules/relations.ts';
import { OWNERS } from '../rules/steps.ts';
import { Client } from './client.ts';
import { makerFor, needsOf } from './needs.ts';
import { longestPage } from './pages.ts';
import { notExercised } from './probe-ended.ts';
import type { Filled } from './request.ts';
import type { Session, Shared } from './session.ts';
import type { Variables } from './variables.ts';

/** A call about to be sent. */
export interface Calling {
  readonly binding: Binding;
  readonly filled: Filled;
}

/** A create about to be sent: its body as sent, the one record in it, and what that is a part of. */
export interface Making extends Calling {
  readonly record: JsonObject;
  readonly owners: JsonObject;
}

/** Gets the steps of one probe ready; all methods end the probe where a step lacks what it needs. */
export class Preparer {
  readonly #session: Session;
  readonly #variables: Variables;
  readonly #client: Client;

  constructor(session: Session, variables: Variables, client: Client) {
    this.#session = session;
    this.#variables = variables;
    this.#client = client;
  }

  async calling(step: Call): Promise<Calling> {
    const binding = this.#session.contract.binding(step.call);
    if (binding === undefined) throw new Error(`no binding for ${step.call}`);
    const fill = (json: Json) => this.#variables.fill(json);
    const path = {
      ...(await this.#sharedPath(binding, step)),
      ...(step.path === undefined ? {} : (fill(step.path) as JsonObject)),
    };
    const filled = {
      path,
      ...(step.query === undefined ? {} : { query: fill(step.query) as JsonObject }),
      ...(step.with === undefined ? {} : { body: around(binding, fill(step.with)) }),
      ...(step.raw === undefined ? {} : { raw: step.raw }),
    };
    const whole = step.pages === true ? longestPage(this.#session, binding, filled) : filled;
    return { binding, filled: whole };
  }

  /** Records that the path names and the step does not: the ones that samples share. */
  async #sharedPath({ operation, owners }: Binding, { path = {}, by }: Call): Promise<JsonObject> {
    const { contract } = this.#session;
    const shared: Record<string, Json> = {};
    for (const { name } of operation.parameters.filter((item) => item.in === 'path')) {
      const owner = owners.find(({ parameter }) => parameter === name)?.resource.name;
      const to = referredBy(contract, `${operation.id}.${name}`) ?? owner;
      if (name in path || to === undefined) continue;
      const record = await this.#shared(to, by);
      if (record === undefined) throw notExercised(`no ${to} could be made`);
      shared[name] = record[contract.resource(to).key] ?? null;
    }
    return shared;
  }

  /** The create operation and the sample with the step's own fields; what these name is made first. */
  async making(step: Make): Promise<Making> {
    const binding = this.#createOf(step);
    const owners = await this.#ownersOf(step, binding);
    const record = await this.#recordOf(step, binding);
    const path = Object.fromEntries(
      binding.owners.map(({ parameter, resource }) => [parameter, owners[resource.name] ?? null]),
    );
    const body =
      binding.each === undefined ? around(binding, record) : { [binding.each]: [record] };
    return {
      binding,
      filled: { body, path },
      record,
      owners: binding.owners.length === 0 ? {} : { [OWNERS]: owners },
    };
  }

  #createOf({ make, through }: Make): Binding {
    const { contract, broken } = this.#session;
    const binding =
      through === undefined ? contract.bindingFor('create', make) : contract.binding(through);
    if (binding === undefined) throw notExercised(`no operation makes a ${make}`);
    if (broken.has(make)) {
      throw notExercised(`the smallest ${make} is refused, so none can be made`);
    }
    return binding;
  }

  async #recordOf(step: Make, { resource: { sample } }: Binding): Promise<JsonObject> {
    const needed = await this.#needed(step);
    const own = step.with ?? {};
    const record: Record<string, Json> = {};
    for (const [field, value] of Object.entries({ ...sample, ...own })) {
      if (value === undefined) continue;
      const scope = field in own ? { ...needed, ...this.#variables.scope() } : needed;
      record[field] = this.#variables.fill(value, scope);
    }
    return record;
  }

  /** The records that the body's templates name and no step has captured, made for it or shared. */
  async #needed(step: Make): Promise<Record<string, Json>> {
    const { found } = this.#variables;
    const needed: Record<string, Json> = {};
    for (const { name, isOwn } of needsOf(
      this.#session.contract,
      step,
      (known) => known in found,
    )) {
      const record = isOwn
        ? await this.#prerequisite(name, makerFor(step.by))
        : await this.#shared(name, step.by);
      if (record === undefined) {
        throw notExercised(`a ${step.make} needs a ${name}, and none could be made`);
      }
      needed[name] = record;
    }
    return needed;
  }

  /** The ids of what the record is made a part of, by resource: the captured one's, or a shared one's. */
  async #ownersOf(step: Make, { owners }: Binding): Promise<JsonObject> {
    const innermost = owners.at(-1)?.resource;
    if (innermost === undefined) return {};
    const { name, key } = innermost;
    const owner =
      step.in === undefined ? await this.#shared(name, step.by) : this.#variables.found[step.in];
    if (!isObject(owner)) throw notExercised(`no ${name} could be made`);
    return { ...(owner[OWNERS] as JsonObject | undefined), [name]: owner[key] ?? null };
  }

  /** The record that all share who need one of the resource; undefined when none could be made. */
  async #shared(name: string, by: Sender | undefined): Promise<JsonObject | undefined> {
    const owner = makerFor(by);
    const given = this.#session.options.given?.get(name);
    if (given !== undefined && owner === undefined) return given;
    return this.#client.take(this.#session.shared(name, owner, () => this.#aside(name, owner)));
  }

  /** A prerequisite with its requests kept apart, for all who share it. */
  #aside(name: string, by: Sender | undefined): Shared<JsonObject | undefined> {
    const client = new Client(this.#session);
    const preparer = new Preparer(this.#session, this.#variables, client);
    return { made: preparer.#prerequisite(name, by), exchanges: client.trail };
  }

  async #prerequisite(name: string, by: Sender | undefined): Promise<JsonObject | undefined> {
    const step: Make = { make: name, ...(by === undefined ? {} : { by }) };
    const { binding, filled, owners } = await this.making(step);
    const { received } = await this.#client.exchange(binding, filled, step.by);
    if ('failure' in received || received.status >= 300) return undefined;
    return { ...this.#session.shape(binding.operation.id, received.body), ...owners };
  }
}

/** The record in what the body wraps it in. */
function around({ within }: Binding, record: Json): Json {
  return within === undefined ? record : { [within]: record };
}
