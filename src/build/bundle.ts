// The last step of the build: the command's program and what it is made of in one file, and what V8 compiles of it while
// it serves (see cli/compiled.ts). What is large and only sometimes needed stays outside, in its package.
// Run as `node dist/src/build/bundle.js`.

import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';
import { asFunction, BUNDLE, keepCompiled } from '../cli/compiled.ts';
import type { run } from '../cli/program.ts';
import { leftOut } from './left-out.ts';
import { licences } from './licences.ts';
import { served } from './served.ts';

const { output } = await build({
  input: fileURLToPath(new URL('../cli/program.js', import.meta.url)),
  platform: 'node',
  external: [/^@stoplight\//, /^@redocly\//, 'undici', 'vitest', 'yaml'],
  plugins: [leftOut],
  output: { format: 'cjs', codeSplitting: false, comments: { jsdoc: false, annotation: false } },
  write: false,
});
const [{ code, moduleIds }] = output;
writeFileSync(BUNDLE, inAscii(asFunction(code.replace(/\bimport\(/g, 'importModule('))));
writeFileSync(`${BUNDLE}.licences.txt`, licences(moduleIds));
await keepCompiled<{ run: typeof run }>((program) => served(program.run));

/** The code in characters of one byte each: V8 keeps the text, and takes twice the memory for any other. */
function inAscii(text: string): string {
  return text.replace(
    /[^\0-\x7f]/g,
    (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
