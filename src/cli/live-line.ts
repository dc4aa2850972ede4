// The status line of `tallystick test` on a terminal, and what is said while it stands there.

import type { RunOptions } from '../conformance/run.ts';
import type { Send } from '../model/http.ts';
import { colorsFor } from '../report/list.ts';
import { startLive } from '../report/live.ts';

type Tell = NonNullable<RunOptions['progress']>;

export interface LiveLine {
  /** Sends and counts. */
  readonly counted: (send: Send) => Send;
  /** Counts a result, and tells it where the line stands. */
  readonly progress: (tell: Tell) => Tell;
  /** Says something on stderr. */
  readonly say: (text: string) => void;
  readonly end: () => void;
}

/** A line for a run of so many checks; on stderr, and only where that is a terminal. */
export function liveLine(all: number): LiveLine {
  let [done, violated, requests] = [0, 0, 0];
  const lately: number[] = [];
  const rate = () => {
    while ((lately[0] ?? Number.POSITIVE_INFINITY) < Date.now() - 1000) lately.shift();
    return lately.length;
  };
  const live = startLive(process.stderr, colorsFor(process.stderr), () => ({
    done,
    all,
    violated,
    requests,
    rate: rate(),
  }));
  return {
    counted: (send) => (request) => {
      requests += 1;
      lately.push(Date.now());
      return send(request);
    },
    progress: (tell) => (result, place, planned) => {
      done += 1;
      if (result.verdict === 'violated') violated += 1;
      live.around(() => tell(result, place, planned));
    },
    say: (text) => live.around(() => process.stderr.write(`${text}\n`)),
    end: () => live.end(),
  };
}
