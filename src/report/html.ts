// A run as one page that opens offline: no script, nothing from elsewhere, and nothing of an answer is markup.

import {
  exercisedShare,
  knownViolations,
  newViolations,
  type Report,
  type Result,
  type Verdict,
} from '../conformance/verdict.ts';
import { adviceOn } from './advice.ts';
import { cleanUpText } from './clean-up.ts';
import { violation } from './html-violation.ts';
import { leftOutText } from './left-out.ts';
import { html, Markup } from './markup.ts';
import { sourceOf } from './shown.ts';
import { STYLE } from './style.ts';

const WORDS: Readonly<Record<Verdict, string>> = {
  conforms: 'conforms',
  violated: 'violated',
  notExercised: 'not exercised',
  flaky: 'flaky',
};

/** The report as one HTML document. */
export function htmlReport(report: Report): string {
  const { api, results } = report;
  const fresh = newViolations(results);
  const known = knownViolations(results);
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${api}: contract tests</title>
<style>${new Markup(STYLE)}</style>
</head>
<body>
${summary(report)}
${section(
  'Violations',
  fresh.map((result) => violation(report, result, fresh.length <= 5)),
)}
${section(
  'Known violations',
  known.map((result) => violation(report, result, false)),
)}
${notes(report)}
${section('Flaky', reasons(results, 'flaky'))}
${section('Not exercised', reasons(results, 'notExercised'))}
${coverage('Operations', results, ({ operation }) => operation)}
${coverage('Rules', results, ({ rule }) => rule, true)}
${checks(results)}
</body>
</html>
`;
  return page.text;
}

function summary(report: Report): Markup {
  const { api, target, requests, seed, results, shard, leftOut, ended, cleanup } = report;
  const counts: [string, string, number][] = [
    ['conforms', 'conform', report.summary.conforms],
    ['violated', 'violated', newViolations(results).length],
    ['known', 'known', knownViolations(results).length],
    ['notExercised', 'not exercised', report.summary.notExercised],
    ['flaky', 'flaky', report.summary.flaky],
  ];
  const part = shard === undefined ? '' : `, shard ${shard.index} of ${shard.of}`;
  const advice = adviceOn(report);
  return html`<header>
<h1>${api} at ${target}</h1>
<ul class="counts">
${counts.map(([kind, word, count]) => html`<li class="${kind}"><b>${count}</b> ${word}</li>`)}
</ul>
<p>${requests} requests, ${Math.round(exercisedShare(results) * 100)} % of the rules exercised, seed ${seed}${part}</p>
${leftOut === undefined ? html`` : html`<p>${leftOutText(leftOut)}</p>`}
${advice === undefined ? html`` : html`<p><b>Look first:</b> ${advice}</p>`}
${ended === undefined ? html`` : html`<p>Ended early: ${ended}</p>`}
${cleanup === undefined ? html`` : html`<p>${cleanUpText(cleanup)}</p>`}
</header>`;
}

/** A heading with what stands below it; nothing at all where there is nothing. */
function section(title: string, items: readonly Markup[]): Markup {
  if (items.length === 0) return html``;
  return html`<section>
<h2>${title} (${items.length})</h2>
${items}
</section>`;
}

function notes({ baseline }: Report): Markup {
  const lines = [
    ...(baseline?.expired ?? []).map((line) => html`<p>expired: ${line}</p>`),
    ...(baseline?.stale ?? []).map((line) => html`<p>stale: ${line}</p>`),
  ];
  return section('Baseline', lines);
}

function reasons(results: readonly Result[], verdict: Verdict): Markup[] {
  return results
    .filter((result) => result.verdict === verdict)
    .map(({ id, reason = '' }) => html`<p><code>${id}</code> ${reason}</p>`);
}

/** How many checks of each operation, or rule, ended how. */
function coverage(
  title: string,
  results: readonly Result[],
  of: (result: Result) => string,
  withWords = false,
): Markup {
  const groups = new Map<string, Result[]>();
  for (const result of results) groups.set(of(result), [...(groups.get(of(result)) ?? []), result]);
  const rows = [...groups].map(([name, own]) => row(name, own, withWords));
  return html`<section>
<h2>${title} (${groups.size})</h2>
<table>
<thead><tr><th>${title}</th><th>conform</th><th>violated</th><th>not exercised</th><th>flaky</th></tr></thead>
<tbody>
${rows}
</tbody>
</table>
</section>`;
}

function row(name: string, results: readonly Result[], withWords: boolean): Markup {
  const [first] = results;
  const count = (verdict: Verdict) => {
    const found = results.filter((result) => result.verdict === verdict).length;
    return html`<td class="${found === 0 ? 'none' : verdict}">${found}</td>`;
  };
  const words =
    withWords && first !== undefined
      ? html`<br><small>${first.says} ${first.basis}: ${sourceOf(first)}</small>`
      : html``;
  return html`<tr><th scope="row"><code>${name}</code>${words}</th>${count('conforms')}${count('violated')}${count('notExercised')}${count('flaky')}</tr>`;
}

function checks(results: readonly Result[]): Markup {
  const rows = results.map(
    ({ id, verdict, known }) =>
      html`<tr><td class="${verdict}">${known === undefined ? WORDS[verdict] : 'known'}</td><td><code>${id}</code></td></tr>`,
  );
  return html`<section>
<details><summary>All checks (${results.length})</summary>
<table><tbody>
${rows}
</tbody></table>
</details>
</section>`;
}
