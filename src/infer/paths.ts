// Paths as trees of names: which operations speak of a collection, which of one entry of it, which of something
// that is done to an entry.

import { ByName } from '../model/lazy.ts';
import type { Operation } from '../spec/spec.ts';

export interface Segment {
  /** The literal text, or the name of the parameter. */
  readonly name: string;
  readonly isParameter: boolean;
}

/**
 * The segments of a path; one that is more than a parameter, such as `{a}.{b}`, counts as text. A word after a colon is
 * a segment of its own: `/jobs/{job}:cancel` says what `/jobs/{job}/cancel` does.
 */
export function segmentsOf(path: string): readonly Segment[] {
  return segments.get(path);
}

const segments = new ByName((path): readonly Segment[] =>
  path
    .replace(/(?<=[\w}]):(?=[A-Za-z]\w*$)/, '/')
    .split('/')
    .filter((part) => part !== '')
    .map((part) => {
      const name = /^\{([^}]+)\}$/.exec(part)?.[1];
      return name === undefined ? { name: part, isParameter: false } : { name, isParameter: true };
    }),
);

/** A path without the names of its parameters: what two paths have in common that lead to the same place. */
function shapeOfPath(segments: readonly Segment[]): string {
  return segments.map(({ name, isParameter }) => (isParameter ? '/{}' : `/${name}`)).join('');
}

/** A path whose entries end in a parameter: `/pets/{petId}`, with what is around it. */
export interface Place {
  /** `/pets` */
  readonly collection: string;
  /** The last text before the parameter: `pets`. */
  readonly noun: string;
  /** The parameters above it that name something, outermost first. */
  readonly above: readonly string[];
  /** Operations at the collection itself. */
  readonly many: readonly Operation[];
  /** Operations at one entry, and the parameter that names it. */
  readonly one: readonly Operation[];
  readonly parameter: string | undefined;
  /** Operations below an entry or the collection that end in a text: `/pets/{id}/cancel`, `/pets/search`. */
  readonly beside: readonly Operation[];
}

interface Building {
  collection: string;
  noun: string;
  above: string[];
  many: Operation[];
  one: Operation[];
  parameter: string | undefined;
  beside: Operation[];
}

/** Every place where records may be kept, in the order of the document. */
export function placesOf(operations: readonly Operation[]): Place[] {
  const places = new Map<string, Building>();
  const at = (segments: readonly Segment[]): Building => {
    const shape = shapeOfPath(segments);
    const known = places.get(shape);
    if (known !== undefined) return known;
    const above = segments.filter(({ isParameter }) => isParameter).map(({ name }) => name);
    const noun = segments.at(-1)?.name ?? '';
    const made = {
      collection: shape,
      noun,
      above,
      many: [],
      one: [],
      parameter: undefined,
      beside: [],
    };
    places.set(shape, made);
    return made;
  };
  for (const operation of operations) {
    const segments = segmentsOf(operation.path);
    const last = segments.at(-1);
    if (last === undefined) continue;
    const rest = segments.slice(0, -1);
    if (!last.isParameter) {
      at(segments).many.push(operation);
    } else if (rest.at(-1)?.isParameter === false) {
      const place = at(rest);
      place.one.push(operation);
      place.parameter ??= last.name;
    }
  }
  besideAll(places);
  return [...places.values()];
}

/** What stands below an entry, or beside the entries, and is no collection of its own. */
function besideAll(places: ReadonlyMap<string, Building>): void {
  for (const [shape, other] of places) {
    const parent = shape.slice(0, shape.lastIndexOf('/'));
    const collection = parent.endsWith('/{}') ? parent.slice(0, -'/{}'.length) : parent;
    if (other.one.length === 0) places.get(collection)?.beside.push(...other.many);
  }
}
