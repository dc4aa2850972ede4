// Which reporters write where: data to stdout or a file, talk to stderr.

import { writeFileSync } from 'node:fs';
import type { Report, Result } from '../conformance/verdict.ts';
import { jsonReport } from '../report/json.ts';
import { colorsFor, listLine, listSummary } from '../report/list.ts';

export const REPORTERS = ['list', 'json'] as const;

export interface ReporterChoice {
  readonly name: (typeof REPORTERS)[number];
  /** stdout when absent. */
  readonly file?: string;
}

interface Reporter {
  progress?(result: Result, done: number, all: number): void;
  end(report: Report): void;
}

/** The reporters, ready to be told of each result. */
export function makeReporters(choices: readonly ReporterChoice[]): Reporter[] {
  const toStdout = choices.filter(({ file }) => file === undefined);
  return choices.map((choice) => {
    const { name, file } = choice;
    const write = (text: string) =>
      file === undefined ? process.stdout.write(text) : writeFileSync(file, text);
    if (name === 'json') return { end: (report) => void write(jsonReport(report)) };
    // A list beside JSON on stdout is talk, or the JSON could not be read.
    const stream = toStdout.length > 1 && file === undefined ? process.stderr : process.stdout;
    return listReporter(stream, file);
  });
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
      if (file !== undefined) writeFileSync(file, kept.join(''));
    },
  };
}
