// Bodies and answers that are a text and no JSON: which field of the record they are.

import { fieldNames, fieldSchema } from '../contract/contract.ts';
import type { Schema } from '../schema/validate.ts';
import { bodyKind } from '../spec/contents.ts';
import type { Operation } from '../spec/spec.ts';
import { typesOf } from '../spec/styles.ts';
import type { Found } from './guess.ts';
import { successAnswer } from './shapes.ts';
import { nameKey } from './words.ts';

/** Whether the operation is about a text: it takes nothing else, or answers nothing else. */
export function isOfText(operation: Operation): boolean {
  const { method, body } = operation;
  return isText(method === 'GET' ? successAnswer(operation)?.contents : body?.contents);
}

function isText(contents: ReadonlyMap<string, Schema> | undefined): boolean {
  if (contents === undefined || contents.size === 0) return false;
  for (const type of contents.keys()) if (bodyKind(type) !== 'text') return false;
  return true;
}

const USUAL = ['content', 'text', 'body', 'message', 'markdown', 'value', 'note', 'data', 'source'];

/** The field that such a text is: of that name, of a usual name, or the only text there is; undefined for none. */
export function textField({ record, key }: Found, name: string): string | undefined {
  const texts = fieldNames(record.schema).filter((field) => {
    const schema = fieldSchema(record.schema, field) ?? true;
    const isPlain = schema === true || !('format' in schema || 'enum' in schema);
    return field !== key && typesOf(schema).includes('string') && isPlain;
  });
  return (
    texts.find((field) => nameKey(field) === nameKey(name)) ??
    texts.find((field) => USUAL.includes(nameKey(field))) ??
    (texts.length === 1 ? texts[0] : undefined)
  );
}
