// What Express and commander load at once and is not needed here: the mock reads bodies and queries itself, serves no
// files, and starts no other programs.

import { createRequire } from 'node:module';
import type { Plugin } from 'rolldown';

const EMPTY = '\0empty';
const NEVER = ['body-parser', 'serve-static', 'qs', 'node:child_process'];

/** Works out large tables when it is loaded: it is loaded when something is asked of it. */
const LATER = 'mime-types';
const LATER_NAMES = ['charset', 'contentType', 'extension', 'lookup'];

const ofExpress = createRequire(createRequire(import.meta.url).resolve('express'));

/** Puts nothing in place of what is never used, and a door in place of what is seldom used. */
export const leftOut: Plugin = {
  name: 'left-out',
  resolveId: (id) => (NEVER.includes(id) ? EMPTY : id === LATER ? `\0${LATER}` : null),
  load: (id) => (id === EMPTY ? '' : id === `\0${LATER}` ? door() : null),
};

function door(): string {
  const real = JSON.stringify(ofExpress.resolve(LATER));
  const functions = LATER_NAMES.map(
    (name) => `exports.${name} = (value) => real().${name}(value);`,
  );
  return [`const real = () => require(${real});`, ...functions].join('\n');
}
