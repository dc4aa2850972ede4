// Two schemas all the way down: fields, entries of lists, shapes of unions. Each pair of places is looked at once,
// so that schemas which hold themselves come to an end.

import { sameJson } from '../model/json.ts';
import type { At, Changes } from './change.ts';
import type { Node } from './node.ts';
import { compareValues, type Subject } from './values.ts';
import { type View, viewOf } from './view.ts';

/** One body, or one parameter. */
export interface Whole {
  readonly prefix: Subject['prefix'];
  readonly operation: string;
  /** How messages name it: `the body`. */
  readonly name: string;
  /** The parameter's name; '' for a body. */
  readonly field: string;
}

/** Tells every change between the two schemas. */
export function compareSchemas(old: Node, now: Node, whole: Whole, changes: Changes): void {
  new Walk(whole, changes).values(old, now, whole.field);
}

class Walk {
  readonly #whole: Whole;
  readonly #changes: Changes;
  readonly #seen = new Set<string>();

  constructor(whole: Whole, changes: Changes) {
    this.#whole = whole;
    this.#changes = changes;
  }

  values(oldNode: Node, newNode: Node, field: string): void {
    const pair = [oldNode, newNode]
      .map(({ pointer, beside }) => pointer + (beside ?? ''))
      .join(' ');
    if (this.#seen.has(pair)) return;
    this.#seen.add(pair);
    const old = viewOf(oldNode);
    const now = viewOf(newNode);
    const at = this.#at(field, old.pointer, now.pointer);
    const subject = { prefix: this.#whole.prefix, at, name: this.#named(field) };
    if (!compareValues(old, now, subject, this.#changes)) return;
    this.#properties(old, now, field);
    this.#additional(old, now, field, at);
    if (old.items !== undefined || now.items !== undefined) {
      this.values(old.items ?? nothing(oldNode), now.items ?? nothing(newNode), `${field}[]`);
    }
    if (old.members.length > 0 && now.members.length > 0) this.#members(old, now, field, at);
  }

  #properties(old: View, now: View, field: string): void {
    const before = this.#visible(old);
    const after = this.#visible(now);
    for (const name of new Set([...before.keys(), ...after.keys()])) {
      const path = field === '' ? name : `${field}.${name}`;
      const [was, is] = [before.get(name), after.get(name)];
      const at = this.#at(path, was?.pointer, is?.pointer);
      if (was === undefined && is !== undefined) this.#added(at, now.required.has(name));
      if (was !== undefined && is === undefined) this.#removed(at, old.required.has(name), now);
      if (was === undefined || is === undefined) continue;
      this.#requiredness(at, old.required.has(name), now.required.has(name));
      this.values(was, is, path);
    }
  }

  /** The fields that can be in this direction. */
  #visible(view: View): Map<string, Node> {
    const word = this.#whole.prefix === 'response' ? 'writeOnly' : 'readOnly';
    return new Map([...view.properties].filter(([, node]) => !viewOf(node)[word]));
  }

  #added(at: At, isRequired: boolean): void {
    if (this.#isAnswer) this.#tell('response-property-added', at, 'is new');
    else if (isRequired)
      this.#tell('request-required-property-added', at, 'is new, and must be sent');
    else this.#tell('request-property-added', at, 'is new');
  }

  #removed(at: At, isRequired: boolean, now: View): void {
    if (this.#isAnswer) {
      const id = isRequired ? 'response-required-property-removed' : 'response-property-removed';
      this.#tell(id, at, 'is gone');
    } else if (now.additional === false) {
      this.#tell('request-property-refused', at, 'is gone, and unknown fields are refused');
    } else this.#tell('request-property-removed', at, 'is gone');
  }

  #requiredness(at: At, was: boolean, is: boolean): void {
    if (was === is) return;
    const id = `${this.#isAnswer ? 'response' : 'request'}-property-became-${is ? 'required' : 'optional'}`;
    const always = this.#isAnswer ? 'is always there' : 'must be sent';
    const not = this.#isAnswer ? 'can be missing' : 'may be left out';
    this.#tell(id, at, is ? always : not);
  }

  #additional(old: View, now: View, field: string, at: At): void {
    if (old.additional !== false && now.additional === false) {
      this.#value('additional-properties-refused', at, 'has no fields but the listed ones');
    } else if (old.additional === false && now.additional !== false) {
      this.#value('additional-properties-allowed', at, 'can have fields that are not listed');
    } else if (old.additional && now.additional) {
      this.values(old.additional, now.additional, field === '' ? '*' : `${field}.*`);
    }
  }

  #members(old: View, now: View, field: string, at: At): void {
    const { pairs, gone, fresh } = paired(old.members, now.members);
    for (const [was, is] of pairs) this.values(was, is, field);
    for (const member of gone) {
      this.#value(
        'union-member-removed',
        { ...at, old: member.pointer },
        `is no longer ${shape(member)}`,
      );
    }
    for (const member of fresh) {
      this.#value('union-member-added', { ...at, new: member.pointer }, `can be ${shape(member)}`);
    }
  }

  get #isAnswer(): boolean {
    return this.#whole.prefix === 'response';
  }

  #at(field: string, old: string | undefined, now: string | undefined): At {
    return {
      operation: this.#whole.operation,
      field,
      ...(old === undefined ? {} : { old }),
      ...(now === undefined ? {} : { new: now }),
    };
  }

  #named(field: string): string {
    const { name, field: own } = this.#whole;
    if (field === own) return name;
    return own === '' ? `"${field}" of ${name}` : `"${field.slice(own.length)}" of ${name}`;
  }

  #tell(id: string, at: At, message: string): void {
    // A parameter is what a request is made of, and has no ids of its own for its fields.
    this.#changes.add(id, at, `${this.#named(at.field ?? '')} ${message}`);
  }

  #value(word: string, at: At, message: string): void {
    this.#tell(`${this.#whole.prefix}-${word}`, at, message);
  }
}

function nothing({ document, pointer }: Node): Node {
  return { document, value: true, pointer: `${pointer}/items` };
}

/** How a shape of a union is called: by its schema's name, else by its type. */
function shape({ pointer, value }: Node): string {
  const [, name] = /^\/components\/schemas\/([^/]+)$/.exec(pointer) ?? [];
  return (
    name ??
    JSON.stringify(
      (value as { title?: string; type?: string } | undefined)?.title ?? 'another shape',
    )
  );
}

/** Members of the same name or of the same text belong together; those that are left, by their place. */
function paired(old: readonly Node[], now: readonly Node[]) {
  const pairs: [Node, Node][] = [];
  let [gone, fresh] = [[...old], [...now]];
  const match = (same: (a: Node, b: Node) => boolean) => {
    for (const was of gone) {
      const is = fresh.find((candidate) => same(was, candidate));
      if (is === undefined) continue;
      pairs.push([was, is]);
      gone = gone.filter((one) => one !== was);
      fresh = fresh.filter((one) => one !== is);
    }
  };
  match((a, b) => isNamed(a) && a.pointer === b.pointer);
  match((a, b) => sameJson(a.value, b.value));
  match((a, b) => !isNamed(a) && !isNamed(b) && typeOf(a) === typeOf(b));
  return { pairs, gone, fresh };
}

function isNamed({ pointer }: Node): boolean {
  return pointer.startsWith('/components/');
}

function typeOf({ value }: Node): string {
  const { type, title } = (value ?? {}) as { type?: unknown; title?: unknown };
  return JSON.stringify([type, title]);
}
