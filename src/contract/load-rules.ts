// The rules of a contract's text, as the profile has them.

import type { Json, JsonObject } from '../model/json.ts';
import type { Basis, ErrorShape, Profile, Rule } from './contract.ts';
import { BASES, type KindShape, type RuleHead } from './format.ts';
import type { YamlText } from './positions.ts';

type RuleText = RuleHead & Readonly<Record<string, Json>>;

export type RulesText = Readonly<Record<string, RuleText>>;

/** Each rule with its kind; those that the profile says do not hold are left out. */
export function rulesOf(
  rules: RulesText,
  place: YamlText['place'],
  kinds: readonly KindShape[],
  profile: Profile,
  error: (name: string) => ErrorShape,
): Rule[] {
  return Object.entries(rules).flatMap(([id, stated]) => {
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
          return place(['rules', id]);
        },
      },
    ];
  });
}
