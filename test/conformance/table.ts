// What the long measure found out about each fault of the independent server.

export interface Killed {
  readonly fault: string;
  /** The rules whose checks found it, the first one first. */
  readonly by: readonly string[];
  /** Found by what is documented, only with `--basis documented,protocol,observed,assumed`, or by nothing. */
  readonly basis: 'default' | 'wider' | 'none';
}
