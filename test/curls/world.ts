// A bundled API that stands at its demo: its records as templates see them, and what it would answer,
// without ever changing.

import { join } from 'node:path';
import { type Contract, full, type Resource } from '../../src/contract/contract.ts';
import { loadContract } from '../../src/contract/load.ts';
import { makeEnv } from '../../src/mock/env.ts';
import { handle } from '../../src/mock/handle.ts';
import { hooksOf, type Playable, playable, shapeOf } from '../../src/mock/playable.ts';
import type { HttpRequest, HttpResponse } from '../../src/model/http.ts';
import type { Json, JsonObject } from '../../src/model/json.ts';
import { kinds } from '../../src/rules/index.ts';
import type { Hooks } from '../../src/rules/kind.ts';
import { OWNERS } from '../../src/rules/steps.ts';
import { State } from '../../src/state/state.ts';
import { type Fixture, loadFixture, seedOf } from '../../src/stores/fixture.ts';
import { ROOT } from '../http/mock.ts';

export const APIS = ['flexprice', 'dodopayments', 'fynn'] as const;

export interface World {
  readonly contract: Contract;
  /** What every request of the API carries. */
  readonly credential: Readonly<Record<string, string>>;
  /** By resource: every field of each record, and what a part is a part of; those that count come first. */
  readonly records: ReadonlyMap<string, readonly JsonObject[]>;
  /** What a request would be answered with. Nothing changes, whatever it asks for. */
  answer(request: HttpRequest): HttpResponse;
  /** The same API with other hooks for one rule, at the same demo. */
  without(rule: string, hooks: Hooks): Pick<World, 'answer'>;
}

export const contractFile = (api: string) => join(ROOT, 'contracts', `${api}.yaml`);
export const demoFile = (api: string) => join(ROOT, 'fixtures', api, 'demo.json');

/** The API of that name at its demo. */
export function worldOf(name: string): World {
  const contract = loadContract(contractFile(name), kinds);
  const fixture = loadFixture(demoFile(name), contract);
  const api = playable(contract, hooksOf(contract, kinds));
  const env = makeEnv({ seed: 1, clock: Date.parse('2026-03-02T09:15:30.000Z') });
  const state = new State(shapeOf(contract, seedOf(fixture, api, env)));
  const played = (by: Playable) => ({
    answer: (request: HttpRequest) => handle(by, request, state, env).response,
  });
  return {
    contract,
    credential: credentialOf(contract),
    records: recordsOf(contract, fixture),
    ...played(api),
    without: (id, hooks) =>
      played(
        playable(
          contract,
          hooksOf(contract, kinds).map((item) => (item.rule.id === id ? { ...item, hooks } : item)),
        ),
      ),
  };
}

/** The header of the first credential that the spec names; the mock takes any secret. */
function credentialOf({ spec, api }: Contract): Record<string, string> {
  const header = spec.operations
    .flatMap(({ credentials }) => credentials)
    .find((credential) => credential.in === 'header');
  if (header === undefined) throw new Error(`${api} takes no credential in a header`);
  return { [header.name.toLowerCase()]: `${header.prefix}demo` };
}

function recordsOf(contract: Contract, fixture: Fixture): Map<string, JsonObject[]> {
  const found = new Map<string, JsonObject[]>();
  const add = (resource: Resource, rows: readonly JsonObject[], owners: JsonObject): void => {
    const list = found.get(resource.name) ?? [];
    found.set(resource.name, list);
    const start = resource.start({ caller: CALLER, now: '', input: full(resource, {}) });
    for (const row of rows) {
      list.push({ ...full(resource, {}), ...(start as JsonObject), ...row, [OWNERS]: owners });
      const inside = { ...owners, [resource.name]: row[resource.key] as Json };
      for (const [field, part] of resource.parts)
        add(contract.resource(part), (row[field] ?? []) as JsonObject[], inside);
    }
  };
  for (const [name, rows] of fixture) add(contract.resource(name), rows, {});
  for (const [name, list] of found) {
    const { live } = contract.resource(name);
    list.sort((a, b) => Number(live(b)) - Number(live(a)));
  }
  return found;
}

const CALLER = { tenant: 'demo', environment: 'default' };
