// Bodies as a tree that can say what JSON.stringify can't: keys twice, numbers beyond measure, any depth.

import { isObject, type Json } from '../../src/model/json.ts';

/** A JSON text, or a container of such. */
export type Node =
  | { readonly text: string }
  | { readonly items: Node[] }
  | { readonly entries: [key: string, value: Node][] };

export function nodeOf(value: Json): Node {
  if (Array.isArray(value)) return { items: value.map(nodeOf) };
  if (!isObject(value)) return { text: JSON.stringify(value) };
  return { entries: Object.entries(value).map(([key, child]) => [key, nodeOf(child)]) };
}

export function textOf(node: Node): string {
  if ('text' in node) return node.text;
  if ('items' in node) return `[${node.items.map(textOf).join()}]`;
  return `{${node.entries.map(([key, value]) => `${JSON.stringify(key)}:${textOf(value)}`).join()}}`;
}

/** What is done at one place of a body: the place is counted through the tree, round and round. */
export interface Mutation {
  readonly place: number;
  readonly how: 'replace' | 'drop' | 'twice' | 'wrap' | 'rename' | 'add';
  /** A JSON text. */
  readonly value: string;
  readonly key: string;
}

/** The body with the mutations, one after the other. */
export function mutated(value: Json, mutations: readonly Mutation[]): Node {
  return mutations.reduce((node, mutation) => {
    const places = placesIn(node);
    const place = places[mutation.place % places.length];
    return place === undefined ? { text: mutation.value } : place(mutation);
  }, nodeOf(value));
}

type Place = (mutation: Mutation) => Node;

/** For each value in the tree, the tree with that value changed; the whole comes last. */
function placesIn(node: Node): Place[] {
  const self: Place = ({ how, value, key }) => {
    if (how === 'wrap') return { items: [node] };
    if (how !== 'add' || 'text' in node) return { text: value };
    const added: Node = { text: value };
    if ('items' in node) return { items: [...node.items, added] };
    return { entries: [...node.entries, [key, added]] };
  };
  if ('text' in node) return [self];
  if ('items' in node) {
    const inner = node.items.flatMap((item, i) =>
      placesIn(item).map(
        (place): Place =>
          (mutation) => {
            return { items: node.items.toSpliced(i, 1, ...kept(item, place, mutation)) };
          },
      ),
    );
    return [...inner, self];
  }
  const inner = node.entries.flatMap(([key, child], i) =>
    placesIn(child).map(
      (place): Place =>
        (mutation) => {
          const name = mutation.how === 'rename' ? mutation.key : key;
          const entries = kept(child, place, mutation).map((value): [string, Node] => [
            name,
            value,
          ]);
          return { entries: node.entries.toSpliced(i, 1, ...entries) };
        },
    ),
  );
  return [...inner, self];
}

function kept(node: Node, place: Place, mutation: Mutation): Node[] {
  if (mutation.how === 'drop') return [];
  if (mutation.how === 'rename') return [node];
  return mutation.how === 'twice' ? [node, { text: mutation.value }] : [place(mutation)];
}
