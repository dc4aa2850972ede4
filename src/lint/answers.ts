// Errors against the spec: that their statuses are documented where they say so, that their bodies fit, that
// something refuses with them.

import type { ErrorShape } from '../contract/contract.ts';
import type { JsonObject } from '../model/json.ts';
import type { Answer } from '../spec/spec.ts';
import type { Context } from './context.ts';
import { atRule, type LintRule, type Spot } from './rule.ts';

export const statusDocumented: LintRule = {
  id: 'contract/status-documented',
  severity: 'error',
  says: 'The status of an error whose basis is "documented" is among the answers of some operation in the spec.',
  mend: 'Add the answer to the spec, or give the error the basis that it has.',
  find: (context) =>
    errorsOf(context).flatMap(({ name, status, basis }): Spot[] => {
      if (basis !== 'documented' || answersWith(context, status).length > 0) return [];
      const message = `error ${name}: no operation documents the status ${status}`;
      return [{ message, path: ['errors', name, 'status'] }];
    }),
};

export const errorFits: LintRule = {
  id: 'contract/error-fits',
  severity: 'error',
  says: 'The body of an error fits the schema that the spec has for its status, and is of its media type.',
  mend: 'Mend the template of the body, its `type`, or the schema.',
  find: (context) =>
    errorsOf(context).flatMap((error): Spot[] => {
      const { name } = error;
      const at = (message: string): Spot[] => [
        { message: `error ${name}: ${message}`, path: ['errors', name] },
      ];
      let body: unknown;
      try {
        body = error.body(EXAMPLE(error));
      } catch (failure) {
        return at(`its body can't be made: ${(failure as Error).message.split('\n')[0]}`);
      }
      const described = answersWith(context, error.status).filter(
        ({ contents }) => contents.size > 0,
      );
      const wrong = described.map((answer) => misfit(context, answer, error.type, body));
      return wrong.length > 0 && wrong.every((one) => one !== undefined)
        ? at(String(wrong[0]))
        : [];
    }),
};

/** What a template of an error is given, for a refusal of one field. */
const EXAMPLE = ({ status, code }: ErrorShape) => ({
  status,
  code: code ?? null,
  says: 'a field is required',
  faults: [{ field: 'field', says: 'is required', code: 'required' }],
  details: { field: { message: 'is required', code: 'required' } },
});

/** What is wrong with the body as this answer; undefined when it fits. */
function misfit({ spec }: Context, { contents }: Answer, type: string, body: unknown) {
  const schema = contents.get(type.toLowerCase());
  if (schema === undefined) return `it is ${type}, the spec has ${[...contents.keys()].join(', ')}`;
  const [fault] = spec.schemas.validator(schema)(body);
  return fault === undefined
    ? undefined
    : `its body does not fit: ${`${fault.field} ${fault.says}`.trim()}`;
}

function errorsOf({ contract }: Context): ErrorShape[] {
  return [...contract.errors.values()];
}

/** The answers of bound operations that have this status, exactly or by its class. */
function answersWith({ contract }: Context, status: number): Answer[] {
  const known = [String(status), `${String(status)[0]}XX`, 'default'];
  return contract.bindings.flatMap(({ operation: { answers } }) => {
    const one = known.flatMap((word) =>
      answers.filter((answer) => answer.status.toUpperCase() === word || answer.status === word),
    );
    return one.slice(0, 1);
  });
}

/** Errors that the engine itself answers with. */
const OF_THE_ENGINE = [
  'invalid',
  'unauthenticated',
  'not-found',
  'malformed',
  'unsupported',
  'too-large',
  'no-route',
  'no-method',
  'unavailable',
  'internal',
  'wrong-type',
  'parameter',
];

export const errorUsed: LintRule = {
  id: 'contract/error-used',
  severity: 'warning',
  says: 'An error that nothing refuses with is a mistake, or left over.',
  mend: 'Remove it, or name it in the `refuse` of a rule.',
  find(context) {
    const rules = Object.values(context.part('rules')) as JsonObject[];
    const named = rules.flatMap((rule) => [rule, ...profilesOf(rule)].map(({ refuse }) => refuse));
    return errorsOf(context)
      .filter(({ name }) => !OF_THE_ENGINE.includes(name) && !named.includes(name))
      .map(({ name }) => ({
        message: `no rule refuses with the error ${name}`,
        path: ['errors', name],
      }));
  },
};

function profilesOf({ profiles = {} }: JsonObject): JsonObject[] {
  return Object.values(profiles as JsonObject).filter(
    (one) => typeof one === 'object',
  ) as JsonObject[];
}

export const refuseHasEffect: LintRule = {
  id: 'contract/refuse-has-effect',
  severity: 'warning',
  says: 'Only a rule that can refuse something names the error to refuse with.',
  mend: 'Remove `refuse`, or say the rule as a kind that refuses.',
  find: (context) =>
    context.contract.rules.flatMap((rule): Spot[] => {
      if (!('refuse' in (context.part('rules')[rule.id] ?? {}))) return [];
      const kind = context.kinds.find(({ name }) => name === rule.kind);
      const hooks = kind?.enforce(rule, context.contract) ?? {};
      if (hooks.check || hooks.narrow || hooks.admit || rule.kind === 'scenario') return [];
      return [atRule(rule.id, `a "${rule.kind}" rule like this refuses nothing`, 'refuse')];
    }),
};
