// Where a node of a text stands: the path of its keys -> an offset, a line and a column.

import { type Document, isMap, isScalar } from 'yaml';
import type { Place } from '../model/finding.ts';
import { parseYaml, type ReadYaml } from './yaml.ts';

/** The offset of the key that the path ends in, or of the nearest parent that exists. */
export function offsetOf(document: Document, path: readonly (string | number)[]): number {
  for (let length = path.length; length > 0; length--) {
    const parent =
      length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true);
    const last = path[length - 1];
    if (isMap(parent)) {
      const pair = parent.items.find(
        (item) => isScalar(item.key) && String(item.key.value) === String(last),
      );
      if (pair !== undefined && isScalar(pair.key)) return pair.key.range?.[0] ?? 0;
    }
    const node = document.getIn(path.slice(0, length), true) as { range?: [number] } | undefined;
    if (node?.range !== undefined) return node.range[0];
  }
  return 0;
}

/** Longer texts are not read a second time to find a line. */
const LONGEST = 8 * 1024 * 1024;

/** The places in a text, which is only read for them once one is asked for. */
export function placesIn(
  text: string,
  file: string,
): (path: readonly (string | number)[]) => Place {
  let read: ReadYaml | undefined;
  return (path) => {
    if (text.length > LONGEST) return { file, line: 1, column: 1 };
    read ??= parseYaml(text);
    return { file, ...read.at(offsetOf(read.document, path)) };
  };
}
