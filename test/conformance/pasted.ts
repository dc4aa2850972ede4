// A block of the report, pasted into sh against a server, and what it printed.

import { spawn } from 'node:child_process';

export interface Printed {
  readonly status: number;
  /** The answer's text. */
  readonly body: string;
}

/** What the shell printed for each request, in order; rejects when it complained. */
export async function pasted(
  block: string,
  variables: Readonly<Record<string, string>>,
  shell = 'sh',
): Promise<Printed[]> {
  const child = spawn(shell, [], {
    env: { PATH: process.env['PATH'] ?? '', ...variables },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const out = textOf(child.stdout);
  const complaints = textOf(child.stderr);
  child.stdin.end(block);
  await new Promise((done) => child.once('close', done));
  if ((await complaints) !== '') throw new Error(`${await complaints}\n${block}`);
  return printedIn(await out);
}

async function textOf(stream: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  for await (const chunk of stream) text += chunk;
  return text;
}

/** The answers: after each title come, for each request under it, the body and a line with the status. */
function printedIn(text: string): Printed[] {
  const printed: Printed[] = [];
  let body: string[] = [];
  for (const line of text.split('\n')) {
    if (line.startsWith('== ')) body = [];
    else if (/^\d{3}$/.test(line)) {
      printed.push({ status: Number(line), body: body.join('\n') });
      body = [];
    } else body.push(line);
  }
  return printed;
}
