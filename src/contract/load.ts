// Contract text -> Contract: read, checked against its spec, compiled. Everything wrong with it is said
// at once, with file, line and column.

import { readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { findingLine } from '../model/finding.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { UsageError } from '../model/usage-error.ts';
import type { Schema } from '../schema/validate.ts';
import { recordContent } from '../spec/contents.ts';
import { loadSpec, type Operation, type Spec } from '../spec/spec.ts';
import { checkNames, checkShape } from './check.ts';
import {
  type Basis,
  type Binding,
  type Contract,
  type ErrorShape,
  fieldNames,
  fieldSchema,
  type Limits,
  ownersOf,
  type Profile,
  type Resource,
  type Rule,
  type Verb,
} from './contract.ts';
import { compileExpression } from './expression.ts';
import {
  BASES,
  type ErrorText,
  type KindShape,
  type OperationText,
  type ResourceText,
  type RuleHead,
} from './format.ts';
import { readYaml, type YamlText } from './positions.ts';
import { compileTemplate } from './template.ts';

interface ContractText {
  readonly api: string;
  readonly spec: string;
  readonly callers: { readonly environment?: { readonly header: string; readonly else: string } };
  readonly limits?: Limits;
  readonly errors: Readonly<Record<string, ErrorText>> & { body?: Json; type?: string };
  readonly resources: Readonly<Record<string, ResourceText>>;
  readonly operations: Readonly<Record<string, OperationText>>;
  readonly rules: Readonly<Record<string, RuleText>>;
}
type RuleText = RuleHead & Readonly<Record<string, Json>>;

const VERBS: readonly Verb[] = ['create', 'read', 'list', 'update', 'delete', 'action'];

/** What the protocol itself says, when the contract has no words for it. */
const PROTOCOL_STATUS: Readonly<Record<string, number>> = {
  'too-large': 413,
  'no-method': 405,
  unsupported: 415,
  unavailable: 503,
  internal: 500,
};

/** The contract in the file, with the spec it names. Throws UsageError with everything wrong with it. */
export function loadContract(
  file: string,
  kinds: readonly KindShape[],
  profile: Profile = 'documented',
): Contract {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`can't read the contract ${file}: ${(error as Error).message}`);
  }
  const shown = relative(process.cwd(), resolve(file)) || file;
  const yaml = readYaml(text, shown.startsWith('..') ? file : shown);
  return buildContract(file, yaml, kinds, profile, (spec) =>
    loadSpec(resolve(dirname(file), spec)),
  );
}

/** The contract in the text, over a spec that `readSpec` gives by the name the contract uses. */
export function parseContract(
  text: string,
  file: string,
  kinds: readonly KindShape[],
  readSpec: (name: string) => Spec,
  profile: Profile = 'documented',
): Contract {
  return buildContract(file, readYaml(text, file), kinds, profile, readSpec);
}

function buildContract(
  file: string,
  yaml: YamlText,
  kinds: readonly KindShape[],
  profile: Profile,
  readSpec: (name: string) => Spec,
): Contract {
  const misshapen = yaml.isPrepared ? [] : checkShape(yaml, kinds);
  if (misshapen.length > 0) throw new UsageError(misshapen.map(findingLine));
  const text = yaml.value as ContractText;
  const spec = readSpec(text.spec);
  const unknown = yaml.isPrepared && spec.isPrepared ? [] : checkNames(yaml, spec, kinds);
  if (unknown.length > 0) throw new UsageError(unknown.map(findingLine));

  const errors = errorsOf(text, profile);
  const error = (name: string) => errors.get(name) ?? fallback(errors, name);
  const resources = new Map(
    Object.entries(text.resources).map(([name, item]) => [name, resourceOf(name, item, spec)]),
  );
  const resource = (name: string) => {
    const found = resources.get(name);
    if (found === undefined) throw new Error(`no resource ${name} in ${file}`);
    return found;
  };
  const bindings = bindingsOf(text, spec, resource);
  return {
    api: text.api,
    file,
    spec,
    profile,
    callers: text.callers,
    ...(text.limits === undefined ? {} : { limits: text.limits }),
    errors,
    resources,
    bindings,
    rules: rulesOf(text, yaml, kinds, profile, error),
    resource,
    error,
    binding: (id) => bindings.find(({ operation }) => operation.id === id),
    bindingFor: (verb, name) =>
      bindings.find((binding) => binding.verb === verb && binding.resource.name === name),
  };
}

function errorsOf(text: ContractText, profile: Profile): Map<string, ErrorShape> {
  const { body, type, ...named } = text.errors;
  return new Map(
    Object.entries(named).map(([name, error]) => {
      const played = profile === 'observed' ? { ...error, ...error.observed } : error;
      return [
        name,
        {
          name,
          status: played.status,
          basis: error.basis,
          code: played.code,
          type: played.type ?? type ?? 'application/json',
          body: compileTemplate((played.body ?? body ?? { message: '=says' }) as Json),
        },
      ];
    }),
  );
}

