// Violations as workflows of an Arazzo 1.0 document, for tools that play or show sequences of requests. What Arazzo
// can't say (requests at the same time, a claim on an answer) is in the descriptions.

import { pathToFileURL } from 'node:url';
import type { Report, Result } from '../conformance/verdict.ts';
import type { Json } from '../model/json.ts';
import { inputsOf, stepOf } from './arazzo-step.ts';
import { provenanceOf } from './provenance.ts';
import { sourceOf } from './shown.ts';

type Made = Record<string, Json>;

/** All violations of the run as one document in JSON; one without workflows where there are none. */
export function arazzoReport(report: Report): string {
  const violated = report.results.filter(({ verdict }) => verdict === 'violated');
  return `${JSON.stringify(arazzoOf(report, violated), null, 2)}\n`;
}

/** A workflow for each result that has requests. */
export function arazzoOf(report: Report, results: readonly Result[]): Made {
  const { api, document = `${api}.yaml`, target, seed } = report;
  const shown = results.filter(({ requests = [] }) => requests.length > 0);
  const ids = idsOf(shown);
  return {
    arazzo: '1.0.1',
    info: {
      title: `Violations of ${api}`,
      version: '1',
      summary: `What ${target} did otherwise than documented, seed ${seed}`,
    },
    sourceDescriptions: [
      {
        name: nameOf(api),
        type: 'openapi',
        url: /^[a-z][a-z+.-]+:\/\//i.test(document) ? document : pathToFileURL(document).href,
        // The document's own servers may be in production.
        'x-serverUrl': target,
      },
    ],
    workflows: shown.map((result, i) =>
      workflowOf(result, { workflow: i, workflowId: ids[i] ?? '', source: nameOf(api), seed }),
    ),
  };
}

interface WorkflowOptions {
  readonly workflow: number;
  readonly workflowId: string;
  readonly source: string;
  readonly seed: number;
}

function workflowOf(result: Result, options: WorkflowOptions): Made {
  const { workflow, workflowId, source, seed } = options;
  const { says, basis, reason = '', requests = [], setup = [] } = result;
  const exchanges = [...setup, ...requests];
  const from = provenanceOf(exchanges, seed);
  const last = exchanges.length - 1;
  return {
    workflowId,
    summary: says,
    description: `${reason} (${basis}: ${sourceOf(result)})`,
    inputs: inputsOf(exchanges),
    steps: exchanges.map((exchange, index) =>
      stepOf({
        exchange,
        index,
        workflow,
        from,
        source,
        seed,
        result: index === last ? result : undefined,
      }),
    ),
  };
}

/** Names that are each its own. */
function idsOf(results: readonly Result[]): string[] {
  const seen = new Map<string, number>();
  return results.map(({ id }) => {
    const name = nameOf(id);
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name}--${count}`;
  });
}

function nameOf(text: string): string {
  return text.replace(/[^A-Za-z0-9_-]+/g, '-');
}
