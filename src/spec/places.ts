// Where a node of a text stands: the path of its keys -> an offset, a line and a column.

import type { Document } from 'yaml';
import type { Place } from '../model/finding.ts';
import { JsonPlaces } from './json-places.ts';
import type { Path } from './references.ts';
import { parseYaml, type ReadYaml, yaml } from './yaml.ts';

/** The offset of the key that the path ends in, or of the nearest parent that exists. */
export function offsetOf(document: Document, path: Path): number {
  const { isMap, isScalar } = yaml();
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

/** The places in a text, which is only looked through for them once one is asked for. */
export function placesIn(text: string, file: string): (path: Path) => Place {
  const json = new JsonPlaces(text);
  let read: ReadYaml | undefined;
  return (path) => {
    const place = read === undefined ? json.at(path) : undefined;
    if (place !== undefined) return { file, ...place };
    read ??= parseYaml(text);
    return { file, ...read.at(offsetOf(read.document, path)) };
  };
}
