/** Throws when something that cannot be is: a bug, never a guest's mistake. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`assertion failed: ${message}`)
}

/** Makes the compiler prove that a switch over a closed union is complete. */
export function unreachable(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`)
}

/** The first row of a query that always has one. */
export function one<T>(rows: readonly T[]): T {
  assert(rows[0] !== undefined, "expected one row, found none")
  return rows[0]
}
