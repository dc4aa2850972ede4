// `tallystick lint` finds no mistake in what `tallystick init` writes.

import { expect, test } from 'vitest';
import { infer } from '../../src/infer/index.ts';
import { contractText } from '../../src/infer/text.ts';
import { parseSpec } from '../../src/spec/spec.ts';
import { folderWith, linted, told } from '../lint/folder.ts';
import { forge } from './forge.ts';
import { payments } from './payments.ts';
import { petstore } from './petstore.ts';
import { travel } from './travel.ts';
import { unusual } from './unusual.ts';

const DOCUMENTS: readonly (readonly [string, object])[] = [
  ...Object.entries({ petstore, travel, payments, forge }),
  ...Object.entries(unusual).map(([name, { document }]) => [name, document] as const),
];

test.each(DOCUMENTS)('the contract of %s has no mistakes', async (_, document) => {
  const text = JSON.stringify(document);
  const spec = parseSpec(text, 'api.json');
  const contract = contractText(infer(spec, 'api.json'), spec.title);
  const report = await linted(folderWith({ 'api.json': text, 'api.yaml': contract }), 'api.yaml');
  expect(report.findings.length).toBeGreaterThan(0);
  const mistakes = report.findings.filter(
    ({ check, severity }) => severity === 'error' && check.startsWith('contract/'),
  );
  expect(told({ ...report, findings: mistakes })).toEqual([]);
});
