import type { Contract, Rule } from '../../contract/contract.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import type { Probe } from '../../model/steps.ts';
import { bodyWith } from '../bodies.ts';
import { make } from '../steps.ts';
import type { Options } from './options.ts';

/** The fields sent: the body is accepted all the same, and an id that was sent is not the record's. */
export function probe({ options, examples }: Rule<Options>, contract: Contract): Probe[] {
  const { at, fields, values = [] } = options;
  const resource = contract.binding(at)?.resource;
  if (resource === undefined) return [];
  const { name, key } = resource;
  const sent = fields.reduce<Readonly<Record<string, Json | undefined>>>(
    (body, field, i) =>
      bodyWith(resource, body as JsonObject, field, (values[i] ?? '=fresh()') as Json),
    examples.beside,
  );
  const because = `${fields.join(' and ')} may be sent`;
  return [
    {
      id: 'accepted',
      operation: at,
      steps: [
        {
          ...make(name, 'made', { with: sent }),
          expect: 'ok',
          because,
          ...(fields.includes(key) ? { that: `answer.${key} != sent.made.${key}` } : {}),
        },
      ],
    },
  ];
}
