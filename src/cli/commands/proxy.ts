// `tallystick proxy`: passes the traffic of an API through, and judges it by the document and the contract.

import { Command, Option } from 'commander';
import { type Report, type Result, summarize } from '../../conformance/verdict.ts';
import { UnreachableError } from '../../model/usage-error.ts';
import { type RunningProxy, startProxy } from '../../proxy/start.ts';
import { hiding } from '../../report/redact.ts';
import { makeLog } from '../../server/log.ts';
import { EXIT } from '../exit.ts';
import { contractOf, type ProxyChoices, type ProxyFlags, proxyOptions } from '../proxy-options.ts';
import { reportFlags } from '../report-options.ts';
import { startReporting } from '../reporting.ts';

const EXAMPLES = `
Examples:
  tallystick proxy flexprice --target https://staging.example.test/v1
                                             point your client at http://127.0.0.1:4621 and use it; Ctrl-C ends it
  tallystick proxy openapi.yaml --target http://127.0.0.1:8080
                                             schemas and statuses alone, of any OpenAPI document
  tallystick proxy flexprice --target URL --header env:STAGING_HEADER --port 0
                                             the client needs no credential of its own
  tallystick proxy flexprice --target URL --reporter list --reporter junit=traffic.xml
  tallystick proxy flexprice --target URL --errors
                                             what breaks the contract becomes an error

Everything goes through as it is. A line for each request stands on stderr, the report on stdout at the end.
Exit codes: 0 nothing was broken, 1 violations, 2 bad usage, 3 the target never answered.`;

/** The command; its action throws UsageError for mistakes and sets the exit code otherwise. */
export function proxyCommand(): Command {
  const collect = (value: string, earlier: string[] = []) => [...earlier, value];
  const command = new Command('proxy')
    .description('pass requests on to a server, and judge all that goes by')
    .argument('<api>', 'name of a bundled API, a contract file, or an OpenAPI document')
    .addOption(
      new Option('--target <url>', 'base URL of the server; its path stays before all paths').env(
        'TALLYSTICK_TARGET',
      ),
    )
    .addOption(new Option('-p, --port <number>', 'port; 0 picks a free one').default('4621'))
    .addOption(new Option('--host <address>', 'address to listen on').default('127.0.0.1'))
    .addOption(
      new Option(
        '--header <header>',
        "'name: value', or env:NAME that holds one, sent with every request; repeatable",
      ).argParser(collect),
    )
    .addOption(
      new Option(
        '--basis <list>',
        'which rules count: documented, protocol, observed, assumed',
      ).default('documented,protocol'),
    )
    .addOption(
      new Option(
        '--errors',
        'refuse requests that break the document, and answers that break the contract',
      ),
    )
    .addOption(
      new Option('--settle <ms>', 'how long an answer may lag behind a deletion').default('2000'),
    )
    .addOption(
      new Option('--timeout <ms>', 'how long the target may take to begin its answer').default(
        '30000',
      ),
    )
    .addOption(new Option('--ca <file>', 'certificates to trust beside the usual ones'))
    .addOption(new Option('--quiet', 'no request lines'));
  for (const option of reportFlags()) command.addOption(option);
  return command.addHelpText('after', EXAMPLES).action(action);
}

async function action(api: string, flags: ProxyFlags): Promise<void> {
  const options = proxyOptions(flags);
  const contract = await contractOf(api);
  const known: Record<string, string>[] = [options.headers];
  let hide = hiding(...known);
  const reporting = startReporting({ ...options, hide: (text) => hide(text), isWhole: false });
  const log = makeLog({ quiet: options.quiet, out: process.stderr });
  const proxy = await startProxy({
    contract,
    ...options,
    secret: (secrets) => {
      known.push(secrets);
      hide = hiding(...known);
    },
    told: (method, path, { status, broken, isKnown, failure }, ms) => {
      const note =
        broken.map(({ id }) => id).join(', ') || (isKnown ? failure : 'not in the document');
      log.request(method, hide(path), status, ms, note === undefined ? undefined : hide(note));
      for (const { id, reason } of broken) log.say(hide(`  ${id}: ${reason}`));
    },
  });
  process.stderr.write(`${contract.api}: ${proxy.url} -> ${options.target}\n`);
  await stopped();
  await proxy.close();
  log.flush();
  process.exitCode = ended(proxy, options, reporting);
}

function ended(
  proxy: RunningProxy,
  { target }: ProxyChoices,
  reporting: ReturnType<typeof startReporting>,
): number {
  const report = shortened(proxy.report());
  report.results.forEach((result, i, all) => {
    reporting.progress(result, i + 1, all.length);
  });
  const code = reporting.end(report);
  const { answered, failed } = proxy.reached;
  if (answered === 0 && failed > 0) throw new UnreachableError(`${target} never answered`);
  // Nobody asked for all of the rules: what did not come by is no shortcoming.
  return code === EXIT.notConclusive ? EXIT.clean : code;
}

/** Without what did not come by, of which there may be a thousand operations. */
function shortened(report: Report): Report {
  const isJudged = ({ verdict }: Result) => verdict !== 'notExercised';
  const results = report.results.filter(isJudged);
  return { ...report, results, summary: summarize(results) };
}

/** Waits for SIGINT or SIGTERM; a second one stops at once. */
async function stopped(): Promise<void> {
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        process.once(signal, () => process.exit(EXIT.interrupted));
        resolve();
      });
    }
  });
}
