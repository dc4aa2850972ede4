// A step of the build: reads and checks what comes with the package, and keeps it as JSON, so that
// a start need not (see spec/prepared.ts). Run as `node dist/src/build/prepare.js`.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { bundledApis, contractFile, packageRoot } from '../contract/bundled.ts';
import { loadContract } from '../contract/load.ts';
import { kinds } from '../rules/index.ts';
import { textHash } from '../spec/prepared.ts';

const folder = join(packageRoot(), 'dist', 'prepared');
rmSync(folder, { recursive: true, force: true });
const texts = bundledApis().flatMap((api) => {
  const contract = loadContract(contractFile(api), kinds);
  return [readFileSync(contractFile(api), 'utf8'), readFileSync(contract.spec.file, 'utf8')];
});
mkdirSync(folder);
for (const text of texts) {
  writeFileSync(join(folder, `${textHash(text)}.json`), JSON.stringify(parse(text)));
}
