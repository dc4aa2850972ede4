// Names and value sets that the documents fix.

export const ROUTE_NAMES = [
  'create-collection',
  'list-collections',
  'get-collection',
  'patch-collection',
  'archive-collection',
  'unarchive-collection',
  'collection-images',
  'add-group',
  'patch-group',
  'delete-group',
  'add-items',
  'patch-item',
  'delete-item',
  'create-product',
  'list-products',
  'get-product',
  'patch-product',
  'archive-product',
  'unarchive-product',
  'create-meter',
  'list-meters',
  'get-meter',
  'create-credit',
  'list-credits',
  'get-credit',
  'create-addon',
  'list-addons',
  'get-addon',
] as const;

const EFFECTIVE = ['immediately', 'next_billing_date'];
const PRORATION = [
  'prorated_immediately',
  'full_immediately',
  'difference_immediately',
  'do_not_bill',
];

// The five plan-change defaults of a collection.
export const PLAN_FIELDS: { [field: string]: readonly string[] } = {
  effective_at_on_upgrade: EFFECTIVE,
  effective_at_on_downgrade: EFFECTIVE,
  proration_billing_mode_on_upgrade: PRORATION,
  proration_billing_mode_on_downgrade: PRORATION,
  on_payment_failure: ['prevent_change', 'apply_change'],
};

export const ROW_REQUIRED = [
  'id',
  'product_id',
  'status',
  'is_recurring',
  'license_key_enabled',
  'meters_count',
  'files_count',
  'addons_count',
  'has_credit_entitlements',
] as const;

export const ROW_LIVE = [
  'name',
  'description',
  'currency',
  'price',
  'price_detail',
  'tax_category',
  'tax_inclusive',
  'license_key_enabled',
  'meters_count',
  'addons_count',
  'has_credit_entitlements',
] as const;

export const TAX_CATEGORIES = ['digital_products', 'saas', 'e_book', 'edtech'];
export const INTERVALS = ['Day', 'Week', 'Month', 'Year'];

export const CURRENCIES = (
  'AED ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BWP BYN BZD ' +
  'CAD CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ETB EUR FJD FKP GBP GEL GHS GIP GMD ' +
  'GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IQD JMD JOD JPY KES KGS KHR KMF KRW KWD KYD KZT ' +
  'LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO ' +
  'NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SEK SGD SHP SLE ' +
  'SLL SOS SRD SSP STN SVC SZL THB TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST ' +
  'XAF XCD XOF XPF YER ZAR ZMW'
).split(' ');