function fallback(errors: ReadonlyMap<string, ErrorShape>, name: string): ErrorShape {
  const base = errors.get(name.startsWith('no-') ? 'not-found' : 'invalid');
  if (base === undefined) throw new Error('a contract without "invalid" passed the shape check');
  return { ...base, name, status: PROTOCOL_STATUS[name] ?? base.status };
}

function resourceOf(name: string, text: ResourceText, spec: Spec): Resource {
  const schema = spec.schema(text.schema) ?? {};
  const live = text.live === undefined ? undefined : compileExpression(text.live);
  return {
    name,
    schema,
    key: text.key ?? 'id',
    fields: fieldNames(schema),
    id: compileTemplate(text.id),
    start: compileTemplate((text.start ?? {}) as Json),
    touch: compileTemplate((text.touch ?? {}) as Json),
    sample: (text.sample ?? {}) as JsonObject,
    owner: text.in,
    parts: new Map(Object.entries(text.parts ?? {})),
    complete: text.complete === true,
    liveText: text.live,
    live: (data) => live === undefined || live.holds({ self: data }),
  };
}

function bindingsOf(
  text: ContractText,
  spec: Spec,
  resource: (name: string) => Resource,
): Binding[] {
  return Object.entries(text.operations).flatMap(([id, item]) => {
    const verb = VERBS.find((word) => item[word] !== undefined);
    const operation = spec.operations.find((candidate) => candidate.id === id);
    if (verb === undefined || operation === undefined) return [];
    return [bindingOf(item, verb, operation, resource, spec)];
  });
}

function bindingOf(
  item: OperationText,
  verb: Verb,
  operation: Operation,
  resourceNamed: (name: string) => Resource,
  spec: Spec,
): Binding {
  const resource = resourceNamed((verb === 'action' ? item.of : item[verb]) ?? '');
  const inPath = operation.parameters.filter((parameter) => parameter.in === 'path');
  const sent = recordContent(operation.body?.contents);
  const namesOne = verb !== 'create' && verb !== 'list';
  const above = namesOne ? inPath.slice(0, -1) : inPath;
  // The innermost owners are named right before the record; a path may leave out the outer ones.
  const owners = ownersOf({ resource: resourceNamed }, resource);
  const count = Math.min(owners.length, above.length);
  const answer = item.answer as Json | undefined;
  return {
    operation,
    verb,
    resource,
    set: item.set === undefined ? undefined : compileTemplate(item.set as Json),
    idParameter: namesOne ? inPath.at(-1)?.name : undefined,
    by: item.by ?? resource.key,
    owners: owners.slice(owners.length - count).map((owner, i) => ({
      parameter: above[above.length - count + i]?.name ?? '',
      resource: owner,
    })),
    sent,
    body: recordIn(sent, item),
    each: item.each,
    within: item.within,
    shown: (item.show === undefined ? undefined : spec.schema(item.show)) ?? resource.schema,
    answer: answer === undefined ? undefined : { text: answer, template: compileTemplate(answer) },
    action: item.action,
  };
}

/** What a body says of one record: all of it, but where it lists or wraps them. */
function recordIn(sent: Schema | undefined, { each, within }: OperationText): Schema | undefined {
  const path = each === undefined ? within : `${each}[]`;
  return path === undefined ? sent : fieldSchema(sent ?? true, path);
}

function rulesOf(
  text: ContractText,
  yaml: YamlText,
  kinds: readonly KindShape[],
  profile: Profile,
  error: (name: string) => ErrorShape,
): Rule[] {
  return Object.entries(text.rules).flatMap(([id, stated]) => {
    const other = profile === 'observed' ? stated.profiles?.observed : undefined;
    if (other === 'none') return [];
    const kind =
      kinds.find(({ name }) => name in (other ?? {})) ?? kinds.find(({ name }) => name in stated);
    const rule = { ...stated, ...(other as object | undefined) } as RuleText;
    const basis = BASES.find((word) => word in stated);
    if (kind === undefined || basis === undefined) return [];
    return [
      {
        id,
        says: rule.says,
        basis: basis as Basis,
        source: String(rule[basis]),
        kind: kind.name,
        options: rule[kind.name] as JsonObject,
        error: error(rule.refuse ?? 'invalid'),
        examples: {
          accept: (rule.examples?.accept ?? []) as Json[],
          refuse: (rule.examples?.refuse ?? []) as Json[],
          beside: (rule.examples?.beside ?? {}) as JsonObject,
        },
        get place() {
          return yaml.place(['rules', id]);
        },
      },
    ];
  });
}
