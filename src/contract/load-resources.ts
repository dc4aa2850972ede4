// A resource of a contract's text.

import type { Json, JsonObject } from '../model/json.ts';
import { withLazy } from '../model/lazy.ts';
import type { Spec } from '../spec/spec.ts';
import { fieldNames, type Resource } from './contract.ts';
import { compileExpression } from './expression.ts';
import type { ResourceText } from './format.ts';
import { compileTemplate } from './template.ts';

export function resourceOf(name: string, text: ResourceText, spec: Spec): Resource {
  const schema = () => spec.schema(text.schema) ?? {};
  const live = text.live === undefined ? undefined : compileExpression(text.live);
  const own = {
    name,
    key: text.key ?? 'id',
    owner: text.in,
    parts: new Map(Object.entries(text.parts ?? {})),
    single: text.single === true,
    complete: text.complete === true,
    liveText: text.live,
    live: (data: JsonObject) => live === undefined || live.holds({ self: data }),
  };
  return withLazy(own, {
    id: () => compileTemplate(text.id),
    start: () => compileTemplate((text.start ?? {}) as Json),
    touch: () => compileTemplate((text.touch ?? {}) as Json),
    schema,
    fields: () => fieldNames(schema()),
    sample: () => (text.sample ?? {}) as JsonObject,
  });
}
