// The lint of OpenAPI documents: Redocly's engine, its recommended rules, or the user's redocly.yaml. The engine
// is only loaded here, and only when there is a document to look at.

import { existsSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import type { Config, LocationObject, NormalizedProblem } from '@redocly/openapi-core';
import { existing } from '../contract/found.ts';
import type { Finding } from '../model/finding.ts';
import { isObject } from '../model/json.ts';
import { pointer, pointerKeys } from '../model/pointer.ts';
import { UsageError } from '../model/usage-error.ts';
import { parseYaml } from '../spec/yaml.ts';

export interface LintedDocument {
  readonly findings: readonly Finding[];
  /** Those that Redocly's own ignore file names. */
  readonly ignored: readonly Finding[];
}

/** What is wrong with the document; `shown` is its name in findings. Throws UsageError for a broken redocly.yaml. */
export async function lintDocument(
  file: string,
  shown: string,
  text: string,
): Promise<LintedDocument> {
  const { value, mistakes } = parseYaml(text);
  if (mistakes.length > 0) {
    const findings = mistakes.map(({ message, line, column }) =>
      finding('openapi/syntax', message, { file: shown, line, column }),
    );
    return { findings, ignored: [] };
  }
  const version = isObject(value) ? value['openapi'] : undefined;
  if (typeof version !== 'string' || !/^3\.\d/.test(version)) {
    const message =
      'this is neither a contract ("contract: 1") nor an OpenAPI 3 document ("openapi: 3.x")';
    const place = { file: shown, line: 1, column: 1 };
    return { findings: [finding('openapi/version', message, place)], ignored: [] };
  }
  const config = await configFor(resolve(file));
  const { lintFromString } = await import('@redocly/openapi-core');
  let problems: NormalizedProblem[];
  try {
    problems = await lintFromString({ source: text, absoluteRef: resolve(file), config });
  } catch (error) {
    // A document that the engine gives up on, such as one with a reference to itself.
    const place = { file: shown, line: 1, column: 1 };
    return { findings: [finding('openapi/syntax', firstLine(error), place)], ignored: [] };
  }
  const one = (problem: NormalizedProblem) => findingOf(problem, resolve(file), shown, value);
  return {
    findings: await Promise.all(problems.filter(({ ignored }) => !ignored).map(one)),
    ignored: await Promise.all(problems.filter(({ ignored }) => ignored).map(one)),
  };
}

/** The user's configuration, beside the document or in the working folder; else the recommended rules. */
async function configFor(file: string): Promise<Config> {
  const redocly = await import('@redocly/openapi-core');
  const folders = [dirname(file), process.cwd()];
  const found = folders.map((folder) => redocly.findConfig(folder)).find((path) => path);
  try {
    if (found !== undefined) {
      const config = await redocly.loadConfig({ configPath: found });
      return config.forAlias(aliasOf(config, found, file));
    }
    const ignoring = folders.find((folder) => existsSync(resolve(folder, redocly.IGNORE_FILE)));
    const beside = ignoring === undefined ? undefined : resolve(ignoring, redocly.CONFIG_FILE_NAME);
    const ignore = await redocly.loadIgnoreConfig(beside, new redocly.BaseResolver());
    return await redocly.createConfig({ extends: ['recommended'] }, { ignore });
  } catch (error) {
    throw new UsageError(`${found ?? 'redocly.yaml'}: ${firstLine(error)}`);
  }
}

/** The name under which the configuration has settings of its own for the document. */
function aliasOf({ resolvedConfig }: Config, path: string, file: string): string | undefined {
  const apis = (resolvedConfig.apis ?? {}) as Record<string, { root?: string }>;
  return Object.keys(apis).find((name) => resolve(dirname(path), apis[name]?.root ?? '') === file);
}

async function findingOf(
  { ruleId, severity, message, suggest, location }: NormalizedProblem,
  file: string,
  shown: string,
  document: unknown,
): Promise<Finding> {
  const { getLineColLocation } = await import('@redocly/openapi-core');
  const [where] = location as [LocationObject];
  const { source, start } = getLineColLocation(where);
  const isHere = resolve(source.absoluteRef) === file;
  const place = {
    file: isHere ? shown : relative(process.cwd(), source.absoluteRef),
    line: start.line,
    column: start.col,
  };
  const near = suggest.length === 0 ? '' : ` (did you mean ${suggest.slice(0, 3).join(', ')}?)`;
  const said = message.split('\n').map((line) => line.trim());
  return {
    check: `openapi/${ruleId}`,
    severity: severity === 'warn' ? 'warning' : 'error',
    message: said.filter(Boolean).join(' ') + near,
    place,
    ...(isHere && where.pointer !== undefined
      ? { pointer: pointer(...existing(document, pointerKeys(where.pointer))) }
      : {}),
  };
}

function finding(check: string, message: string, place: NonNullable<Finding['place']>): Finding {
  return { check, severity: 'error', message, place, pointer: '' };
}

function firstLine(error: unknown): string {
  return (error as Error).message.split('\n')[0] ?? '';
}
