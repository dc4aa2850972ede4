// Contract text -> Contract: read, checked against its spec, compiled. Everything wrong with it is said
// at once, with file, line and column.

import { readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { findingLine } from '../model/finding.ts';
import type { JsonObject } from '../model/json.ts';
import { UsageError } from '../model/usage-error.ts';
import { loadSpec, type Spec } from '../spec/spec.ts';
import { checkNames } from './check-names.ts';
import { checkShape } from './check-shape.ts';
import type { Binding, Contract, Limits, Profile } from './contract.ts';
import type { KindShape, ResourceText } from './format.ts';
import { bindingsOf, type OperationsText } from './load-bindings.ts';
import { type ErrorsText, errorsOf, fallback } from './load-errors.ts';
import { resourceOf } from './load-resources.ts';
import { type RulesText, rulesOf } from './load-rules.ts';
import { readYaml, type YamlText } from './positions.ts';

interface ContractText {
  readonly api: string;
  readonly spec: string;
  readonly callers: { readonly environment?: { readonly header: string; readonly else: string } };
  readonly limits?: Limits;
  readonly errors: ErrorsText;
  readonly resources: Readonly<Record<string, ResourceText>>;
  readonly operations: OperationsText;
  readonly rules: RulesText;
}

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

/** The text and its spec, when neither its shape nor a name in it is wrong. Throws UsageError. */
function checked(
  yaml: YamlText,
  kinds: readonly KindShape[],
  readSpec: (name: string) => Spec,
): { readonly text: ContractText; readonly spec: Spec } {
  const misshapen = yaml.isPrepared ? [] : checkShape(yaml, kinds);
  if (misshapen.length > 0) throw new UsageError(misshapen.map(findingLine));
  const text = yaml.value as ContractText;
  const spec = readSpec(text.spec);
  const unknown = yaml.isPrepared && spec.isPrepared ? [] : checkNames(yaml, spec, kinds);
  if (unknown.length > 0) throw new UsageError(unknown.map(findingLine));
  return { text, spec };
}

function buildContract(
  file: string,
  yaml: YamlText,
  kinds: readonly KindShape[],
  profile: Profile,
  readSpec: (name: string) => Spec,
): Contract {
  const { text, spec } = checked(yaml, kinds, readSpec);
  return assembled(file, text, spec, kinds, profile, yaml.place);
}

/** The contract that a text of our own making says: it is not checked, for its names come from the spec itself. */
export function contractOf(
  text: JsonObject,
  file: string,
  spec: Spec,
  kinds: readonly KindShape[],
): Contract {
  const place = () => ({ file, line: 1, column: 1 });
  return assembled(file, text as unknown as ContractText, spec, kinds, 'documented', place);
}

function assembled(
  file: string,
  text: ContractText,
  spec: Spec,
  kinds: readonly KindShape[],
  profile: Profile,
  place: YamlText['place'],
): Contract {
  const errors = errorsOf(text.errors, profile);
  const error = (name: string) => errors.get(name) ?? fallback(errors, name);
  const resources = new Map(
    Object.entries(text.resources).map(([name, item]) => [name, resourceOf(name, item, spec)]),
  );
  const resource = (name: string) => {
    const found = resources.get(name);
    if (found === undefined) throw new Error(`no resource ${name} in ${file}`);
    return found;
  };
  const bindings = bindingsOf(text.operations, spec, resource);
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
    rules: rulesOf(text.rules, place, kinds, profile, error),
    resource,
    error,
    ...lookUps(bindings),
  };
}

function lookUps(bindings: readonly Binding[]): Pick<Contract, 'binding' | 'bindingFor'> {
  // The first of two counts.
  const reversed = [...bindings].reverse();
  const byId = new Map(reversed.map((one) => [one.operation.id, one]));
  const byVerb = new Map(reversed.map((one) => [`${one.verb} ${one.resource.name}`, one]));
  return {
    binding: (id) => byId.get(id),
    bindingFor: (verb, name) => byVerb.get(`${verb} ${name}`),
  };
}
