// One line on a terminal that says how far a run is; redrawn in place, gone when anything else is written.

import type { Colors } from './list.ts';

export interface Progress {
  readonly done: number;
  readonly all: number;
  readonly violated: number;
  readonly requests: number;
  /** Requests in the last second. */
  readonly rate: number;
}

/** `120/263 checks, 2 violated, 310 requests, 41/s` */
export function progressText({ done, all, violated, requests, rate }: Progress): string {
  return `${done}/${all} checks, ${violated} violated, ${requests} requests, ${rate}/s`;
}

export interface Live {
  /** Writes other text where the line stands. */
  around(write: () => void): void;
  end(): void;
}

const REDRAW_MS = 200;
const ERASE = '\r\x1b[2K';

/** Draws the line on the stream again and again; on what is no terminal nothing is drawn. */
export function startLive(
  stream: NodeJS.WriteStream,
  colors: Colors,
  progress: () => Progress,
): Live {
  if (stream.isTTY !== true) return { around: (write) => write(), end: () => undefined };
  const draw = () => void stream.write(`${ERASE}${colors.dim(progressText(progress()))}`);
  const timer = setInterval(draw, REDRAW_MS);
  timer.unref();
  return {
    around(write) {
      stream.write(ERASE);
      write();
      draw();
    },
    end() {
      clearInterval(timer);
      stream.write(ERASE);
    },
  };
}
