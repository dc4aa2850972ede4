// All that was measured -> what the bench claims (each ratio with its aim) and the tables that people read.

import { median, ratio, summary } from './sums.mjs';

/** How far a cost may differ from itself when nothing grew: what bursts of one size differ by. */
const NO_GROWTH = 1.2;

/** Each claim of the issue: `{ what, is, aim, met }`, and the ratios of each round. */
export function claims({ throughput, starts, growth }) {
  const ours = throughput.tallystick;
  const bestOf = (id) => summary(throughput[id], 'perSecond').most;
  const startsOf = (id) => summary(starts[id], 'readyMs').least;
  const creates = (what, theirs, aim) => {
    const got = ratio(ours, throughput[theirs], 'perSecond');
    const cpu = ratio(throughput[theirs], ours, 'cpuMicros').median;
    const told = aim === undefined ? '' : `>= ${aim}`;
    const best = bestOf('tallystick') / bestOf(theirs);
    return {
      what,
      ...got,
      cpu,
      best,
      aim: told,
      met: aim === undefined ? null : got.median >= aim,
    };
  };
  const startTime = {
    ...ratio(starts.tallystick, starts.prism, 'readyMs'),
    cpu: ratio(starts.tallystick, starts.prism, 'readyCpuMs').median,
    best: startsOf('tallystick') / startsOf('prism'),
  };
  const memory = ratio(starts.tallystick, starts.prism, 'mb');
  const cost = (field) => median(growth.large.map((burst) => burst[field]));
  const before = (field) => median(growth.small.map((burst) => burst[field]));
  const grown = before('perSecond') / cost('perSecond');
  const grownCpu = cost('cpuMicros') / before('cpuMicros');
  return [
    creates('creates/s against Express 5 + ajv + Map', 'express', 2),
    creates('... with the same prototype trick', 'express-proto'),
    creates('creates/s against Prism', 'prism', 5),
    creates('creates/s against raw node:http', 'raw', 0.4),
    { what: 'start time against Prism', ...startTime, aim: '<= 0.5', met: startTime.median <= 0.5 },
    { what: 'memory at start against Prism', ...memory, aim: '', met: null },
    {
      what: `CPU per create, ${growth.many} against ${growth.few} records`,
      median: grownCpu,
      aim: `<= ${NO_GROWTH}`,
      met: grownCpu <= NO_GROWTH,
    },
    { what: '... and time, other work on the machine included', median: grown, aim: '', met: null },
  ];
}

/** What the columns are that do not speak for themselves. */
const LEGEND = `ratio: median of the rounds' own ratios; least, most: theirs. of the best: of the best round of each,
which other work on the machine disturbs least. by CPU: by processor time, the server's own.`;

/** The tables, as text. */
export function tables(servers, results, made) {
  const { throughput, starts, growth } = results;
  const named = (ids) => servers.filter(({ id }) => ids[id] !== undefined);
  return [
    table(
      ['creates, 32 connections', 'req/s', 'least', 'most', 'CPU us each', 'CPU used', 'peak MB'],
      named(throughput).map(({ id, name }) => {
        const { median: middle, least, most } = summary(throughput[id], 'perSecond');
        const rest = ['cpuMicros', 'busy', 'peakMb'].map((f) => summary(throughput[id], f).median);
        const [cpu, busy, peak] = rest;
        const used = `${round(busy * 100)} %`;
        return [name, round(middle), round(least), round(most), cpu.toFixed(1), used, round(peak)];
      }),
    ),
    table(
      ['start', 'ready ms', 'least', 'most', 'CPU ms', 'MB'],
      named(starts).map(({ id, name }) => {
        const { median: middle, least, most } = summary(starts[id], 'readyMs');
        const [cpu, mb] = ['readyCpuMs', 'mb'].map((f) => summary(starts[id], f).median);
        return [name, round(middle), round(least), round(most), round(cpu), round(mb)];
      }),
    ),
    table(
      ['tallystick, one tenant', 'req/s', 'least', 'most', 'CPU us each'],
      [
        [`bursts at ${growth.few} records`, growth.small],
        [`bursts at ${growth.many} records`, growth.large],
      ].map(([name, bursts]) => {
        const { median: middle, least, most } = summary(bursts, 'perSecond');
        const cpu = summary(bursts, 'cpuMicros').median.toFixed(1);
        return [name, round(middle), round(least), round(most), cpu];
      }),
    ),
    `filling from ${growth.few} to ${growth.many} records, snapshot rewrites included, req/s of each ${growth.part}:\n` +
      growth.filling.map((parts) => `  ${parts.map((rate) => round(rate)).join(' ')}`).join('\n'),
    table(
      ['claim', 'ratio', 'least', 'most', 'of the best', 'by CPU', 'aim', ''],
      made.map(({ what, median: middle, least, most, best, cpu, aim, met }) => [
        what,
        ...[middle, least, most, best, cpu].map((x) => (x === undefined ? '' : x.toFixed(2))),
        aim,
        met === null ? '' : met ? 'met' : 'MISSED',
      ]),
    ),
    LEGEND,
  ].join('\n\n');
}

const round = (value) => String(Math.round(value));

/** Columns under their heads, the first one to the left. */
export function table(head, rows) {
  const widths = head.map((_, i) => Math.max(...[head, ...rows].map((row) => row[i].length)));
  const line = (row) =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join('  ');
  return [head, widths.map((width) => '-'.repeat(width)), ...rows].map(line).join('\n');
}
