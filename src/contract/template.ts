// One template language for ids, start values, error bodies, envelopes and samples: JSON in which a
// string that begins with `=` is CEL.

import { isObject, type Json } from '../model/json.ts';
import { compileExpression, type Scope, type Tools } from './expression.ts';

export type Template = (scope: Scope, tools?: Tools) => Json;

/** The template, compiled when it is first used. A part that is constant is given back as it is, not copied. */
export function compileTemplate(json: Json): Template {
  let known: Template | undefined;
  return (scope, tools) => {
    known ??= compiled(json);
    return known(scope, tools);
  };
}

function compiled(json: Json): Template {
  if (typeof json === 'string' && json.startsWith('=')) {
    const expression = compileExpression(json.slice(1));
    return (scope, tools) => expression.value(scope, tools);
  }
  if (!hasExpression(json)) return () => json;
  if (Array.isArray(json)) {
    const items = json.map(compiled);
    return (scope, tools) => items.map((item) => item(scope, tools));
  }
  const entries = Object.entries(json as object).map(
    ([key, value]) => [key, compiled(value as Json)] as const,
  );
  return (scope, tools) =>
    Object.fromEntries(entries.map(([key, value]) => [key, value(scope, tools)]));
}

function hasExpression(json: Json): boolean {
  if (typeof json === 'string') return json.startsWith('=');
  if (Array.isArray(json)) return json.some(hasExpression);
  return isObject(json) && Object.values(json).some(hasExpression);
}
