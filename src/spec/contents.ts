// Media types: which bodies are read, and how.

import type { Schema } from '../schema/validate.ts';

/** How a body of a media type is read. */
export type BodyKind = 'json' | 'form' | 'multipart' | 'text';

/** How bodies of the type are read; undefined when they are not. */
export function bodyKind(type: string): BodyKind | undefined {
  const media = type.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (media === 'application/json' || media.endsWith('+json') || media === '*/*') return 'json';
  if (media === 'application/*' || media === 'text/json') return 'json';
  if (media === 'application/x-www-form-urlencoded') return 'form';
  if (media.startsWith('multipart/')) return 'multipart';
  return media.startsWith('text/') ? 'text' : undefined;
}

const ORDER: readonly BodyKind[] = ['json', 'form', 'multipart'];

/** The schema of the bodies that hold a record: of JSON, else of a form; undefined when there is no such. */
export function recordContent(
  contents: ReadonlyMap<string, Schema> | undefined,
): Schema | undefined {
  if (contents === undefined) return undefined;
  const exact = contents.get('application/json');
  if (exact !== undefined) return exact;
  for (const kind of ORDER) {
    for (const [type, schema] of contents) if (bodyKind(type) === kind) return schema;
  }
  return undefined;
}
