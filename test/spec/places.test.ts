// Where the nodes of a text stand: of JSON as of YAML, which reads JSON too, and knows each place from the start.

import { expect, test } from 'vitest';
import { offsetOf, placesIn } from '../../src/spec/places.ts';
import { sortOf } from '../../src/spec/sort.ts';
import { parseYaml } from '../../src/spec/yaml.ts';

const VALUE = {
  a: { 'b"\\': [1, { c: '}]"x\\' }, [], {}], '': { d: null } },
  e: '\\\\',
  f: [[], [{ g: true, '/~': -1.5e3 }]],
  'é\n': { h: [1, 2, '3'] },
};

type Path = readonly (string | number)[];

function pathsIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const children = Object.entries(value).flatMap(([key, child]) =>
    pathsIn(child, [...path, Array.isArray(value) ? Number(key) : key]),
  );
  return [path, ...children];
}

test.each([undefined, 2, '\t'])(
  'places in JSON indented by %j are those that YAML finds',
  (indent) => {
    const text = JSON.stringify(VALUE, null, indent);
    const place = placesIn(text, 'file.json');
    const yaml = parseYaml(text);
    const absent: Path[] = [['nowhere'], ['a', 'nowhere', 'at', 'all'], ['f', 9], ['e', 'x']];
    for (const path of [...pathsIn(VALUE), ...absent]) {
      const expected = { file: 'file.json', ...yaml.at(offsetOf(yaml.document, path)) };
      expect({ path, ...place(path) }).toEqual({ path, ...expected });
    }
  },
);

test.each([
  ['{a: 1,\n b: {c: [1, 2]}}', ['b', 'c'], 2, 6],
  ['\n{"a": \'}\',\n "b": {"c": 1}}', ['b', 'c'], 3, 8],
  ['a: 1\nb:\n  - c: 1', ['b', 0, 'c'], 3, 5],
  ['{"a": {', ['a'], 1, 2],
  ['', ['a'], 1, 1],
])('what only looks like JSON is read as YAML: %j', (text, path, line, column) => {
  expect(placesIn(text, 'f')(path)).toEqual({ file: 'f', line, column });
});

test.each([
  ['{"info": {"openapi": 1}, "contract": 1', 'contract'],
  ['{"x": [{"contract": 1}], "swagger": "2.0"}', 'document'],
  ['{openapi: 3.1.0', undefined],
  ["{'openapi': 3.1.0", 'document'],
  ['info: 1\nopenapi: 3.1.0\n', 'document'],
  ['[]', undefined],
  ['', undefined],
])('a text says by a key at its top what it is: %j', (text, sort) => {
  expect(sortOf(text)).toBe(sort);
});
