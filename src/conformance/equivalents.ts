// Mutants that no client could ever tell from the original, each with the reason. A mutant that is killed
// after all, or that no longer exists, makes a test fail: this list can't rot.

export const equivalents: Readonly<Record<string, string>> = {};
