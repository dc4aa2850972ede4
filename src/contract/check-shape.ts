// Whether a contract's text has the right shape: what its schema says, and one kind for each rule.

import type { Finding } from '../model/finding.ts';
import { isObject, type JsonObject } from '../model/json.ts';
import { didYouMean } from '../model/suggest.ts';
import { Schemas } from '../schema/validate.ts';
import { contractSchema, type KindShape } from './format.ts';
import { found } from './found.ts';
import type { Path, YamlText } from './positions.ts';

/** Everything wrong with the contract's shape; names are only worth checking when this is empty. */
export function checkShape(yaml: YamlText, kinds: readonly KindShape[]): Finding[] {
  const validate = new Schemas().validator(contractSchema(kinds) as JsonObject);
  const unknownKinds = checkKindNames(yaml, kinds);
  if (unknownKinds.length > 0) return unknownKinds;
  return validate(yaml.value).map((fault) => {
    const path = fault.field.split(/[.[\]]+/).filter((key) => key !== '');
    return found(
      yaml,
      rulePath(yaml.value, fault.field) ?? path,
      'contract/shape',
      sayFault(fault),
    );
  });
}

function sayFault(fault: { field: string; says: string }): string {
  return fault.field === '' ? fault.says : `${fault.field} ${fault.says}`;
}

/** Rule ids hold dots, so a dotted field of the rules part is split with the known ids at hand. */
function rulePath(value: unknown, field: string): Path | undefined {
  if (!isObject(value) || !isObject(value['rules'])) return undefined;
  const id = Object.keys(value['rules']).find((key) => field.startsWith(`rules.${key}`));
  if (id === undefined) return undefined;
  const rest = field.slice(`rules.${id}`.length).split(/[.[\]]+/);
  return ['rules', id, ...rest.filter((key) => key !== '')];
}

/** A rule's unknown key, said with the nearest known one: ajv alone would list every alternative. */
function checkKindNames(yaml: YamlText, kinds: readonly KindShape[]): Finding[] {
  const names = kinds.map((kind) => kind.name);
  const heads = ['says', 'documented', 'observed', 'assumed', 'protocol', 'refuse', 'examples'];
  const known = [...heads, 'profiles', ...names];
  const rules = isObject(yaml.value) ? yaml.value['rules'] : undefined;
  return Object.entries(isObject(rules) ? rules : {}).flatMap(([id, rule]) => {
    if (!isObject(rule)) return [];
    const unknown = Object.keys(rule).filter((key) => !known.includes(key));
    const mistakes = unknown.map((key) =>
      found(
        yaml,
        ['rules', id, key],
        'contract/shape',
        `rule ${id}: "${key}" is neither a key of a rule nor a kind${didYouMean(key, known)}`,
      ),
    );
    const kindsUsed = names.filter((name) => name in rule).length;
    if (unknown.length === 0 && kindsUsed !== 1) {
      const says = kindsUsed === 0 ? 'has no kind' : 'has more than one kind';
      mistakes.push(
        found(yaml, ['rules', id], 'contract/shape', `rule ${id}: ${says} (${names.join(', ')})`),
      );
    }
    return mistakes;
  });
}
