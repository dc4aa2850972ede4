// What `tallystick test --explore` finds, as files: a sequence is kept as a scenario rule, so that it can be
// played again and put into a contract as it stands.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXPLORE } from '../conformance/explore/explore.ts';
import type { RunOptions } from '../conformance/run.ts';
import type { PlannedCheck, Result } from '../conformance/verdict.ts';
import type { Contract } from '../contract/contract.ts';
import { isObject, type Json } from '../model/json.ts';
import { isMake, isWait, type Step } from '../model/steps.ts';
import { UsageError } from '../model/usage-error.ts';
import { kinds } from '../rules/index.ts';
import { options as scenarioSchema } from '../rules/scenario/options.ts';
import { yaml } from '../spec/yaml.ts';
import { writeReport } from './report-files.ts';

/** Where sequences are kept unless told. */
export const EXPLORED_FOLDER = '.tallystick/explore';

interface Exploring {
  readonly explore?: number;
  readonly save: string;
  readonly seed: number;
}

/** What a run needs to explore; nothing where it is not asked for. The model is loaded here, and only then. */
export async function exploring(
  contract: Contract,
  named: string,
  { explore, save, seed }: Exploring,
  say: (text: string) => void,
): Promise<Pick<RunOptions, 'explore'>> {
  if (explore === undefined) return {};
  const { exploredModel } = await import('../testing/explored-model.ts');
  const found = (result: Result, steps: readonly Step[]) => {
    const name = result.id.slice(EXPLORE.length + 1);
    const file = join(save, `${contract.api}-${name}-${seed}.yaml`);
    const played = `tallystick test ${named} --explore ${explore} --seed ${seed}`;
    writeReport(file, scenarioText(contract, result, steps, played));
    say(`kept as ${file}`);
  };
  return { explore: { sequences: explore, makeModel: exploredModel(kinds), found } };
}

/** The steps as a rule of the contract. */
export function scenarioText(
  contract: Contract,
  { operation, reason = '' }: Result,
  steps: readonly Step[],
  played: string,
): string {
  const resource = contract.binding(operation)?.resource.name ?? contract.api;
  const rule = {
    says: `What ${operation} answers follows from the requests before it.`,
    protocol: `found by ${played}`,
    scenario: steps,
  };
  const heard = reason.replaceAll(/\s+/g, ' ').slice(0, 300);
  const head = `# The server did not answer so: ${heard}\n# Play it again with --replay, or put it among the rules of a contract.\n`;
  return (
    head +
    yaml().stringify(
      { [`${kebab(resource)}.explored-${kebab(operation)}`]: rule },
      { lineWidth: 110 },
    )
  );
}

/** The check that a kept sequence is. Throws UsageError for a file that holds none of this API. */
export function readScenario(file: string, contract: Contract): PlannedCheck {
  const wrong = (why: string) => new UsageError(`${file}: ${why}`);
  let rules: unknown;
  try {
    rules = yaml().parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw wrong((error as Error).message.split('\n')[0] ?? '');
  }
  const [rule, ...others] = Object.values(isObject(rules) ? rules : {});
  if (!isObject(rule) || others.length > 0) throw wrong('must hold one rule, a scenario');
  const { scenario } = rule;
  const schema = scenarioSchema as unknown as Parameters<typeof contract.spec.schemas.validator>[0];
  const [fault] = contract.spec.schemas.validator(schema)(scenario);
  if (fault !== undefined) throw wrong(`scenario ${fault.field} ${fault.says}`);
  const steps = scenario as unknown as Step[];
  const operations = steps.map((step) => operationOf(contract, step));
  const unknown = operations.indexOf(undefined);
  if (unknown >= 0) throw wrong(`step ${unknown + 1}: ${contract.api} has no such operation`);
  const operation = operations.at(-1) ?? '';
  return {
    id: `${EXPLORE}/${operation}`,
    rule: EXPLORE,
    says: text(rule['says']),
    basis: 'protocol',
    source: file,
    operation,
    probe: { id: operation, operation, steps },
  };
}

function operationOf(contract: Contract, step: Step): string | undefined {
  if (isWait(step)) return '';
  const binding = isMake(step)
    ? contract.bindingFor('create', step.make)
    : contract.binding(step.call);
  return binding?.operation.id;
}

function kebab(name: string): string {
  return name.replace(/[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])/g, '-').toLowerCase();
}

function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : 'A kept sequence.';
}
