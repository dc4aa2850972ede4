// Faults of the independent server that no check finds, and why none should: each breaks something that no
// document, rule or protocol states, or that this set of operations can't show.

import { DODOPAYMENTS } from './beyond-dodopayments.ts';

const REASONS: readonly (readonly [RegExp, string])[] = [
  ...DODOPAYMENTS,
  [
    /^(plan-(search|lists?|read|put|delete|tenant)|clone|bulk|price-(delete|lookup)|meter|customer)-|^no-auth-on-(plan-clone|price-bulk|price-lookup|customer-external)$/,
    'an operation, or what it shows, that only the service knows: its observed rules cover the main path',
  ],
  [
    /^bearer-/,
    'the second scheme is documented on plans only, and tests send the one that they are given',
  ],
  [
    /-unknown-answers-400$|^auth-missing-answers-404$|^no-auth-on-price-create$/,
    'still a 4xx, and no document states which',
  ],
  [
    /-number-accepted$|^price-amount-text-accepted$|^plan-display-order-(text|fraction)-accepted$/,
    'a lenient reader: the value is of a kind that may be read as the right one',
  ],
  [
    /^price-reprice-|^price-put-(metadata-merged|description|lost-update|key-duplicate)/,
    'changing what a price costs, or its texts, is in no document that was given',
  ],
  [
    /-search-(ignores-conditions|total-|without-pagination|lookup-key-prefix|name-(exact|prefix)-only|stale-group-filter|misses-ended|drops-newest|limit-as-text)/,
    'search beyond its documented filters (conditions, totals, parts of a name)',
  ],
  [
    /-names-unique$|-key-empty-unique$|^unknown-fields-refused$/,
    'refuses more: no document promises that this is taken',
  ],
  [/-(read|delete)-by-key$/, 'answers more: no document says that a key is no id'],
  [/-trimmed$/, 'white space at the ends of a name: no document says that it is kept'],
  [
    /^price-(onetime|package|bad-|currency|dates-)/,
    'a rule of the service that the contract does not have yet',
  ],
  [
    /^price-(amount-|tiers?-|metadata-lost|display-name-lost|description-lost|end-date-lost)/,
    'a field of a price that no given document says is shown',
  ],
  [/^price-refused-create-takes-key$/, "a price's lookup key is in no document that was given"],
  [/-group-race$/, 'a race between two operations that no sequence of requests can force'],
  [
    /^plan-(without|wrong)-/,
    'no document says that these fields are always there, or what is in them',
  ],
  [/^auth-any-key$/, 'a server may take any key as a tenant of its own; ours does'],
  [/^environments-shared$/, 'a server whose keys belong to one environment looks the same'],
  [/^errors-(without|wrapped|status-differs|same-code)/, 'the error schema requires no field'],
  [
    /^unknown-route-answers-200$|^wrong-method-answers-500$|^malformed-json-as-empty$/,
    'no operation of the document is asked',
  ],
  // Fynn
  [
    /^(customer-blank|name-empty|name-spaces|email-blank)-accepted$|^(day|month)-string-accepted$|^day-fraction-accepted$|^type-upper-case-accepted$/,
    'a lenient reader: the value may be read as the right one, or no document says that it is empty',
  ],
  [/^name-counted-in-/, 'what a character is, no document says'],
  [
    /^name-unique-across-|^group-iri-refused$|^customer-iri-refused-by-group$/,
    'refuses more: no document promises that this is taken',
  ],
  [
    /^(customer-in-group|subscriptions-plain-ids|group-shown-without-day|date-with-time|group-shown-on-get-only|group-missing-in-list)$/,
    'shows more, less or in another form than assumed; no document says',
  ],
  [
    /^day-stored-at-most-28$|^date-day-and-month-swapped$/,
    'needs a day that only some values show',
  ],
  [
    /^(group-race-loses|update-race)$/,
    'a race between two writes that no sequence of requests can force',
  ],
  [
    /^list-(default-limit|limit-50|limit-over|past-the-end|page-0|page-text|empty-last-page|without-meta|misses-custom|without-custom-fields|total-|last-page|page-total|items-per|current-page)/,
    'paging at its edges, and what is beside the entries: assumed',
  ],
  [
    /^(time-zone-|language-|country-default|subscription-name-lost|subscription-status|subscription-customer-missing|interval-lost)/,
    'a field of customers and subscriptions that no given document describes',
  ],
  [
    /^update-(loses|name|start-date|new-id|moves)/,
    'an update whose body and answer no document shows',
  ],
  [/^date-/, 'a date beyond what the descriptions of the types say'],
  [
    /^auth-(missing-answers-403|missing-but-updates|empty-bearer|basic|body)/,
    'how credentials are refused is assumed',
  ],
  [/^(violations|errors)-/, 'the shape of an error body is assumed'],
  [
    /^(html-body-refused|json-charset-refused|other-types-accepted|malformed-json-as-empty|unknown-route-500|wrong-method-(200|500)|allow-missing)$|^unknown-route-200$/,
    'other media types, routes and methods are not asked',
  ],
];

/** Why the fault is rightly not found; undefined when there is no reason. */
export function whyBeyond(fault: string): string | undefined {
  return REASONS.find(([pattern]) => pattern.test(fault))?.[1];
}

export function staleReasons(faults: readonly string[]): string[] {
  return REASONS.filter(([pattern]) => !faults.some((fault) => pattern.test(fault))).map(
    ([pattern]) => String(pattern),
  );
}
