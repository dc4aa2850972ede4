// 200 kills, for a quiet hour: `node test/soak/kill.ts [kills]` on a Node that reads TypeScript (24), or
// `KILLS=200 npx vitest run -c test/vitest.config.ts test/http/kill.test.ts` on any. Needs `npm run build`.

import { killRounds } from '../http/kill.ts';

const result = await killRounds(Number(process.argv[2] ?? 200));
console.log(result);
process.exitCode = result.wrong.length > 0 ? 1 : 0;
