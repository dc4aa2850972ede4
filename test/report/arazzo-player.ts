// Plays a workflow of an Arazzo document against anything that answers: as much of Arazzo as our documents use.

import type { Send } from '../../src/model/http.ts';
import { isObject, type Json, type JsonObject } from '../../src/model/json.ts';
import { atPointer } from '../../src/model/pointer.ts';
import type { Spec } from '../../src/spec/spec.ts';

export interface ArazzoStep {
  readonly stepId: string;
  readonly description?: string;
  readonly operationId: string;
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly value: Json;
  }[];
  readonly requestBody?: { readonly contentType: string; readonly payload: Json };
  readonly successCriteria: readonly { readonly condition: string }[];
  readonly outputs?: Readonly<Record<string, string>>;
}

export interface ArazzoWorkflow {
  readonly workflowId: string;
  readonly inputs: { readonly properties: JsonObject };
  readonly steps: readonly ArazzoStep[];
}

interface Scope {
  readonly inputs: Readonly<Record<string, string>>;
  readonly outputs: Record<string, Record<string, Json>>;
}

/** Whether each step's criteria held, in order. Throws for an expression that names nothing. */
export async function playWorkflow(
  { steps }: ArazzoWorkflow,
  { spec, send, inputs }: { spec: Spec; send: Send; inputs: Record<string, string> },
): Promise<boolean[]> {
  const scope: Scope = { inputs, outputs: {} };
  const held: boolean[] = [];
  for (const step of steps) {
    const { status, body } = await send(requestOf(step, spec, scope));
    held.push(step.successCriteria.every(({ condition }) => holds(condition, status)));
    scope.outputs[step.stepId] = Object.fromEntries(
      Object.entries(step.outputs ?? {}).map(([name, expression]) => [
        name,
        atPointer(body, expression.replace('$response.body', '')) as Json,
      ]),
    );
  }
  return held;
}

function requestOf(step: ArazzoStep, spec: Spec, scope: Scope): Parameters<Send>[0] {
  const operation = spec.operations.find(({ id }) => id === step.operationId);
  if (operation === undefined) throw new Error(`no operation ${step.operationId}`);
  const valuesIn = (place: string) =>
    (step.parameters ?? [])
      .filter((parameter) => parameter.in === place)
      .map(({ name, value }) => [name, String(filled(value, scope))] as const);
  const inPath = new Map(valuesIn('path'));
  const path = operation.path.replace(/\{([^}]+)\}/g, (_, name: string) =>
    encodeURIComponent(inPath.get(name) ?? ''),
  );
  const { requestBody } = step;
  return {
    method: operation.method,
    path,
    query: new Map(valuesIn('query').map(([name, value]) => [name, [value]])),
    headers: {
      ...Object.fromEntries(valuesIn('header')),
      ...(requestBody === undefined ? {} : { 'content-type': requestBody.contentType }),
    },
    ...(requestBody === undefined ? {} : { body: filled(requestBody.payload, scope) }),
  };
}

function filled(value: Json, scope: Scope): Json {
  if (typeof value === 'string') {
    if (/^\$(inputs|steps)\.[\w.-]+$/.test(value)) return named(value, scope);
    return value.replace(/\{(\$(?:inputs|steps)\.[\w.-]+)\}/g, (_, name: string) =>
      String(named(name, scope)),
    );
  }
  if (Array.isArray(value)) return value.map((item: Json) => filled(item, scope));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [String(filled(key, scope)), filled(item, scope)]),
  );
}

function named(expression: string, { inputs, outputs }: Scope): Json {
  const [kind = '', first = '', , last = ''] = expression.slice(1).split('.');
  const value = kind === 'inputs' ? inputs[first] : outputs[first]?.[last];
  if (value === undefined) throw new Error(`${expression} names nothing`);
  return value;
}

function holds(condition: string, status: number): boolean {
  return condition.split(' || ').some((part) =>
    part
      .replace(/[()]/g, '')
      .split(' && ')
      .every((claim) => {
        const [, operator = '', number = ''] = /^\$statusCode (==|>=|<) (\d{3})$/.exec(claim) ?? [];
        if (operator === '==') return status === Number(number);
        if (operator === '>=') return status >= Number(number);
        if (operator === '<') return status < Number(number);
        throw new Error(`no condition: ${claim}`);
      }),
  );
}
