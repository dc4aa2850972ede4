// One thing found wrong, by any part: data, never an exception.

export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export interface Finding {
  /** A stable name of the check that found it, such as `contract/field-exists`. */
  readonly check: string;
  readonly severity: 'error' | 'warning';
  /** One sentence. */
  readonly message: string;
  readonly place?: Place;
  /** JSON Pointer to it in the file of its place. */
  readonly pointer?: string;
}

/** `contracts/flexprice.yaml:41:7 message`, the form editors turn into a link. */
export function findingLine(finding: Finding): string {
  const { place } = finding;
  return place === undefined
    ? finding.message
    : `${place.file}:${place.line}:${place.column} ${finding.message}`;
}
