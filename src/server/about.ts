// What the server says of itself: `GET /` and the spec documents.

import type { JsonObject } from '../model/json.ts';
import type { Served } from './play.ts';

/** The path that an API is served under: `/flexprice/v1`. */
export function mountPath({ name, api }: Served): string {
  return `/${name}${api.contract.spec.basePath}`;
}

/** API -> its base URL. */
export function apiUrls(url: string, all: readonly Served[]): Record<string, string> {
  return Object.fromEntries(all.map((served) => [served.name, url + mountPath(served)]));
}

/** The body of `GET /`. */
export function about(url: string, all: readonly Served[]): JsonObject {
  const apis = all.map((served) => [served.name, aboutApi(url, served)]);
  return {
    name: 'tallystick',
    apis: Object.fromEntries(apis),
    links: {
      health: `${url}/_tallystick/v1/health`,
      reset: `${url}/_tallystick/v1/reset`,
    },
  };
}

/** The body of `GET /<api>`. */
export function aboutApi(url: string, served: Served): JsonObject {
  return {
    title: served.api.contract.spec.title,
    url: url + mountPath(served),
    openapi: `${url}/${served.name}/openapi.json`,
    profile: served.api.contract.profile,
    operations: served.api.contract.bindings.length,
    rules: served.api.contract.rules.length,
  };
}

/** The spec document with this server in place of the ones it lists. */
export function specDocument(url: string, served: Served): JsonObject {
  const servers = [{ url: url + mountPath(served), description: 'tallystick' }];
  return { ...served.api.contract.spec.document, servers };
}
