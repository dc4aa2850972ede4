// Requests as bytes and answers out of bytes, by hand: a client library would refuse to send most of this.

/** A request; its body is sent with a length, or in chunks of the size given. */
export interface Message {
  readonly method: string;
  /** As it stands in the request line. */
  readonly target: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body?: Buffer;
  readonly chunk?: number;
}

export interface Answer {
  readonly status: number;
  /** By lower-case name; repeated ones joined. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
}

/** The bytes of the request; text is sent as UTF-8. */
export function encode({ method, target, headers, body, chunk }: Message): Buffer {
  const framing =
    body === undefined
      ? ''
      : chunk === undefined
        ? `content-length: ${body.length}\r\n`
        : 'transfer-encoding: chunked\r\n';
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  const head = Buffer.from(`${method} ${target} HTTP/1.1\r\nhost: x\r\n${lines}${framing}\r\n`);
  if (body === undefined) return head;
  return Buffer.concat([head, chunk === undefined ? body : chunked(body, chunk)]);
}

function chunked(body: Buffer, size: number): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < body.length; at += size) {
    const part = body.subarray(at, at + size);
    parts.push(Buffer.from(`${part.length.toString(16)}\r\n`), part, Buffer.from('\r\n'));
  }
  return Buffer.concat([...parts, Buffer.from('0\r\n\r\n')]);
}

/** The first whole answer in the bytes and what follows it; undefined when it is not complete. */
export function firstAnswer(
  bytes: Buffer,
  method: string,
): { answer: Answer; rest: Buffer } | undefined {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const [line = '', ...lines] = bytes.toString('latin1', 0, end).split('\r\n');
  const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(line)?.[1]);
  if (!(status >= 100)) throw new Error(`no HTTP answer: ${line.slice(0, 200)}`);
  const after = bytes.subarray(end + 4);
  if (status < 200) return firstAnswer(after, method);
  const headers = headersOf(lines);
  const isBare = method === 'HEAD' || status === 204 || status === 304;
  const length = isBare ? 0 : Number(headers.get('content-length') ?? 0);
  // Node's own refusals come in chunks, and have none.
  if (!isBare && headers.has('transfer-encoding')) {
    if (after.length < 5) return undefined;
    if (after.toString('latin1', 0, 5) !== '0\r\n\r\n') throw new Error('an answer in chunks');
    return { answer: { status, headers, body: after.subarray(0, 0) }, rest: after.subarray(5) };
  }
  if (after.length < length) return undefined;
  const answer = { status, headers, body: after.subarray(0, length) };
  return { answer, rest: after.subarray(length) };
}

function headersOf(lines: readonly string[]): Map<string, string> {
  const headers = new Map<string, string>();
  for (const line of lines) {
    const [, name = '', value = ''] = /^([!#$%&'*+.^`|~\w-]+): ?(.*)$/.exec(line) ?? [];
    if (name === '') throw new Error(`no header: ${line.slice(0, 200)}`);
    const key = name.toLowerCase();
    const known = headers.get(key);
    headers.set(key, known === undefined ? value : `${known}, ${value}`);
  }
  return headers;
}

/** All answers to requests of these methods; throws for bytes that are left over. */
export function allAnswers(bytes: Buffer, methods: readonly string[]): Answer[] {
  const answers: Answer[] = [];
  let rest = bytes;
  while (rest.length > 0) {
    const next = firstAnswer(rest, methods[answers.length] ?? 'GET');
    if (next === undefined) throw new Error(`half an answer: ${rest.toString('latin1', 0, 200)}`);
    answers.push(next.answer);
    rest = next.rest;
  }
  return answers;
}

/** Bytes for a person: one line, long runs of one character told by their length. */
export function shown(bytes: Buffer, most = 3_000): string {
  const text = bytes
    .toString('latin1')
    .replace(/(.{1,8}?)\1{40,}/gs, (run, part: string) => `${part}«×${run.length / part.length}»`)
    .replaceAll('\\', '\\\\')
    .replace(/\r/g, '\\r')
    .replace(/\n/g, '\\n')
    .replace(/[^\x20-\x7e«×»]/g, (c) => `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`);
  return text.length > most ? `${text.slice(0, most)}... (${bytes.length} bytes)` : text;
}
