// Which reporters write where: documents to a file or stdout, talk to stdout, or stderr beside a document.

import type { Report, Result } from '../conformance/verdict.ts';
import { collected, UsageError } from '../model/usage-error.ts';
import { arazzoReport } from '../report/arazzo.ts';
import { githubAnnotations, githubSummary } from '../report/github.ts';
import { htmlReport } from '../report/html.ts';
import { jsonReport } from '../report/json.ts';
import { junitReport } from '../report/junit.ts';
import { colorsFor, listLine, listSummary } from '../report/list.ts';
import { sarifReport } from '../report/sarif.ts';
import { appendReport, writeReport } from './report-files.ts';

/** Reports that are one document: nothing else may stand in their file. */
const DOCUMENTS = {
  json: jsonReport,
  junit: junitReport,
  sarif: sarifReport,
  html: htmlReport,
  arazzo: arazzoReport,
} as const;

export const REPORTERS = ['list', 'json', 'junit', 'sarif', 'html', 'arazzo', 'github'] as const;

export interface ReporterChoice {
  readonly name: (typeof REPORTERS)[number];
  /** stdout when absent. */
  readonly file?: string;
}

export interface Reporter {
  progress?(result: Result, done: number, all: number): void;
  end(report: Report): void;
}

/** Whether the reporter's text is one document. */
export function isDocument(name: string): name is keyof typeof DOCUMENTS {
  return Object.hasOwn(DOCUMENTS, name);
}

/** The reporters, ready to be told of each result. */
export function makeReporters(choices: readonly ReporterChoice[]): Reporter[] {
  // Beside a document on stdout a list is talk, or the document could not be read.
  const taken = choices.some(({ name, file }) => file === undefined && isDocument(name));
  const stream = taken ? process.stderr : process.stdout;
  return choices.map(({ name, file }) => {
    if (name === 'list') return listReporter(stream, file);
    if (name === 'github') return githubReporter(stream, file);
    return { end: (report) => put(DOCUMENTS[name](report), process.stdout, file) };
  });
}

/** Tells all reporters of the end; one that can't write keeps none of the others from it. */
export function endAll(reporters: readonly Reporter[], report: Report): void {
  const mistakes: string[] = [];
  for (const reporter of reporters) collected(mistakes, () => reporter.end(report));
  if (mistakes.length > 0) throw new UsageError(mistakes);
}

function put(text: string, stream: NodeJS.WriteStream, file: string | undefined): void {
  if (file === undefined) stream.write(text);
  else writeReport(file, text);
}

function githubReporter(stream: NodeJS.WriteStream, file: string | undefined): Reporter {
  return {
    end(report) {
      put(githubAnnotations(report), stream, file);
      const { GITHUB_STEP_SUMMARY: summary } = process.env;
      if (summary) appendReport(summary, githubSummary(report));
    },
  };
}

function listReporter(stream: NodeJS.WriteStream, file: string | undefined): Reporter {
  const colors = colorsFor(file === undefined ? stream : {});
  const kept: string[] = [];
  const say = (text: string) => {
    if (file === undefined) stream.write(text);
    else kept.push(text);
  };
  return {
    progress: (result, done, all) =>
      say(`${listLine(result, colors)}${file ? '' : colors.dim(`  ${done}/${all}`)}\n`),
    end(report) {
      say(`\n${listSummary(report, colors)}`);
      if (file !== undefined) writeReport(file, kept.join(''));
    },
  };
}
