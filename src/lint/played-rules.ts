// What a contract that plays against itself tells: samples that it refuses, examples that are not as it says,
// records that are never live, rules that its own mock does not keep.

import type { Result } from '../conformance/verdict.ts';
import type { Path } from '../contract/positions.ts';
import type { Context } from './context.ts';
import { atRule, type LintRule, type Spot } from './rule.ts';

export const sampleAccepted: LintRule = {
  id: 'contract/sample-accepted',
  severity: 'error',
  says: 'The sample of a resource is a body that the contract itself accepts: all checks begin with it.',
  mend: 'Mend the sample, or the rule or schema that refuses it.',
  find: async (context) =>
    (await wrong(context)).filter(isOfSample).map(({ operation, reason }) => {
      const name = context.contract.binding(operation)?.resource.name ?? '';
      const at = sampleOf(context, name);
      return { message: `the smallest body of ${operation} is refused: ${reason}`, path: at };
    }),
};

function sampleOf(context: Context, name: string): Path {
  const sample = context.part('resources')[name]?.['sample'];
  return sample === undefined ? ['resources', name] : ['resources', name, 'sample'];
}

async function wrong({ played }: Context): Promise<Result[]> {
  const { report } = await played;
  return report.results.filter(({ verdict }) => verdict !== 'conforms');
}

function isOfSample({ id }: Result): boolean {
  return id.endsWith('/accepts-smallest');
}

/** Whether the check plays an example, and which way. */
function exampleOf({ rule, id, verdict }: Result): 'accept' | 'refuse' | undefined {
  if (verdict !== 'violated' || rule.startsWith('spec.')) return undefined;
  const probe = id.slice(rule.length + 1);
  if (/^accepts-(\d+|sample)$|-example-kept/.test(probe)) return 'accept';
  return /^refuses-\d+$|-example-broken/.test(probe) ? 'refuse' : undefined;
}

export const exampleAccepted: LintRule = {
  id: 'contract/example-accepted',
  severity: 'error',
  says: 'An example under `accept` is really accepted, and so is the sample that a rule speaks of.',
  mend: 'Mend the example, or what refuses it.',
  find: (context) => examples(context, 'accept', 'an example is refused'),
};

export const exampleRefused: LintRule = {
  id: 'contract/example-refused',
  severity: 'error',
  says: 'An example under `refuse` is really refused.',
  mend: 'Mend the example, or the condition that lets it through.',
  find: (context) => examples(context, 'refuse', 'an example is accepted'),
};

async function examples(
  context: Context,
  word: 'accept' | 'refuse',
  says: string,
): Promise<Spot[]> {
  const found = (await wrong(context)).filter((result) => exampleOf(result) === word);
  return found.map((result) => {
    const index = Number(/-(\d+)$/.exec(result.id)?.[1] ?? 1) - 1;
    const message = `${says}: ${result.reason}`;
    return atRule(result.rule, message, 'examples', word, index);
  });
}

/** A resource may be one that an API only shows: a test is then told of a record that is there. */
const NO_CREATE = /^no operation makes an? /;

export const keepsItself: LintRule = {
  id: 'contract/keeps-itself',
  severity: 'error',
  says: 'The mock that a contract makes passes the checks that it makes; else two of its rules contradict each other.',
  mend: 'Find out which rule or schema is in the way; `tallystick test` against the mock prints the requests.',
  async find(context) {
    const all = await wrong(context);
    const isRule = (id: string) => context.contract.rules.some((rule) => rule.id === id);
    const left = all.filter((result) => exampleOf(result) === undefined && !isOfSample(result));
    // A refused sample idles what needs it, and that nothing calls an operation is no contradiction.
    const isRefused = all.some(isOfSample);
    return left
      .filter(({ rule, verdict }) => verdict !== 'notExercised' || (isRule(rule) && !isRefused))
      .filter(({ reason, verdict }) => verdict !== 'notExercised' || !NO_CREATE.test(reason ?? ''))
      .map(({ rule, id, verdict, reason, operation }) => ({
        message: `${id} ${verdict === 'notExercised' ? 'can not be played' : 'fails'}: ${reason}`,
        path: isRule(rule) ? ['rules', rule] : ['operations', operation],
      }));
  },
};

export const bornLive: LintRule = {
  id: 'contract/born-live',
  severity: 'error',
  says: 'Some record is live some time: a state that nothing leads to is never seen.',
  mend: 'Let `start`, a `start` rule or the sample set what `live` looks at.',
  find: async (context) => {
    const { born } = await context.played;
    return [...born]
      .filter(([, isLive]) => !isLive)
      .map(([name]) => ({ message: `no ${name} is ever live`, path: ['resources', name, 'live'] }));
  },
};

export const exampleShows: LintRule = {
  id: 'contract/example-shows-rule',
  severity: 'warning',
  says: 'An example under `refuse` of a condition is refused by it, and not by another rule or the schema as well.',
  mend: 'Change the example so that it breaks this rule alone.',
  async find(context) {
    const { report, without } = await context.played;
    const spots: Spot[] = [];
    for (const { id, kind } of context.contract.rules) {
      const own = report.results.filter(
        ({ rule, id: check }) => kind === 'require' && rule === id && /\/refuses-\d+$/.test(check),
      );
      if (own.length === 0) continue;
      const off = await without(id, own);
      for (const { id: check, verdict } of off.results) {
        if (verdict !== 'conforms') continue;
        const index = Number(/(\d+)$/.exec(check)?.[1]) - 1;
        spots.push(atRule(id, 'without the rule this is refused too', 'examples', 'refuse', index));
      }
    }
    return spots;
  },
};
