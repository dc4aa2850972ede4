// What a refusal of both models asks of a server: to refuse too, where it follows from what counts.

import type { Binding } from '../../contract/contract.ts';
import type { Json } from '../../model/json.ts';
import type { Call, Make } from '../../model/steps.ts';
import { isMake } from '../../model/steps.ts';
import { brokenField } from './broken.ts';
import type { Member, Move } from './cast.ts';
import { type Counted, repeatedFields, says } from './counted.ts';
import type { Heard } from './teller.ts';

type Judge = Pick<Make & Call, 'expect' | 'status' | 'because'>;

/** The expectation; undefined where a server may as well accept. */
export function refusalOf(
  counted: Counted,
  move: Move,
  binding: Binding,
  named: readonly Member[],
  sent: Json | undefined,
  whole: Heard,
  strict: Heard,
): Judge | undefined {
  if (strict.rule === undefined) {
    const because = absence(counted, move, binding, named);
    if (because !== undefined) return { expect: 'missing', because };
    const field = brokenField(counted, binding, sent);
    return field === undefined
      ? undefined
      : { expect: 'refused', because: `${field} is not as the documents have it` };
  }
  const rule = counted.strict.rules.find(({ id }) => id === strict.rule);
  if (rule === undefined) return undefined;
  // With two things wrong at once, a server may name either.
  const odd = named.filter(({ live, by }) => live !== true || by !== move.by).length;
  const forbidden = rule.kind === 'value' || brokenField(counted, binding, sent) ? 1 : 0;
  const isOne = odd + repeatedFields(counted, move, binding).length + forbidden === 1;
  const isExact = isOne && whole.rule === rule.id && rule.error.basis === 'documented';
  return {
    expect: 'refused',
    ...(isExact ? { status: rule.error.status } : {}),
    because: `${rule.id} (${rule.says})`,
  };
}

/** Why there is nothing that the path names; undefined where no rule that counts says so. */
function absence(
  counted: Counted,
  move: Move,
  { idParameter, resource }: Binding,
  named: readonly Member[],
): string | undefined {
  const id = isMake(move) ? undefined : move.path?.[idParameter ?? ''];
  if (id === '=fresh()') return 'no record has this id';
  const foreign = named.find(({ by }) => by !== move.by);
  if (foreign !== undefined) {
    const isApart = says(counted, 'scope', foreign.resource.name);
    return isApart ? `the ${foreign.resource.name} is another tenant's` : undefined;
  }
  const gone = named.find(
    ({ live, resource: { name } }) => live === false && name === resource.name,
  );
  if (gone === undefined) return undefined;
  const isGone =
    gone.resource.owner !== undefined ||
    says(counted, 'on-delete', gone.resource.name, ({ read }) => read === 'gone');
  return isGone ? `the ${gone.resource.name} was taken out` : undefined;
}
