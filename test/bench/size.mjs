// What each operation costs in a tenant with few prices and in one with many, in one process: only the
// ratio says something. Called by run.mjs, and alone after a build: `node test/bench/size.mjs`, with `--short`
// to see that it works, and `--door process` or `--door port` for one of the two ways.

import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { cleanUp } from './child.mjs';
import { table } from './report.mjs';
import { CLI } from './servers.mjs';
import { inProcessDoor, portDoor } from './size-doors.mjs';
import { DELETE, DELETE_PART, fill, fillForDelete, OPERATIONS } from './size-operations.mjs';
import { median } from './sums.mjs';

export const FULL_SIZE = {
  few: 1_000,
  many: 100_000,
  doomed: 10_000,
  rounds: 5,
  times: 60,
  deletes: 3,
};
export const SHORT_SIZE = {
  few: 1_000,
  many: 10_000,
  doomed: 1_000,
  rounds: 2,
  times: 20,
  deletes: 1,
};

/** By more than this a cost has grown with a hundred times the records: noise and colder memory do less. */
const GROWN = 2;

const DOORS = { process: inProcessDoor, port: portDoor };

/** `[{ door, rows: [{ name, few, many, grows, why }] }]`; few and many are `{ micros, cpuMicros }`. */
export async function sizes(plan, say, doors = Object.keys(DOORS)) {
  const results = [];
  for (const name of doors) {
    const door = await DOORS[name]();
    say(`  ${door.name}`);
    try {
      const rows = await operations(door, plan, say);
      results.push({ door: door.name, rows: [...rows, ...(await deletes(door, plan, say))] });
    } finally {
      await door.close();
    }
  }
  return results;
}

async function operations(door, { few, many, rounds, times }, say) {
  const small = await fill(door, 'few', few);
  const large = await fill(door, 'many', many);
  await door.rest();
  const rows = [];
  for (const operation of OPERATIONS) {
    const got = { few: [], many: [] };
    await repeat(door, operation, small, times * 5);
    for (let round = 0; round < rounds; round++) {
      got.few.push(await repeat(door, operation, small, times));
      got.many.push(await repeat(door, operation, large, times));
    }
    const { name, grows, why } = operation;
    rows.push(told({ name, grows, why, few: middle(got.few), many: middle(got.many) }, say));
  }
  return rows;
}

/** Groups of one size in tenants of two sizes; and, in the last row, of two sizes in one tenant. */
async function deletes(door, { few, many, doomed, deletes: count }, say) {
  const part = doomed / 10;
  const sizesOf = (size) => Array.from({ length: count }, () => size);
  const small = [];
  // One more than is measured, for the first is slower than any other.
  for (let i = 0; i <= count; i++) {
    small.push(await fillForDelete(door, `few-${i}`, few, [doomed]));
  }
  const both = [...sizesOf(doomed), ...sizesOf(part)];
  const loose = many - both.reduce((sum, size) => sum + size, 0);
  const large = await fillForDelete(door, 'many-doomed', Math.max(0, loose), both);
  const warm = small.pop();
  await remove(door, warm.name, warm.doomed[0]);
  const got = { few: [], many: [], part: [] };
  for (let i = 0; i < count; i++) {
    got.few.push(await remove(door, small[i].name, small[i].doomed[0]));
    got.many.push(await remove(door, large.name, large.doomed[i]));
    got.part.push(await remove(door, large.name, large.doomed[count + i]));
  }
  const [some, whole] = [middle(got.few), middle(got.many)];
  return [
    told({ ...DELETE, name: `delete a group of ${doomed} prices`, few: some, many: whole }, say),
    told(
      { ...DELETE_PART, name: DELETE_PART.of(part, doomed), few: middle(got.part), many: whole },
      say,
    ),
  ];
}

async function remove(door, tenant, group) {
  await door.rest();
  const [method, path] = DELETE.request(group);
  return timed(door, 1, () => door.send(tenant, method, path)).then(({ answers, ...cost }) => {
    if (answers[0].status >= 300) throw new Error(`${path} answers ${answers[0].status}`);
    return cost;
  });
}

/** What one of so many requests costs: the median of their times, the mean of their processor time. */
async function repeat(door, { name, request, found = () => true }, tenant, times) {
  const { answers, ...cost } = await timed(door, times, (i) =>
    door.send(tenant.name, ...request(tenant, i)),
  );
  for (const { status, body } of answers) {
    if (status >= 300 || !found(body)) {
      throw new Error(`${name}: ${status} ${JSON.stringify(body).slice(0, 300)}`);
    }
  }
  return cost;
}

async function timed(door, times, send) {
  const answers = [];
  const each = [];
  const cpu = door.cpuMicros();
  for (let i = 0; i < times; i++) {
    const begun = performance.now();
    answers.push(await send(i));
    each.push((performance.now() - begun) * 1_000);
  }
  return { micros: median(each), cpuMicros: (door.cpuMicros() - cpu) / times, answers };
}

const middle = (all) => ({
  micros: median(all.map(({ micros }) => micros)),
  cpuMicros: median(all.map(({ cpuMicros }) => cpuMicros)),
});

const ratioOf = ({ few, many }, field) => many[field] / few[field];

function told(row, say) {
  const [few, many] = [row.few, row.many].map(({ micros }) => micros.toFixed(0));
  say(`    ${row.name}: ${few} us and ${many} us`);
  return row;
}

/** One table for each door, and why each row is as it is. */
export function sizeTables(results, { few, many }) {
  const head = ['', `us at ${few}`, `us at ${many}`, 'ratio', 'CPU us', 'CPU us', 'ratio', 'grows'];
  const tablesOf = results.map(({ door, rows }) => `${door}\n\n${table(head, rows.map(cells))}`);
  const reasons = (results[0]?.rows ?? []).map(({ name, why }) => `  ${name}: ${why}`);
  return [...tablesOf, reasons.join('\n')].join('\n\n');
}

function cells(row) {
  const grown = ratioOf(row, 'micros') > GROWN;
  const numbers = ['micros', 'cpuMicros'].flatMap((field) => [
    row.few[field].toFixed(0),
    row.many[field].toFixed(0),
    ratioOf(row, field).toFixed(2),
  ]);
  return [row.name, ...numbers, `${grown ? 'yes' : 'no'}${grown === row.grows ? '' : ' (!)'}`];
}

async function main() {
  const { values } = parseArgs({
    options: { short: { type: 'boolean' }, door: { type: 'string', multiple: true } },
  });
  const strange = values.door?.find((name) => !Object.hasOwn(DOORS, name));
  if (strange !== undefined)
    throw new Error(`no door ${strange}, only ${Object.keys(DOORS).join(', ')}`);
  if (!existsSync(CLI)) throw new Error(`${CLI} is not there: build it first, with npm run build`);
  const plan = values.short === true ? SHORT_SIZE : FULL_SIZE;
  const say = (line) => process.stderr.write(`${line}\n`);
  const results = await sizes(plan, say, values.door);
  console.log(sizeTables(results, plan));
}

if (process.argv[1] === import.meta.filename) {
  process.on('exit', cleanUp);
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(130));
  await main();
  process.exit(0);
}
