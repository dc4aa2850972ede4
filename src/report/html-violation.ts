// One violation on the page: what was expected and what came, each request with its answer, and the curl text.

import type { Exchange, Report, Result } from '../conformance/verdict.ts';
import { curlBlock } from './curl-block.ts';
import { html, type Markup } from './markup.ts';
import { bodyText, contrastOf, cut, requestLine, sourceOf } from './shown.ts';

const MOST_OF_A_BODY = 20_000;
const MOST_EXCHANGES = 20;

/** The violation as a part that opens and closes. */
export function violation(report: Report, result: Result, open: boolean): Markup {
  const { id, says, basis, place, reason = '', known, requests = [] } = result;
  const kind = known === undefined ? 'violated' : 'known';
  return html`<details class="violation ${kind}"${open ? html` open` : html``}>
<summary><code>${id}</code> ${reason}</summary>
${known === undefined ? html`` : html`<p>Known until ${known.until}: ${known.reason}</p>`}
<p>${says}<br><small>${basis}: ${sourceOf(result)}${place === undefined ? '' : `, ${place.file}:${place.line}:${place.column}`}</small></p>
${difference(result)}
${requests.length > MOST_EXCHANGES ? html`<p>The last ${MOST_EXCHANGES} of ${requests.length} requests:</p>` : html``}
${requests.slice(-MOST_EXCHANGES).map(exchangeOf)}
<details><summary>curl</summary><pre>${curlBlock(report, result)}</pre></details>
</details>`;
}

function difference(result: Result): Markup {
  const contrast = contrastOf(result);
  if (contrast === undefined) return html``;
  return html`<pre class="difference"><del>- expected  ${contrast.expected}</del>
<ins>+ received  ${contrast.received}</ins></pre>`;
}

function exchangeOf(exchange: Exchange): Markup {
  const { request, received } = exchange;
  if ('failure' in received) {
    return html`<details class="exchange"><summary><code>${requestLine(exchange)}</code> no answer</summary>
${message('Request', request.headers, bodyText(request.body))}
<p>${received.failure}</p>
</details>`;
  }
  return html`<details class="exchange"><summary><code>${requestLine(exchange)}</code> ${received.status}</summary>
${message('Request', request.headers, bodyText(request.body))}
${message(`Answer ${received.status}`, received.headers, bodyText(received.body))}
</details>`;
}

function message(title: string, headers: Readonly<Record<string, string>>, body: string): Markup {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return html`<h4>${title}</h4>
<pre>${[...lines, ...(body === '' ? [] : ['', cut(body, MOST_OF_A_BODY)])].join('\n')}</pre>`;
}
