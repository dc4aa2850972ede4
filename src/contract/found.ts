// A finding at a path of a contract's text.

import type { Finding } from '../model/finding.ts';
import { pointer } from '../model/pointer.ts';
import type { Path, YamlText } from './positions.ts';

export function found(yaml: YamlText, path: Path, check: string, message: string): Finding {
  const known = existing(yaml.value, path);
  return {
    check,
    severity: 'error',
    message,
    place: yaml.place(path),
    pointer: pointer(...known),
  };
}

/** As much of the path as there is. */
export function existing(value: unknown, path: Path): Path {
  const [head, ...rest] = path;
  if (head === undefined || typeof value !== 'object' || value === null) return [];
  if (!Object.hasOwn(value, head)) return [];
  return [head, ...existing((value as Record<string, unknown>)[head], rest)];
}
