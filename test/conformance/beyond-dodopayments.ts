// Faults of the independent Dodo Payments that no check finds, and why none should.

export const DODOPAYMENTS: readonly (readonly [RegExp, string])[] = [
  [
    /-null-(keeps|refused|is-false|is-empty)$|-absent-clears$|^item-status-(optional|toggles)$/,
    'what null or an absent field does to this field of an update is assumed',
  ],
  [
    /-value-lost$|-lost-on-create$|-not-kept$/,
    'that this field is kept is assumed, or answers need not show it',
  ],
  [/-unchecked$/, 'no given document lists the values that this field may have'],
  [
    /^archived-accepts-collection-images$|^images-|^unarchive-|^archive-disables-/,
    'what these operations do beside their purpose is in no document',
  ],
  [
    /^updated-at-ignores-|^read-touches$/,
    'no document says that a change of a part moves the time of the whole',
  ],
  [/^summary-/, 'the count and the texts of a summary are assumed'],
  [
    /-half-done$|-refused-takes-products$|^names-twice-refused-but-stored$|^archived-refused-but-done$/,
    'what a refused request leaves inside a collection is only looked at by the rules that refuse it',
  ],
  [/-reversed$/, 'no document says in which order parts are stored that no order was given for'],
  [/^code-|^auth-code-wrong$/, 'no given document says which code a refusal has'],
  [
    /^row-(currency|price|price-detail|tax-category|tax-inclusive|license-key-enabled|meters-count|addons-count|has-credit-entitlements)-frozen$/,
    'rows are asked again after a change of the name and the description only',
  ],
  [
    /^row-(name|description|price|price-detail|tax-inclusive)-null$|^row-(credits|license)-never$|^row-(currency-usd|tax-category-saas)$/,
    'the schema lets these be null or says nothing of where they come from',
  ],
  [/^rows?-(of|status)-/, 'what an archived product does to its row is in no document'],
  [/^race-/, 'a race between two different requests, which no check sends at once'],
  [
    /^names-(empty|case|blanks|of-disabled)|^group-name-(trimmed|empty-for-null)$/,
    'when two names are one name, no document says',
  ],
  [
    /^once-(disabled|by-name|not-freed|not-within|not-across-groups)/,
    'a product twice in one collection, or freed by a switch: no document says',
  ],
  [/^last-/, 'which rows count for the last product of a collection is assumed'],
  [
    /^group-(status-false-disables-rows|patch-disables-rows|status-patch)|^item-patch-changes-group$/,
    'what a status does to others is in no document',
  ],
  [
    /-of-other-(collection|group)-accepted$|^item-by-product-id$|^product-order-takes-product-ids$/,
    'a lenient reader of ids: no document refuses them',
  ],
  [
    /^ppu-(plus|rounded)|^meter-of-price-.*-untyped$|^(threshold|meters?|credits?)-.*-(accepted|refused|reversed)$|^price-and-credit-refused$/,
    'a limit or a form of a meter of a price that no given document states',
  ],
  [
    /^product-listed-without-|^metadata-untyped$|^addons-first-only$|^credits-(patch-adds|empty-keeps)$/,
    'a field of products that the given documents do not describe',
  ],
  [/^product-archive-/, 'what archiving a product does to what holds it is in no document'],
  [
    /^(aggregation-type-optional|add-items-answers-first-only|items-products-optional|price-type-missing-accepted|price-patch-keeps-type-fields|price-rounded|recurring-never)$/,
    'the answer or the body of this operation is assumed',
  ],
  [
    /^delete-(group|item)-|^once-not-across-collections-on-group$/,
    'what a delete does to rows elsewhere is not looked at',
  ],
  [
    /^ppu-(empty|exponent|ends|starts|comma|blanks)/,
    'a lenient reader of numbers: no document says that these are none',
  ],
  [
    /^open-create-collection$|^leak-(unarchive|collection-images|add-items|patch|reference-meter-credit)|^auth-|^keys-/,
    'what a key or its lack means here is assumed, or nothing of the owner is shown or changed',
  ],
  [
    /^(malformed|array-body)-as-empty$|^charset-refused$|^(boolean|integer)-.*-accepted$|^int32-overflow-accepted$|^error-code-lower-case$|^void-typed-as-json$/,
    'a lenient reader, or a form of the answer that no document states',
  ],
  [
    /^list-misses-oldest$|-archived-false-shows-archived$|^recurring-(absent|leaves-out)/,
    'the very first record, and what a filter does that is false or not sent, is not asked',
  ],
  [/^list-(default|size-unlimited|past-end|bad-numbers|empty)/, 'paging at its edges is assumed'],
  [
    /^list-size-at-most-50$/,
    'a default run makes fewer than fifty records before it reads their list',
  ],
  [/-ids-not-uuids$/, 'what an id looks like is only seen in examples'],
];
