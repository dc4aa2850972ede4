// Options that may hold one value or several.

/** The values of an option that may be one or several. */
export function each<T>(value: T | readonly T[] | undefined): readonly T[] {
  if (value === undefined) return [];
  return (Array.isArray(value) ? value : [value]) as readonly T[];
}
