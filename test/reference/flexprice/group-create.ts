// POST /groups: reads the body, checks it and stores the group without a gap in between.

import { checkLength, isFields, metadataAt, textAt } from './body.ts';
import { showGroup } from './group-show.ts';
import type { Answer, Call, Group } from './model.ts';
import { duplicate, invalid, pause } from './model.ts';
import { sameScope } from './scope.ts';

interface Draft {
  name: string;
  lookupKey: string;
  entityType: string;
}

function required(call: Call, key: string, short: 'name' | 'key' | 'type'): string {
  const raw = call.body[key];
  const asText =
    typeof raw === 'number' && short !== 'type' && call.on(`group-${short}-number-accepted`);
  const value = asText ? String(raw) : textAt(call.body, key);
  if (value === undefined) {
    if (call.on(`group-${short}-missing-accepted`)) return short === 'type' ? 'price' : '';
    throw invalid(key, 'is required');
  }
  if (value === '' && !call.on(`group-${short}-empty-accepted`)) {
    throw invalid(key, 'must not be empty');
  }
  return value;
}

function storedName(call: Call, name: string): string {
  if (call.on('group-name-upper-cased')) return name.toUpperCase();
  if (call.on('group-name-truncated')) return [...name].slice(0, 20).join('');
  if (call.on('group-name-trimmed')) return name.trim();
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the fault is about ASCII itself
  if (call.on('group-name-ascii-only')) return name.replace(/[^\x00-\x7f]/gu, '?');
  return name;
}

function readDraft(call: Call): Draft {
  const name = required(call, 'name', 'name');
  const lookupKey = required(call, 'lookup_key', 'key');
  const entityType = required(call, 'entity_type', 'type');
  checkLength(call, 'name', name);
  checkLength(call, 'lookup_key', lookupKey);
  return {
    name: storedName(call, name),
    lookupKey: call.on('group-key-lower-cased') ? lookupKey.toLowerCase() : lookupKey,
    entityType,
  };
}

function typeIsFine(call: Call, type: string): boolean {
  if (call.on('group-type-any-accepted')) return true;
  if (call.on('group-type-feature-accepted') && type === 'feature') return true;
  if (call.on('group-type-case-ignored') && type.toLowerCase() === 'price') return true;
  if (call.on('group-type-empty-accepted') && type === '') return true;
  return type === 'price';
}

function checkType(call: Call, draft: Draft): void {
  if (typeIsFine(call, draft.entityType)) return;
  if (call.on('group-refused-create-stored')) keep(call, newGroup(call, draft));
  if (call.on('group-refused-create-takes-key')) call.store.takenKeys.add(keyOf(call, draft));
  throw invalid('entity_type', 'has to be "price"', {
    value: draft.entityType,
    allowed_types: ['price'],
  });
}

const keyOf = (call: Call, draft: Draft): string =>
  JSON.stringify([call.scope.tenant, call.scope.env, draft.lookupKey]);

function competes(call: Call, group: Group): boolean {
  if (call.on('group-key-unique-across-tenants')) return group.env === call.scope.env;
  if (call.on('group-key-unique-across-environments')) return group.tenant === call.scope.tenant;
  return sameScope(group, call.scope);
}

function findTwin(call: Call, draft: Draft): Group | undefined {
  if (draft.lookupKey === '' || call.on('group-duplicate-accepted')) return undefined;
  return call.store.groups.all().find((group) => {
    const blocks = group.status !== 'archived' || call.on('group-key-not-freed');
    const sameKey = group.lookupKey === draft.lookupKey;
    const sameName = call.on('group-names-unique') && group.name === draft.name;
    return blocks && (sameKey || sameName) && competes(call, group);
  });
}

// Answers with the older group or throws; returns nothing when the create may go on.
function handleTwin(call: Call, draft: Draft, twin: Group): Answer | undefined {
  if (call.on('group-duplicate-returns-existing')) {
    return { status: 201, body: showGroup(call, twin, 'create') };
  }
  if (call.on('group-duplicate-replaces-older')) {
    call.store.groups.put({ ...twin, status: 'archived' });
    return undefined;
  }
  if (call.on('group-duplicate-refused-but-renames')) {
    call.store.groups.put({ ...twin, name: draft.name });
  }
  if (call.on('group-duplicate-refused-but-stored')) keep(call, newGroup(call, draft));
  throw duplicate(call, 'group', draft.lookupKey);
}

function newGroup(call: Call, draft: Draft): Group & { count: number } {
  const now = call.store.now();
  const stored = call.odd('group-metadata-stored') && isFields(call.body.metadata);
  return {
    ...call.store.next('group'),
    ...call.scope,
    ...draft,
    metadata: stored ? (metadataAt(call.body, 'metadata', false) ?? {}) : {},
    status: call.on('group-starts-as-draft') ? 'draft' : 'published',
    created: now,
    updated: now,
  };
}

function keep(call: Call, made: Group & { count: number }): void {
  const { count, ...group } = made;
  if (call.on('group-create-lost')) return;
  if (call.on('group-third-create-lost') && count % 3 === 2) return;
  const name = call.on('group-name-echoed-not-stored') ? group.lookupKey : group.name;
  call.store.groups.put({ ...group, name });
  if (!call.on('group-store-keeps-25')) return;
  for (const old of call.store.groups.all().slice(0, -25)) call.store.groups.drop(old.id);
}

export async function createGroup(call: Call): Promise<Answer> {
  const draft = readDraft(call);
  checkType(call, draft);
  if (call.store.takenKeys.has(keyOf(call, draft))) {
    throw duplicate(call, 'group', draft.lookupKey);
  }
  const twin = findTwin(call, draft);
  const early = twin && handleTwin(call, draft, twin);
  if (early) return early;
  if (call.on('group-key-race')) await pause(15);
  const group = newGroup(call, draft);
  keep(call, group);
  const status = call.on('group-create-answers-200') ? 200 : 201;
  return { status, body: showGroup(call, group, 'create') };
}
