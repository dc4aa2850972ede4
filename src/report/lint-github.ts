// Findings as annotations of GitHub, on their lines.

import type { LintReport } from '../lint/files.ts';
import { command } from './github.ts';

/** A workflow command for each finding. */
export function lintGithub({ findings }: LintReport): string {
  return findings
    .map(({ severity, check, message, place }) => {
      const where =
        place === undefined
          ? {}
          : { file: place.file, line: String(place.line), col: String(place.column) };
      return command(severity, { ...where, title: check }, message);
    })
    .join('');
}
