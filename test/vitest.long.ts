// The long runs: `npm run score`, `npm run alarms`, `npm run soak`, `npm run hostile`.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: { include: ['test/**/*.long.ts'], testTimeout: 3_600_000, reporters: ['default'] },
});
