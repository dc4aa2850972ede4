// Why a request is refused: one field, one reason, and the rule that says so.

export interface Fault {
  /** The field at fault, dotted (`tiers[0].up_to`); '' when the request as a whole is. */
  readonly field: string;
  /** One sentence for the caller. */
  readonly says: string;
  /** A short word for machines: the schema keyword, or the kind of the rule. */
  readonly code: string;
  /** The contract's rule; absent when the spec alone refuses. */
  readonly rule?: string;
}
