// Which file a fixture is: one that comes with the package, by its name, or one of the user's own.

import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../contract/bundled.ts';
import { didYouMean } from '../model/suggest.ts';
import { UsageError } from '../model/usage-error.ts';

/**
 * The file of a fixture, by its name among the API's own or by its path; undefined for `empty` of an
 * API that comes without fixtures. Throws UsageError when there is none.
 */
export function fixtureFile(api: string, fixture: string): string | undefined {
  const own = join(packageRoot(), 'fixtures', api);
  const named = join(own, `${fixture}.json`);
  const looksLikeFile = fixture.endsWith('.json') || fixture.includes('/');
  if (!looksLikeFile && existsSync(named)) return named;
  if (looksLikeFile && existsSync(fixture)) return fixture;
  if (fixture === 'empty') return undefined;
  const known = existsSync(own)
    ? readdirSync(own)
        .filter((name) => name.endsWith('.json'))
        .map((name) => name.slice(0, -5))
    : ['empty'];
  throw new UsageError(
    looksLikeFile
      ? `no fixture at ${fixture}`
      : `unknown fixture "${fixture}" for ${api}${didYouMean(fixture, known, true)}`,
  );
}
