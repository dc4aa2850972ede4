// What comes with the package is clean: the lint of a contract is only worth reading if it is quiet.

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { linted, told } from './folder.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const bundled = readdirSync(join(ROOT, 'contracts')).filter((file) => file.endsWith('.yaml'));

test.each(bundled)('%s and its document have no errors', async (file) => {
  const report = await linted(join(ROOT, 'contracts'), file);
  const errors = report.findings.filter(({ severity }) => severity === 'error');
  expect(told({ ...report, findings: errors })).toEqual([]);
  expect(report.files).toHaveLength(2);
});
