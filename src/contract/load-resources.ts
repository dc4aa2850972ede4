// A resource of a contract's text.

import type { Json, JsonObject } from '../model/json.ts';
import type { Spec } from '../spec/spec.ts';
import { fieldNames, type Resource } from './contract.ts';
import { compileExpression } from './expression.ts';
import type { ResourceText } from './format.ts';
import { compileTemplate } from './template.ts';

export function resourceOf(name: string, text: ResourceText, spec: Spec): Resource {
  const schema = spec.schema(text.schema) ?? {};
  const live = text.live === undefined ? undefined : compileExpression(text.live);
  return {
    name,
    schema,
    key: text.key ?? 'id',
    fields: fieldNames(schema),
    id: compileTemplate(text.id),
    start: compileTemplate((text.start ?? {}) as Json),
    touch: compileTemplate((text.touch ?? {}) as Json),
    sample: (text.sample ?? {}) as JsonObject,
    owner: text.in,
    parts: new Map(Object.entries(text.parts ?? {})),
    complete: text.complete === true,
    liveText: text.live,
    live: (data) => live === undefined || live.holds({ self: data }),
  };
}
