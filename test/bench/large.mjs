// A document that nobody wrote a contract for: 1,200 operations, whose schemas reach each other in circles, played by
// what tallystick guesses of it and by Prism. The circles are of three schemas, the most that Prism reads in minutes;
// of the same document with one circle of all schemas only our start is measured. After a build:
// `node test/bench/large.mjs`, with `--short` to see that it works.

import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import autocannon from 'autocannon';
import { cleanUp, start } from './child.mjs';
import { fitting } from './large-answers.mjs';
import { load } from './load.mjs';
import { table } from './report.mjs';
import { bodyOf, HEADERS, nextKey } from './requests.mjs';
import { CLI, prismServer, root } from './servers.mjs';
import { starts } from './starts.mjs';
import { median, ratio } from './sums.mjs';

const DOCUMENT = { operations: 1_200, circle: 3 };
export const FULL_LARGE = {
  ...DOCUMENT,
  rounds: 3,
  warm: 500,
  seconds: 2,
  starts: 5,
  fits: true,
};
export const SHORT_LARGE = {
  ...DOCUMENT,
  rounds: 1,
  warm: 200,
  seconds: 1,
  starts: 1,
  fits: false,
};

/** Prism takes long to read a large document. */
const READY_WITHIN_MS = 120_000;
const CONNECTIONS = 32;
/** And to answer while the machine has other work, in seconds. */
const PATIENCE = 60;

