// A strict reader of XML 1.0, as far as a report needs it: it throws for whatever is not well-formed.

export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Element[];
  /** The texts directly in it, joined. */
  readonly text: string;
}

const CHARACTERS = /^(?:[\t\n\r\u0020-\ud7ff\ue000-\ufffd]|[\ud800-\udbff][\udc00-\udfff])*$/;
const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const TAG = /^<([A-Za-z_][\w.-]*)((?:\s+[A-Za-z_][\w.-]*="[^"<]*")*)\s*(\/?)>/;

/** The root of the document. */
export function readXml(document: string): Element {
  if (!CHARACTERS.test(document)) throw new Error('a character that XML 1.0 forbids');
  const declared = /^<\?xml version="1\.0" encoding="UTF-8"\?>\s*/.exec(document);
  if (declared === null) throw new Error('no declaration');
  const { element, end } = elementAt(document, declared[0].length);
  if (document.slice(end).trim() !== '') throw new Error('something behind the root');
  return element;
}

function elementAt(document: string, start: number): { element: Element; end: number } {
  const [tag, name = '', listed = '', closed] = TAG.exec(document.slice(start)) ?? [];
  if (tag === undefined) throw new Error(`no tag at ${document.slice(start, start + 40)}`);
  const attributes = attributesOf(listed);
  let at = start + tag.length;
  if (closed === '/') return { element: { name, attributes, children: [], text: '' }, end: at };
  const children: Element[] = [];
  let text = '';
  for (;;) {
    const next = document.indexOf('<', at);
    if (next < 0) throw new Error(`${name} is not closed`);
    text += textOf(document.slice(at, next));
    if (document.startsWith(`</${name}>`, next)) {
      return { element: { name, attributes, children, text }, end: next + name.length + 3 };
    }
    const child = elementAt(document, next);
    children.push(child.element);
    at = child.end;
  }
}

function attributesOf(text: string): Record<string, string> {
  const pairs = [...text.matchAll(/([\w.-]+)="([^"]*)"/g)];
  const names = new Set(pairs.map(([, name]) => name));
  if (names.size !== pairs.length) throw new Error(`an attribute twice: ${text}`);
  return Object.fromEntries(pairs.map(([, name = '', value = '']) => [name, textOf(value)]));
}

function textOf(text: string): string {
  if (text.includes(']]>')) throw new Error(']]> in a text');
  return text.replace(/&([^;\s&]*)(;?)/g, (whole, name: string, end: string) => {
    const [, code] = /^#(\d+)$/.exec(name) ?? [];
    const known = code === undefined ? ENTITIES[name] : String.fromCodePoint(Number(code));
    if (end !== ';' || known === undefined || !CHARACTERS.test(known)) {
      throw new Error(`no entity: ${whole}`);
    }
    return known;
  });
}
