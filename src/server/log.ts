// What the server says: the ready line and a line per request on stdout, warnings and talk on stderr.
// Secrets never come here: of a request only the method and the path, without its query, are told.

import pc from 'picocolors';

type Colours = ReturnType<typeof pc.createColors>;

export interface Ready {
  readonly url: string;
  /** API -> its base URL. */
  readonly apis: Readonly<Record<string, string>>;
  /** Further lines for people: where the data is, what was loaded. */
  readonly notes: readonly string[];
}

export interface Log {
  ready(ready: Ready): void;
  request(method: string, path: string, status: number, ms: number, rule: string | undefined): void;
  /** Something worth knowing, for people. */
  say(message: string): void;
  warn(message: string): void;
  /** A bug of ours, with its stack. */
  error(error: unknown): void;
  /** Writes out what is still held back. */
  flush(): void;
}

/** Where lines go: a standard stream, or something of a test's own. */
export interface Sink {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

export interface LogOptions {
  /** No request lines, no talk; the ready line and warnings stay. */
  readonly quiet?: boolean;
  /** One JSON object per line on stdout. */
  readonly json?: boolean;
  readonly out?: Sink;
  readonly err?: Sink;
}

/** Request lines are written together: a write per line would cost more than the request. */
const HOLD_MS = 20;

export function makeLog(options: LogOptions = {}): Log {
  const { quiet = false, json = false, out = process.stdout, err = process.stderr } = options;
  const lines = lineWriter(out);
  const colour = pc.createColors(out.isTTY === true && pc.isColorSupported);
  const shown = json ? jsonLine : textLine;
  return {
    ready: (ready) => lines.now(json ? readyJson(ready) : readyText(ready)),
    request: quiet
      ? () => undefined
      : (method, path, status, ms, rule) =>
          lines.soon(shown(method, path, status, ms, rule, colour)),
    say: (message) => quiet || err.write(`${message}\n`),
    warn: (message) => err.write(`warning: ${message}\n`),
    error: (error) => err.write(`${error instanceof Error ? error.stack : String(error)}\n`),
    flush: lines.flush,
  };
}

/** A log that says nothing, for tests. */
export const SILENT: Log = {
  ready: () => undefined,
  request: () => undefined,
  say: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  flush: () => undefined,
};

function lineWriter(out: Sink) {
  let held = '';
  let timer: NodeJS.Timeout | undefined;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    const text = held;
    held = '';
    if (text !== '') out.write(text);
  };
  return {
    flush,
    now: (line: string) => {
      held += `${line}\n`;
      flush();
    },
    soon: (line: string) => {
      held += `${line}\n`;
      timer ??= setTimeout(flush, HOLD_MS);
    },
  };
}

type Line = [method: string, path: string, status: number, ms: number, rule: string | undefined];

function jsonLine(...[method, path, status, ms, rule]: [...Line, unknown]): string {
  const line = { method, path: printable(path), status, ms: rounded(ms) };
  return JSON.stringify(rule === undefined ? line : { ...line, rule });
}

function textLine(...[method, path, status, ms, rule, colour]: [...Line, Colours]): string {
  const paint = status < 400 ? colour.green : status < 500 ? colour.yellow : colour.red;
  const because = rule === undefined ? '' : `  ${colour.dim(rule)}`;
  const took = colour.dim(`${rounded(ms)} ms`);
  return `${method.padEnd(6)} ${printable(path)} ${paint(String(status))} ${took}${because}`;
}

function rounded(ms: number): number {
  return Math.round(ms * 10) / 10;
}

/** The path on one line and harmless to a terminal, whatever the client sent. */
export function printable(path: string): string {
  const cut = path.length > 300 ? `${path.slice(0, 300)}...` : path;
  return cut.replace(/[^\x21-\x7e]/g, (character) => {
    const code = character.charCodeAt(0).toString(16);
    return `\\u${code.padStart(4, '0')}`;
  });
}

/** Scripts wait for this very line. */
function readyJson({ url, apis }: Ready): string {
  return JSON.stringify({ ready: true, url, apis });
}

function readyText({ url, apis, notes }: Ready): string {
  const width = Math.max(0, ...Object.keys(apis).map((name) => name.length));
  return [
    `tallystick is ready: ${url}`,
    ...Object.entries(apis).map(([name, at]) => `  ${name.padEnd(width)}  ${at}`),
    ...notes.map((note) => `  ${note}`),
  ].join('\n');
}
