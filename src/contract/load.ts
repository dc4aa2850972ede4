// Contract text -> Contract: read, checked against its spec, compiled. Everything wrong with it is said
// at once, with file, line and column.

import { readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { findingLine } from '../model/finding.ts';
import { UsageError } from '../model/usage-error.ts';
import { loadSpec, type Spec } from '../spec/spec.ts';
import { checkNames } from './check-names.ts';
import { checkShape } from './check-shape.ts';
import type { Contract, Limits, Profile } from './contract.ts';
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
    rules: rulesOf(text.rules, yaml, kinds, profile, error),
    resource,
    error,
    binding: (id) => bindings.find(({ operation }) => operation.id === id),
    bindingFor: (verb, name) =>
      bindings.find((binding) => binding.verb === verb && binding.resource.name === name),
  };
}
