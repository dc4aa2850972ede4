// Guesses -> a contract file to edit, with the reason of each guess as a comment.

import type { Document } from 'yaml';
import type { JsonObject } from '../model/json.ts';
import { yaml } from '../spec/yaml.ts';
import type { Inferred } from './index.ts';
import { kebab } from './names.ts';
import { oneLine } from './table.ts';

/** The contract as YAML. */
export function contractText(inferred: Inferred, title: string): string {
  const document = new (yaml().Document)(plain(inferred.contract), {
    aliasDuplicateObjects: false,
  });
  const { guesses } = inferred;
  const why = new Map(guesses.map(({ subject, why: because }) => [subject, because]));
  comment(document, 'resources', why);
  comment(document, 'operations', why, inferred.idle);
  document.commentBefore = ` ${head(title).join('\n ')}`;
  const text = document.toString({ lineWidth: 110 });
  return text + leftOver(inferred);
}

function plain(contract: JsonObject): JsonObject {
  return JSON.parse(JSON.stringify(contract)) as JsonObject;
}

function head(title: string): string[] {
  return [
    `${title}: what each operation does to which records, guessed from the document. Each guess has its`,
    'reason; correct what is wrong, then add the rules that no schema can say (contracts/README.md).',
  ];
}

function comment(
  document: Document,
  part: 'resources' | 'operations',
  why: ReadonlyMap<string, string>,
  idle: Inferred['idle'] = new Map(),
): void {
  const map = document.get(part, true);
  if (!yaml().isMap(map)) return;
  for (const { key, value } of map.items) {
    if (!yaml().isScalar(key)) continue;
    const name = String(key.value);
    const unread = idle.get(name);
    const lines = [
      ...(why.has(name) ? [oneLine(why.get(name) ?? '')] : []),
      ...(unread === undefined ? [] : [`without effect: ${unread.join(', ')}`]),
    ];
    if (lines.length > 0) key.commentBefore = lines.map((line) => ` ${line}`).join('\n');
    if (part === 'operations' && yaml().isMap(value)) value.flow = true;
  }
}

/** What is no guess that can be played: references by name, and the operations that nothing is known of. */
function leftOver({ references, unbound }: Inferred): string {
  const rules = references.flatMap(({ from, to }) => [
    `# ${kebab(from.split('.')[0] ?? '')}.${kebab(from.split('.')[1] ?? '')}-exists:`,
    `#   says: The ${oneLine(from.split('.')[1] ?? '')} names a ${to} that exists.`,
    '#   assumed: by its name',
    `#   reference: { from: ${oneLine(from)}, to: ${to} }`,
  ]);
  const others = unbound.map(({ method, path, id }) => `# ${oneLine(`${method} ${path} (${id})`)}`);
  return [
    ...(rules.length === 0
      ? []
      : [
          '',
          '# Fields that seem to name another record; no document says that it must exist.',
          ...rules,
        ]),
    ...(others.length === 0 ? [] : ['', '# Operations that nothing is guessed of:', ...others]),
    '',
  ].join('\n');
}
