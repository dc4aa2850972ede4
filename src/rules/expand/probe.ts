import { type Binding, type Contract, type Rule, splitPath } from '../../contract/contract.ts';
import type { Call, Probe, Step } from '../../model/steps.ts';
import { basisOf } from '../../spec/spec.ts';
import { callOn, deleteOf, listCall, make, narrowing, readOf } from '../steps.ts';
import type { Options } from './options.ts';

export function probe({ options }: Rule<Options>, contract: Contract): Probe[] {
  return options.by.flatMap((id) => {
    const binding = contract.binding(id);
    return binding === undefined ? [] : of(binding, options, contract);
  });
}

function of(binding: Binding, options: Options, contract: Contract): Probe[] {
  const [from, field] = splitPath(options.at);
  const to = targetName(options, contract);
  const { key } = contract.resource(to);
  const operation = binding.operation.id;
  const asked = asking(binding, options, contract);
  const plain = asking(binding, options, contract, false);
  const { into } = options;
  const start: Step[] = [
    make(to, 'wrong'),
    make(to, 'target'),
    make(from, 'made', { with: { [field]: `=target.${key}` } }),
  ];
  const same = compared(contract, to)
    .map((name) => `same(shown.${into}.${name}, own.${name})`)
    .join(' && ');
  return [
    {
      id: `${operation}-asked`,
      operation,
      steps: [
        ...start,
        ...judged(binding, asked('made'), into, `!same(shown.${into}, null)`, 'it was asked for'),
        ...readOf(contract, to, 'target', { as: 'own' }),
        ...judged(
          binding,
          asked('made'),
          into,
          same,
          `it is the whole ${to}, as its own read shows it`,
        ),
      ],
    },
    {
      id: `${operation}-not-asked`,
      operation,
      steps: [
        ...start,
        ...judged(
          binding,
          plain('made'),
          into,
          `same(shown.${into}, null)`,
          'it was not asked for',
        ),
      ],
    },
    {
      id: `${operation}-none`,
      operation,
      steps: [
        make(from, 'made'),
        ...judged(
          binding,
          asked('made'),
          into,
          `same(shown.${into}, null)`,
          'there is none to show',
        ),
      ],
    },
    ...afterDelete(contract, binding, options, to, start, asked),
  ];
}

function afterDelete(
  contract: Contract,
  binding: Binding,
  { at, into }: Options,
  to: string,
  start: Step[],
  asked: (name: string) => Call,
): Probe[] {
  const gone = deleteOf(contract, to, 'target');
  const clears = contract.rules.some(
    (rule) =>
      rule.kind === 'on-delete' && rule.basis === 'documented' && rule.options['clear'] === at,
  );
  if (gone.length === 0 || !clears) return [];
  const because = `the ${to} is deleted and no longer referred to`;
  return [
    {
      id: `${binding.operation.id}-deleted`,
      operation: binding.operation.id,
      steps: [
        ...start,
        ...gone,
        ...judged(binding, asked('made'), into, `same(shown.${into}, null)`, because),
      ],
    },
  ];
}

/** The call with a claim on the record it shows: the answer itself, or the one entry of a list that is it. */
function judged(
  binding: Binding,
  call: Call,
  into: string,
  claim: string,
  because: string,
): Step[] {
  const list = binding.verb === 'list';
  const shown = list
    ? `answer.items.filter(i, i.${binding.resource.key} == made.${binding.resource.key})[0]`
    : 'answer';
  const that = claim.replaceAll(`shown.${into}`, `${shown}.${into}`);
  const until = `answer.items.exists(i, i.${binding.resource.key} == made.${binding.resource.key})`;
  return [{ ...call, ...(list ? { until: `${until} && ${that}` } : {}), that, because }];
}

function asking(binding: Binding, { param, name }: Options, contract: Contract, ask = true) {
  const wanted = ask ? { [param]: name } : {};
  return (record: string): Call => {
    if (binding.verb !== 'list') return callOn(binding, record, ask ? { query: wanted } : {});
    return listCall(binding, { ...narrowing(contract, binding, record), ...wanted });
  };
}

function targetName({ at }: Options, contract: Contract): string {
  const rule = contract.rules.find(
    ({ kind, options }) => kind === 'reference' && options['from'] === at,
  );
  return String(rule?.options['to']);
}

/** The documented fields of the record that do not depend on the time of reading. */
function compared(contract: Contract, resource: string): string[] {
  const { schema, fields } = contract.resource(resource);
  const properties = schema['properties'] as Record<string, { type?: string; format?: string }>;
  return fields.filter((field) => {
    const property = properties[field];
    const plain = property?.type === 'string' && property.format !== 'date-time';
    return plain && basisOf(property as never) === 'documented';
  });
}
