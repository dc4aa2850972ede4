// What an expression reads: `self.price.type == 'x'` reads the path price.type of self and compares it.
// Variables of `all`, `exists`, `filter` and `map` are followed to the list that they walk.

import { isObject, type Json } from '../model/json.ts';
import { expressionTree, type Tree } from './expression.ts';

/** A name that the expression uses, and the path below it: `self` and `price.meters[].meter_id`. */
export interface Read {
  readonly root: string;
  /** '' for the name itself. */
  readonly path: string;
}

export interface Comparison extends Read {
  /** A constant that it is compared with. */
  readonly value: Json;
}

export interface Reads {
  readonly reads: readonly Read[];
  readonly comparisons: readonly Comparison[];
}

/** Variable -> what it stands for; undefined where that can't be told. */
type Bound = ReadonlyMap<string, Read | undefined>;

/** Everything that the expression reads; nothing when the text is no expression. */
export function readsOf(text: string): Reads {
  const reads: Read[] = [];
  const comparisons: Comparison[] = [];
  try {
    walk(expressionTree(text), new Map(), reads, comparisons);
  } catch {
    return { reads: [], comparisons: [] };
  }
  return { reads, comparisons };
}

function walk(node: Tree, bound: Bound, reads: Read[], comparisons: Comparison[]): void {
  const read = readOf(node, bound);
  if (read !== undefined) {
    reads.push(read);
    return;
  }
  if (node.op === '.' && isTree(first(node))) walk(first(node) as Tree, bound, reads, comparisons);
  else if (isMacro(node)) walkMacro(node, bound, reads, comparisons);
  else if (node.op !== 'value' && node.op !== 'id') {
    comparisons.push(...compared(node, bound));
    for (const child of trees(node.args)) walk(child, bound, reads, comparisons);
  }
}

const MACROS = ['all', 'exists', 'exists_one', 'filter', 'map'];

function isMacro({ op, args }: Tree): boolean {
  if (op !== 'rcall') return false;
  const [name, , given] = args as [string, Tree, Tree[]];
  return MACROS.includes(name) && given[0]?.op === 'id';
}

function walkMacro(node: Tree, bound: Bound, reads: Read[], comparisons: Comparison[]): void {
  const [, receiver, [variable, ...bodies]] = node.args as [string, Tree, [Tree, ...Tree[]]];
  const list = readOf(receiver, bound);
  walk(receiver, bound, reads, comparisons);
  const entry = list === undefined ? undefined : { root: list.root, path: `${list.path}[]` };
  const inner = new Map([...bound, [String(variable.args), entry]]);
  for (const body of bodies) walk(body, inner, reads, comparisons);
}

/** The path that the node is; undefined for anything that is no plain path, or of an unknown list. */
function readOf({ op, args }: Tree, bound: Bound): Read | undefined {
  if (op === 'id') {
    const name = String(args);
    return bound.has(name) ? bound.get(name) : { root: name, path: '' };
  }
  if (op !== '.' && op !== '.?') return undefined;
  const [owner, field] = args as [Tree, string];
  const read = readOf(owner, bound);
  if (read === undefined) return undefined;
  return { root: read.root, path: read.path === '' ? field : `${read.path}.${field}` };
}

function compared({ op, args }: Tree, bound: Bound): Comparison[] {
  if (op !== '==' && op !== '!=' && op !== 'in') return [];
  const [left, right] = args as [Tree, Tree];
  const pairs = op === 'in' ? constants(right).map((value) => [left, value] as const) : [];
  if (op !== 'in') {
    pairs.push(...constants(right).map((value) => [left, value] as const));
    pairs.push(...constants(left).map((value) => [right, value] as const));
  }
  return pairs.flatMap(([node, value]) => {
    const read = readOf(node, bound);
    return read === undefined ? [] : [{ ...read, value }];
  });
}

/** The strings that the node is, or lists; numbers are left alone, for there are many ways to write one. */
function constants({ op, args }: Tree): string[] {
  if (op === 'value') return typeof args === 'string' ? [args] : [];
  return op === 'list' ? (args as Tree[]).flatMap(constants) : [];
}

function trees(args: unknown): Tree[] {
  if (Array.isArray(args)) return args.flatMap(trees);
  return isTree(args) ? [args] : [];
}

function first({ args }: Tree): unknown {
  return Array.isArray(args) ? args[0] : undefined;
}

function isTree(value: unknown): value is Tree {
  return isObject(value) && typeof value['op'] === 'string' && 'args' in value;
}
