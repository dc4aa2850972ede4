// The whole program in one file, with what V8 made of it when it was built: to find, read and compile hundreds of modules
// takes longer than most commands do.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';

/** Beside the compiled modules: one function, as CommonJS has it. */
export const BUNDLE = fileURLToPath(new URL('./bundle.cjs', import.meta.url));
/** What V8 compiled, of use to the same version of V8 only: any other passes over it, and takes longer. */
const CACHE = `${BUNDLE}.cache`;
/** In stack traces; the cache would keep the path of the machine that built it. */
const NAME = 'tallystick/dist/src/cli/bundle.cjs';

/** The exports of the bundle; undefined when it was not built. */
export function bundled<Exports>(): Exports | undefined {
  return existsSync(BUNDLE) ? (evaluated(script()) as Exports) : undefined;
}

/** The code of a CommonJS module as the function that the bundle is; `importModule` stands for `import()` there. */
export function asFunction(code: string): string {
  return `(function (exports, require, module, __filename, __dirname, importModule) {${code}\n})`;
}

/** Keeps what V8 compiles while `use` uses the bundle, for the starts that follow. */
export async function keepCompiled<Exports>(use: (exports: Exports) => Promise<void>) {
  const compiled = script();
  await use(evaluated(compiled) as Exports);
  writeFileSync(CACHE, compiled.createCachedData());
}

function script(): Script {
  const cachedData = existsSync(CACHE) ? readFileSync(CACHE) : undefined;
  // The build writes it in ASCII, which needs no decoding.
  const text = readFileSync(BUNDLE, 'latin1');
  return new Script(text, {
    filename: NAME,
    ...(cachedData === undefined ? {} : { cachedData }),
  });
}

function evaluated(compiled: Script): unknown {
  const module = { exports: {} };
  const require = createRequire(BUNDLE);
  const importModule = (name: string): Promise<unknown> => import(name);
  const evaluate = compiled.runInThisContext();
  evaluate(module.exports, require, module, BUNDLE, dirname(BUNDLE), importModule);
  return module.exports;
}
