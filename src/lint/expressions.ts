// Every expression of a contract that is evaluated over a record: where it stands, and what each of its names
// stands for there. The places are those in which the engine and the kinds evaluate them.

import { joined, type Resource, splitPath } from '../contract/contract.ts';
import type { Path } from '../contract/positions.ts';
import { isObject, type Json, type JsonObject } from '../model/json.ts';
import type { Context } from './context.ts';

/** What a name stands for: a record, or a part of one; null for what has no fields to be checked. */
export type Meaning = { readonly resource: Resource; readonly at: string } | null;

export interface Located {
  readonly path: Path;
  readonly text: string;
  readonly names: Readonly<Record<string, Meaning>>;
}

const ANYWHERE = { input: null, caller: null, now: null };

/** All of them, in the contract's order. */
export function expressionsOf(context: Context): Located[] {
  return [
    ...ofErrors(context),
    ...ofResources(context),
    ...ofOperations(context),
    ...ofRules(context),
  ];
}

function ofErrors(context: Context): Located[] {
  const names = { code: null, says: null, status: null, faults: null, details: null };
  const { body, ...errors } = context.part('errors') as Record<string, Json>;
  return [
    ...templates(body, ['errors', 'body'], names),
    ...Object.entries(errors).flatMap(([name, error]) => [
      ...templates(field(error, 'body'), ['errors', name, 'body'], names),
      ...templates(
        field(field(error, 'observed'), 'body'),
        ['errors', name, 'observed', 'body'],
        names,
      ),
    ]),
  ];
}

function ofResources(context: Context): Located[] {
  return Object.entries(context.part('resources')).flatMap(([name, text]) => {
    const self = whole(context.contract.resource(name));
    const at = (key: string): Path => ['resources', name, key];
    const live = text['live'];
    return [
      ...(typeof live === 'string' ? [{ path: at('live'), text: live, names: { self } }] : []),
      ...templates(text['id'], at('id'), ANYWHERE),
      ...templates(text['start'], at('start'), ANYWHERE),
      ...templates(text['touch'], at('touch'), { self, ...ANYWHERE }),
    ];
  });
}

function ofOperations(context: Context): Located[] {
  return context.contract.bindings.flatMap(({ operation: { id }, verb, resource }) => {
    const does = context.part('operations')[id] ?? {};
    const self = whole(resource);
    const around = verb === 'list' ? { items: null, total: null } : { self, created: null };
    const set = { ...(verb === 'create' ? {} : { self }), query: null, ...ANYWHERE };
    return [
      ...templates(does['set'], ['operations', id, 'set'], set),
      ...templates(does['answer'], ['operations', id, 'answer'], {
        ...around,
        query: null,
        ...ANYWHERE,
      }),
    ];
  });
}

function ofRules(context: Context): Located[] {
  return context.contract.rules.flatMap(({ id, kind, options }) =>
    (OF_KIND[kind]?.(options, context) ?? []).map((located) => ({
      ...located,
      path: ['rules', id, kind, ...located.path],
    })),
  );
}

const OF_KIND: Readonly<Record<string, (options: JsonObject, context: Context) => Located[]>> = {
  require({ of, at = '', when, that }, { contract }) {
    const resource = contract.resource(String(of));
    const self = { resource, at: String(at) };
    const names = { self, old: whole(resource), ...ANYWHERE };
    return [...expression(when, ['when'], names), ...expression(that, ['that'], names)];
  },
  reference({ from, to, when, must = [] }, { contract }) {
    const owner = contract.resources.get(splitPath(String(from))[0]);
    if (owner === undefined) return [];
    const self = whole(owner);
    const target = whole(contract.resource(String(to)));
    const conditions = (must as Json[]).flatMap((text, i) =>
      text === 'live' ? [] : expression(text, ['must', i], { self, target }),
    );
    return [...expression(when, ['when'], { self }), ...conditions];
  },
  ignored({ at, unless }, { contract }) {
    const resource = contract.binding(String(at))?.resource;
    return resource === undefined ? [] : expression(unless, ['unless'], { self: whole(resource) });
  },
  list({ at, filter = {}, page }, { contract }) {
    const resources = new Set(
      ([at].flat() as string[]).flatMap((id) => contract.binding(id)?.resource ?? []),
    );
    const [one] = resources;
    const self = resources.size === 1 && one !== undefined ? whole(one) : null;
    const names = { self, value: null, now: null };
    const envelope = ['items', 'total', 'size', 'skip', 'page', 'pages', 'more', 'last'];
    return [
      ...Object.entries(filter as JsonObject).flatMap(([param, by]) =>
        expression(field(by, 'that'), ['filter', param, 'that'], names),
      ),
      ...templates(
        field(page, 'answer'),
        ['page', 'answer'],
        Object.fromEntries(envelope.map((name) => [name, null])),
      ),
    ];
  },
  filled(options, { contract }) {
    const [owner, path] = splitPath(String(options['at']));
    const { from, is } = options;
    const resource = contract.resource(owner);
    const isOne = typeof is === 'string';
    const at = isOne ? path.slice(0, Math.max(0, path.lastIndexOf('.'))) : path;
    const target =
      from === undefined ? undefined : referred(contract, `${owner}.${joined(at, String(from))}`);
    const its = target === undefined ? null : whole(target);
    return templates(is, ['is'], { self: { resource, at }, ref: null, its, whole: null });
  },
};

function referred(contract: Context['contract'], from: string): Resource | undefined {
  const rule = contract.rules.find(
    ({ kind, options }) => kind === 'reference' && options['from'] === from,
  );
  return rule === undefined ? undefined : contract.resource(String(rule.options['to']));
}

function whole(resource: Resource): Meaning {
  return { resource, at: '' };
}

function field(value: Json | undefined, name: string): Json | undefined {
  return isObject(value) ? value[name] : undefined;
}

function expression(text: Json | undefined, path: Path, names: Located['names']): Located[] {
  return typeof text === 'string' ? [{ path, text, names }] : [];
}

/** The expressions of a template: its strings that begin with `=`. */
function templates(value: Json | undefined, path: Path, names: Located['names']): Located[] {
  if (typeof value === 'string') {
    return value.startsWith('=') ? [{ path, text: value.slice(1), names }] : [];
  }
  if (typeof value !== 'object' || value === null) return [];
  const entries: [string | number, Json][] = Array.isArray(value)
    ? value.map((item: Json, i) => [i, item])
    : Object.entries(value);
  return entries.flatMap(([key, child]) => templates(child, [...path, key], names));
}
