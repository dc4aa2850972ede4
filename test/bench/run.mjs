// `npm run bench`: tallystick against what it could be replaced by, all in one run on one machine.
// `--short` only shows that the bench works; `--json FILE` keeps every single measurement.

import { existsSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { cleanUp } from './child.mjs';
import { growth } from './growth.mjs';
import { FULL_LARGE, large, largeTables, SHORT_LARGE } from './large.mjs';
import { CONNECTIONS } from './load.mjs';
import { claims, tables } from './report.mjs';
import { CLI, SERVERS, serverOf } from './servers.mjs';
import { FULL_SIZE, SHORT_SIZE, sizes, sizeTables } from './size.mjs';
import { starts } from './starts.mjs';
import { throughput } from './throughput.mjs';

const FULL = {
  throughput: { rounds: 7, warm: 12_000, seconds: 2.5 },
  starts: { times: 5 },
  growth: {
    rounds: 3,
    warm: 20_000,
    few: 1_000,
    many: 100_000,
    bursts: 4,
    burst: 2_000,
    part: 10_000,
  },
  size: FULL_SIZE,
  large: FULL_LARGE,
  withinMinutes: 30,
};
const SHORT = {
  throughput: { rounds: 1, warm: 2_000, seconds: 1 },
  starts: { times: 1 },
  growth: {
    rounds: 1,
    warm: 5_000,
    few: 1_000,
    many: 10_000,
    bursts: 2,
    burst: 1_000,
    part: 1_000,
  },
  size: SHORT_SIZE,
  large: SHORT_LARGE,
  withinMinutes: 6,
};

const say = (line) => process.stderr.write(`${line}\n`);

/** Ends at once, and leaves nothing running. */
function end(code, why) {
  if (why !== undefined) say(why instanceof Error ? why.stack : why);
  cleanUp();
  process.exit(code);
}

async function measure(plan) {
  const pair = [serverOf('tallystick'), serverOf('prism')];
  say('creates per second');
  const rates = await throughput(SERVERS, plan.throughput, say);
  say('start time and memory');
  const ready = await starts(pair, plan.starts, say);
  say('few records and many');
  const { few, many, part } = plan.growth;
  const grown = await growth(serverOf('tallystick'), plan.growth, say);
  say('each operation in a small and in a large tenant');
  const sized = await sizes(plan.size, say);
  say('a large document without a contract');
  const guessed = await large(plan.large, say);
  const growths = { few, many, part, ...grown };
  return { throughput: rates, starts: ready, growth: growths, size: sized, large: guessed };
}

async function main() {
  const { values } = parseArgs({
    options: { short: { type: 'boolean' }, json: { type: 'string' } },
  });
  if (!existsSync(CLI)) end(2, `${CLI} is not there: build it first, with npm run build`);
  const plan = values.short === true ? SHORT : FULL;
  const late = `the bench took more than ${plan.withinMinutes} minutes`;
  setTimeout(() => end(1, late), plan.withinMinutes * 60_000).unref();
  const machine = `${cpus()[0]?.model}, ${availableParallelism()} processors, Node ${process.version}`;
  const { rounds, warm, seconds } = plan.throughput;
  const results = await measure(plan);
  const made = claims(results);
  console.log(machine);
  console.log(
    `${rounds} interleaved rounds of ${seconds} s after ${warm} creates to warm up, ${CONNECTIONS} connections, medians`,
  );
  console.log(`\n${tables(SERVERS, results, made)}\n\n${sizeTables(results.size, plan.size)}`);
  console.log(`\n${largeTables(results.large, plan.large)}`);
  if (values.json !== undefined) {
    const all = { version: 1, at: new Date().toISOString(), machine, plan, claims: made, results };
    writeFileSync(values.json, `${JSON.stringify(all, null, 2)}\n`);
  }
}

for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
]) {
  process.on(signal, () => end(code, `stopped by ${signal}`));
}
process.on('exit', cleanUp);

main().then(
  () => end(0),
  (error) => end(1, error),
);