/** `{ starts, post, get, fits, circle, real }`: what each server gave, by its id. */
export async function large(plan, say) {
  const folder = mkdtempSync(join(tmpdir(), 'tallystick-bench-'));
  try {
    const make = await maker(folder);
    const document = make(plan.operations, plan.circle);
    const servers = pair(written(folder, 'large', document), THINGS);
    const ready = await starts(servers, { times: plan.starts }, say);
    const rates = { post: byId(servers), get: byId(servers) };
    for (let round = 0; round < plan.rounds; round++) {
      for (const server of servers) await rate(server, plan, rates, say);
    }
    const fits = {};
    for (const server of plan.fits ? servers : []) {
      fits[server.id] = await answersOf(server, document, say);
    }
    say('  one circle of all schemas');
    const [own] = pair(written(folder, 'circle', make(plan.operations)), THINGS);
    const circle = await starts([own], { times: plan.starts }, say);
    return { starts: ready, ...rates, fits, circle, real: await real(plan, say) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const THINGS = { mount: '/many-things', path: '/things0' };

function written(folder, name, document) {
  const file = join(folder, `${name}.json`);
  writeFileSync(file, JSON.stringify(document));
  return file;
}

const byId = (servers) => Object.fromEntries(servers.map(({ id }) => [id, []]));

/** Both servers of one document; `isReady` where a create of a group is nothing to ask it. */
function pair(file, { mount, path, isReady }) {
  const more = { readyWithinMs: READY_WITHIN_MS, ...(isReady === undefined ? {} : { isReady }) };
  const own = {
    id: 'tallystick',
    name: 'tallystick, guessed',
    path: mount + path,
    mount,
    args: (port, folder) => [
      ...[CLI, 'mock', file, '--port', port, '--json', '--quiet'],
      ...['--data-dir', folder],
    ],
  };
  return [
    { ...own, ...more },
    { ...prismServer(file), path, mount: '', ...more },
  ];
}

/** What makes the document of the tests, which is written in TypeScript. */
async function maker(folder) {
  const compiler = join(
    dirname(createRequire(import.meta.url).resolve('typescript/package.json')),
    'bin/tsc',
  );
  const source = join(root, 'test/infer/large.ts');
  const options = ['--outDir', folder, '--module', 'esnext', '--target', 'es2022'];
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  execFileSync(process.execPath, [compiler, source, ...options], { cwd: folder });
  return (await import(join(folder, 'large.js'))).largeDocument;
}

async function rate(server, { warm, seconds }, { post, get }, say) {
  const child = await start(server);
  try {
    await load(child, { count: warm, patience: PATIENCE });
    const creates = await load(child, { warm: 0.3, seconds, patience: PATIENCE });
    const made = await fetch(child.url, {
      method: 'POST',
      headers: HEADERS,
      body: bodyOf(nextKey()),
    });
    const { id } = await made.json();
    const reads = await readsOf(`${child.url}/${encodeURIComponent(id)}`, seconds);
    post[server.id].push({ perSecond: creates.perSecond });
    get[server.id].push({ perSecond: reads });
    say(`  ${server.name}: ${creates.perSecond.toFixed(0)} POST/s, ${reads.toFixed(0)} GET/s`);
  } finally {
    await child.stop();
  }
}

/** Answered reads per second. Throws when one is no 200. */
async function readsOf(url, seconds) {
  const options = { url, connections: CONNECTIONS, headers: HEADERS, timeout: PATIENCE };
  await autocannon({ ...options, duration: 1 });
  const begun = performance.now();
  const { errors, non2xx, '2xx': answered } = await autocannon({ ...options, duration: seconds });
  if (errors + non2xx > 0) throw new Error(`${url}: ${errors} errors, ${non2xx} refused`);
  return answered / ((performance.now() - begun) / 1_000);
}

async function answersOf(server, document, say) {
  const child = await start(server);
  try {
    const found = await fitting(child.origin + server.mount, document);
    say(`  ${server.name}: ${found.fits} of ${found.asked} GET answers fit their schema`);
    return found;
  } finally {
    await child.stop();
  }
}

/** GitHub's own document, where its package is installed; undefined where it is not. */
async function real(plan, say) {
  const file = installed();
  if (file === undefined) return undefined;
  const isReady = async (url) => (await fetch(url, { headers: HEADERS })).status === 200;
  const servers = pair(file, { mount: '', path: '/licenses', isReady });
  const megabytes = (readFileSync(file).length / 1e6).toFixed(0);
  say(`  GitHub's document, ${megabytes} MB`);
  return starts(servers, { times: plan.starts }, say);
}

function installed() {
  for (const from of [import.meta.url, join(process.cwd(), 'package.json')]) {
    try {
      const home = dirname(createRequire(from).resolve('@octokit/openapi/package.json'));
      const file = join(home, 'generated/api.github.com.json');
      if (existsSync(file)) return file;
    } catch {
      // Not there.
    }
  }
  return undefined;
}

/** What was measured, as text. */
export function largeTables({ starts: ready, post, get, fits, circle, real: github }, plan) {
  const rows = [
    ['POST per second', post, 'perSecond'],
    ['GET per second', get, 'perSecond'],
    ...startRows('', ready),
    ...(github === undefined ? [] : startRows("GitHub's document: ", github)),
  ].map(([what, results, field]) => [what, ...numbers(results, field)]);
  const shares = Object.entries(fits).map(
    ([id, { asked, fits: good, others }]) =>
      `${id}: ${good} of ${asked} GET answers fit their schema${listed(others)}`,
  );
  const missing =
    github === undefined
      ? ["GitHub's document was not measured: npm install --no-save @octokit/openapi (385 MB)"]
      : [];
  const head = [`${plan.operations} operations, no contract`, 'tallystick', 'Prism', 'ratio'];
  const [ms, cpu, mb] = ['readyMs', 'readyCpuMs', 'mb'].map((field) => middle(circle, field));
  const round = `one circle of all schemas: tallystick is ready in ${ms} ms (CPU ${cpu} ms) with ${mb} MB`;
  return [table(head, rows), round, ...shares, ...missing].join('\n');
}

const middle = ({ tallystick }, field) => median(tallystick.map((one) => one[field])).toFixed(0);

const startRows = (of, results) => [
  [`${of}start, ms`, results, 'readyMs'],
  [`${of}start, CPU ms`, results, 'readyCpuMs'],
  [`${of}memory, MB`, results, 'mb'],
];

function numbers({ tallystick, prism }, field) {
  const [ours, theirs] = [tallystick, prism].map((all) => median(all.map((one) => one[field])));
  return [ours.toFixed(0), theirs.toFixed(0), ratio(tallystick, prism, field).median.toFixed(2)];
}

/** The first few that do not fit. */
function listed(others) {
  const shown = others.slice(0, 10).map((line) => `\n  ${line}`);
  const rest = others.length > 10 ? `\n  and ${others.length - 10} more` : '';
  return shown.join('') + rest;
}

async function main() {
  const { values } = parseArgs({ options: { short: { type: 'boolean' } } });
  if (!existsSync(CLI)) throw new Error(`${CLI} is not there: build it first, with npm run build`);
  const plan = values.short === true ? SHORT_LARGE : FULL_LARGE;
  const results = await large(plan, (line) => process.stderr.write(`${line}\n`));
  console.log(largeTables(results, plan));
}

if (process.argv[1] === import.meta.filename) {
  process.on('exit', cleanUp);
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(130));
  await main();
  process.exit(0);
}
