/** The refusals of Postgres that commands tell apart, by SQLSTATE. */
export const SQL_STATE = {
  foreignKeyViolation: "23503",
  uniqueViolation: "23505",
  checkViolation: "23514",
  serializationFailure: "40001",
  deadlockDetected: "40P01",
  undefinedTable: "42P01",
  objectInUse: "55006",
  diskFull: "53100",
  queryCanceled: "57014",
} as const

const fiveCharacters = /^[0-9A-Z]{5}$/

/**
 * The SQLSTATE behind an error, or undefined when Postgres did not refuse (a lost connection, a bug).
 * Drizzle wraps what the driver threw, so the chain of causes is followed.
 */
export function sqlState(error: unknown): string | undefined {
  return postgresError(error)?.code
}

/** The name of the constraint that refused, so that two unique indexes of one table can be told apart. */
export function violatedConstraint(error: unknown): string | undefined {
  return postgresError(error)?.constraint
}

// `severity` is what only Postgres sends: Node's own errors also have five-letter codes (EPIPE).
function postgresError(error: unknown): { code: string; constraint?: string } | undefined {
  for (let link = error, depth = 0; link instanceof Error && depth < 10; link = link.cause, depth++) {
    if (!("severity" in link) || !("code" in link)) continue
    if (typeof link.code !== "string" || !fiveCharacters.test(link.code)) continue
    const constraint = "constraint" in link && typeof link.constraint === "string" ? link.constraint : undefined
    return constraint === undefined ? { code: link.code } : { code: link.code, constraint }
  }
  return undefined
}
