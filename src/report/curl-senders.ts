// Who sends a request, as shell functions that print headers: credentials are read when the block runs, and are
// nowhere in its text.

import { prefixOf } from '../conformance/senders.ts';
import type { Exchange } from '../conformance/verdict.ts';
import type { Sender } from '../model/steps.ts';
import { RUN } from './provenance.ts';
import { headerPattern, shellWord, wordOf } from './shell.ts';

const OWN = `own() { printf '%s\\n' "\${TALLYSTICK_HEADER-}"; }`;
const OTHER = `other() { printf '%s\\n' "\${TALLYSTICK_OTHER_HEADER-}"; }`;
const STRANGER = 'tallystick-stranger-0000000000';
/** A made-up credential, or a header that a report hides. */
const FORGED = new RegExp(`(^\\*+|${STRANGER})$`);

/** The functions that the exchanges need, and a complaint for each variable that is not set. */
export function senders(exchanges: readonly Exchange[], seed: number): string[] {
  const by = (sender: Sender | undefined) => exchanges.find((exchange) => exchange.by === sender);
  const elsewhere = by('elsewhere');
  const nobody = by('nobody');
  const stranger = by('stranger');
  const needsOwn = exchanges.some((exchange) => exchange.by !== 'other');
  const hasOwn = exchanges.some(
    (exchange) => exchange.by === undefined && namesIn(exchange).length > 0,
  );
  return [
    ...(hasOwn ? [wanted('TALLYSTICK_HEADER', 'the credential')] : []),
    ...(by('other')
      ? [wanted('TALLYSTICK_OTHER_HEADER', 'the credential of a second tenant')]
      : []),
    ...(needsOwn ? [OWN] : []),
    ...(by('other') ? [OTHER] : []),
    ...(elsewhere ? [elsewhereOf(elsewhere, by(undefined), seed)] : []),
    ...(nobody ? [`nobody() { ${kept(namesIn(nobody))}; }`] : []),
    ...(stranger ? [strangerOf(stranger)] : []),
  ];
}

/** The function that prints the sender's headers. */
export function senderName(by: Sender | undefined): string {
  return by ?? 'own';
}

function wanted(name: string, what: string): string {
  return `: "\${${name}:?must hold ${what}, as name: value}"`;
}

/** The first caller with an environment that nobody used before. */
function elsewhereOf(exchange: Exchange, own: Exchange | undefined, seed: number): string {
  const { headers } = exchange.request;
  const end = prefixOf(seed);
  const known = own === undefined ? [] : namesIn(own);
  const name =
    namesIn(exchange).find((item) => headers[item]?.endsWith(end)) ??
    namesIn(exchange).find((item) => !known.includes(item));
  if (name === undefined) return 'elsewhere() { own; }';
  const header = wordOf([`${name}: env-ts-`, RUN]);
  return `elsewhere() { own | sed ${shellWord(`${headerPattern(name)}d`)}; printf '%s\\n' ${header}; }`;
}

/** The first caller with credentials that nobody holds, of the same form. */
function strangerOf(exchange: Exchange): string {
  const { headers } = exchange.request;
  const edits = namesIn(exchange)
    .filter((name) => FORGED.test(headers[name] ?? ''))
    .map((name) => {
      const made = `s/\\(:[[:space:]]*\\([A-Za-z]*[[:space:]]\\{1,\\}\\)\\{0,1\\}\\)[^[:space:]].*/\\1${STRANGER}/`;
      return `-e ${shellWord(headerPattern(name) + made)}`;
    });
  return edits.length === 0
    ? 'stranger() { own; }'
    : `stranger() { own | sed ${edits.join(' ')}; }`;
}

/** Prints the first caller's headers of those names. */
function kept(names: readonly string[]): string {
  if (names.length === 0) return ':';
  return `own | sed -n ${names.map((name) => `-e ${shellWord(`${headerPattern(name)}p`)}`).join(' ')}`;
}

function namesIn({ request }: Exchange): string[] {
  return Object.keys(request.headers).filter((name) => name !== 'content-type');
}
