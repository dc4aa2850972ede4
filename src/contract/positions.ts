// Where a node of a YAML text stands: path of keys -> file, line and column.

import type { Place } from '../model/finding.ts';
import { UsageError } from '../model/usage-error.ts';
import { offsetOf } from '../spec/places.ts';
import { preparedValue, textHash } from '../spec/prepared.ts';
import { parseYaml } from '../spec/yaml.ts';

export type Path = readonly (string | number)[];

export interface YamlText {
  readonly value: unknown;
  /** Whether it is a bundled contract, just as it was checked when the package was built. */
  readonly isPrepared: boolean;
  /** The place of the key that the path ends in, or of the nearest parent that exists. */
  place(path: Path): Place;
}

/** The text with the places of its nodes. Throws UsageError with every syntax error of the text. */
export function readYaml(text: string, file: string): YamlText {
  const prepared = preparedValue(textHash(text));
  if (prepared === undefined) return parseText(text, file);
  let parsed: YamlText | undefined;
  return {
    value: prepared,
    isPrepared: true,
    place(path) {
      parsed ??= parseText(text, file);
      return parsed.place(path);
    },
  };
}

function parseText(text: string, file: string): YamlText {
  const { document, value, mistakes, at } = parseYaml(text);
  if (mistakes.length > 0) {
    throw new UsageError(
      mistakes.map(({ message, line, column }) => `${file}:${line}:${column} ${message}`),
    );
  }
  return {
    value,
    isPrepared: false,
    place: (path) => ({ file, ...at(offsetOf(document, path)) }),
  };
}
