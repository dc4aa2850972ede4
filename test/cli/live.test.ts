// The status line: drawn on a terminal and out of the way of everything else, and nowhere else.

import { expect, test } from 'vitest';
import { colorsFor } from '../../src/report/list.ts';
import { progressText, startLive } from '../../src/report/live.ts';

const PROGRESS = { done: 3, all: 9, violated: 1, requests: 20, rate: 7 };

function stream(isTTY: boolean) {
  const written: string[] = [];
  const write = (text: string) => written.push(text) > 0;
  return { written, stream: { isTTY, write } as unknown as NodeJS.WriteStream };
}

/** What a terminal shows after all of this was written. */
function shown(written: readonly string[]): string[] {
  const lines = [''];
  const text = written.join('').replaceAll('\r\u001b[2K', '<erased>');
  for (const part of text.split(/(<erased>|\n)/)) {
    if (part === '\n') lines.push('');
    else lines[lines.length - 1] = part === '<erased>' ? '' : `${lines.at(-1)}${part}`;
  }
  return lines;
}

test('the line says how far the run is', () => {
  expect(progressText(PROGRESS)).toBe('3/9 checks, 1 violated, 20 requests, 7/s');
});

test('on a terminal the line stands below what is told, and is gone at the end', () => {
  const { written, stream: out } = stream(true);
  const live = startLive(out, colorsFor({}), () => PROGRESS);
  for (const line of ['first', 'second']) live.around(() => out.write(`${line}\n`));
  expect(shown(written)).toEqual(['first', 'second', progressText(PROGRESS)]);
  live.end();
  expect(shown(written)).toEqual(['first', 'second', '']);
});

test('elsewhere nothing is drawn', () => {
  const { written, stream: out } = stream(false);
  const live = startLive(out, colorsFor({}), () => PROGRESS);
  live.around(() => out.write('first\n'));
  live.end();
  expect(written).toEqual(['first\n']);
});
