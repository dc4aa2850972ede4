// Expressions of GitHub Actions, as far as an action needs them: comparisons, `!`, `&&`, `||`, the functions that
// tell how the job stands, and values by their path.

export type Value = string | boolean | null;

export interface Contexts {
  /** What a path such as `steps.test.outputs.artifact` stands for; null where there is nothing. */
  value(path: string): Value;
  readonly isFailed: boolean;
}

const TOKEN = /\s*('(?:[^']|'')*'|==|!=|&&|\|\||[!()]|[A-Za-z_][\w.-]*)/y;

/** The value of what stands between `${{` and `}}`. Throws for what is not known here. */
export function evaluated(text: string, contexts: Contexts): Value {
  const parser = new Parser(tokensOf(text), contexts);
  return parser.whole();
}

/** The text with each `${{ ... }}` in it replaced. */
export function substituted(text: string, contexts: Contexts): string {
  return text.replace(/\$\{\{(.*?)\}\}/gs, (_, inner: string) =>
    String(evaluated(inner, contexts) ?? ''),
  );
}

/** Whether a step with this `if` is run: where it names no function of its own, only while all is well. */
export function isRun(condition: string | undefined, contexts: Contexts): boolean {
  if (condition === undefined) return !contexts.isFailed;
  const [, inner = condition] = /^\$\{\{(.*)\}\}$/s.exec(condition.trim()) ?? [];
  const isOwn = /\b(success|failure|cancelled|always)\(/.test(inner);
  return (isOwn || !contexts.isFailed) && isTrue(evaluated(inner, contexts));
}

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  const end = text.trimEnd().length;
  while (TOKEN.lastIndex < end) {
    const at = TOKEN.lastIndex;
    const [, token] = TOKEN.exec(text) ?? [];
    if (token === undefined) throw new Error(`no expression: ${text.slice(at)}`);
    tokens.push(token);
  }
  return tokens;
}

class Parser {
  readonly #tokens: string[];
  readonly #contexts: Contexts;

  constructor(tokens: string[], contexts: Contexts) {
    this.#tokens = tokens;
    this.#contexts = contexts;
  }

  whole(): Value {
    const value = this.#either();
    if (this.#tokens.length > 0) throw new Error(`too much: ${this.#tokens.join(' ')}`);
    return value;
  }

  #either(): Value {
    let value = this.#both();
    while (this.#take('||')) {
      const other = this.#both();
      value = isTrue(value) ? value : other;
    }
    return value;
  }

  #both(): Value {
    let value = this.#compared();
    while (this.#take('&&')) {
      const other = this.#compared();
      value = isTrue(value) ? other : value;
    }
    return value;
  }

  #compared(): Value {
    const value = this.#single();
    if (this.#take('==')) return isSame(value, this.#single());
    if (this.#take('!=')) return !isSame(value, this.#single());
    return value;
  }

  #single(): Value {
    if (this.#take('!')) return !isTrue(this.#single());
    if (this.#take('(')) {
      const value = this.#either();
      this.#need(')');
      return value;
    }
    const token = this.#tokens.shift() ?? '';
    if (token.startsWith("'")) return token.slice(1, -1).replaceAll("''", "'");
    if (!this.#take('(')) return this.#contexts.value(token);
    this.#need(')');
    return this.#called(token);
  }

  #called(name: string): boolean {
    const { isFailed } = this.#contexts;
    const known = new Map([
      ['always', true],
      ['success', !isFailed],
      ['failure', isFailed],
      ['cancelled', false],
    ]).get(name);
    if (known === undefined) throw new Error(`no function ${name} is known here`);
    return known;
  }

  #take(token: string): boolean {
    if (this.#tokens[0] !== token) return false;
    this.#tokens.shift();
    return true;
  }

  #need(token: string): void {
    if (!this.#take(token)) throw new Error(`${token} is missing before ${this.#tokens.join(' ')}`);
  }
}

function isTrue(value: Value): boolean {
  return value !== null && value !== false && value !== '';
}

/** Texts are one whatever their case; nothing is the same as an empty text. */
function isSame(one: Value, other: Value): boolean {
  return String(one ?? '').toLowerCase() === String(other ?? '').toLowerCase();
}
