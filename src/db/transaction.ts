import type { Logger } from "drizzle-orm/logger"
import type { PgTransactionConfig } from "drizzle-orm/pg-core"
import { sqlState } from "./sql-state"

/** Postgres answered `commit` with a rollback: a statement had failed and its error was swallowed. Nothing was written. */
export class TransactionNotCommitted extends Error {
  override readonly name = "TransactionNotCommitted"
}

/** The connection was lost while committing: the writes may or may not have happened. Read before trying again. */
export class CommitOutcomeUnknown extends Error {
  override readonly name = "CommitOutcomeUnknown"
}

/** Server-side limits of one transaction, in ms. */
export type TransactionLimits = { statementTimeoutMs: number; idleInTransactionTimeoutMs: number }

type Client = {
  query(statement: string): Promise<{ command: string }>
  release(destroy?: boolean): void
}

type Frame = { limits: TransactionLimits; logger: Logger; config: PgTransactionConfig | undefined }

/**
 * Runs `run` in a transaction on a connection of its own.
 * Drizzle's own loop is not used because it keeps the connection for ever when `begin` fails, replaces the true error
 * by that of a failed rollback, and takes a commit answered with ROLLBACK for a success.
 */
export async function inTransaction<C extends Client, X, T>(
  connect: () => Promise<C>,
  frame: Frame,
  run: (tx: X) => Promise<T>,
  transactionOn: (client: C) => X,
): Promise<T> {
  const client = await connect()
  let usable = false
  try {
    await send(client, frame.logger, "begin", beginStatement(frame))
    const outcome = await settle(run, transactionOn(client))
    if (outcome.failed) {
      usable = await rollback(client, frame.logger)
      throw outcome.error
    }
    // A commit that Postgres refused leaves a healthy connection; one that was not answered does not.
    usable = true
    await commit(client, frame.logger)
    return outcome.value
  } catch (error) {
    if (error instanceof CommitOutcomeUnknown) usable = false
    throw error
  } finally {
    client.release(!usable)
  }
}

type Outcome<T> = { failed: false; value: T } | { failed: true; error: unknown }

async function settle<X, T>(run: (tx: X) => Promise<T>, tx: X): Promise<Outcome<T>> {
  try {
    return { failed: false, value: await run(tx) }
  } catch (error) {
    return { failed: true, error }
  }
}

// One message, one round trip: the limits arrive with `begin` and leave with the transaction.
function beginStatement({ limits, config }: Frame): string {
  return [
    `begin${modes(config)}`,
    `set local statement_timeout = ${Math.trunc(limits.statementTimeoutMs)}`,
    `set local idle_in_transaction_session_timeout = ${Math.trunc(limits.idleInTransactionTimeoutMs)}`,
  ].join("; ")
}

function modes(config: PgTransactionConfig | undefined): string {
  const chosen: string[] = []
  if (config?.isolationLevel) chosen.push(`isolation level ${config.isolationLevel}`)
  if (config?.accessMode) chosen.push(config.accessMode)
  if (config?.deferrable !== undefined) chosen.push(config.deferrable ? "deferrable" : "not deferrable")
  return chosen.map((mode) => ` ${mode}`).join(",")
}

async function commit(client: Client, logger: Logger): Promise<void> {
  const answer = await send(client, logger, "commit", "commit").catch((error: unknown) => {
    if (refusedByPostgres(error)) throw error
    throw new CommitOutcomeUnknown("the connection was lost while committing", { cause: error })
  })
  if (answer.command !== "COMMIT") {
    throw new TransactionNotCommitted("a failed statement was ignored, so Postgres rolled the transaction back")
  }
}

// Class 08 and 57P: the server went away, perhaps after it had committed. Any other SQLSTATE is a definite no.
function refusedByPostgres(error: unknown): boolean {
  const state = sqlState(error)
  return state !== undefined && !state.startsWith("08") && !state.startsWith("57P")
}

// Whether it worked; the caller throws its own error, which is the true one.
async function rollback(client: Client, logger: Logger): Promise<boolean> {
  try {
    await send(client, logger, "rollback", "rollback")
    return true
  } catch {
    return false
  }
}

function send(client: Client, logger: Logger, name: string, statement: string): Promise<{ command: string }> {
  logger.logQuery(name, [])
  return client.query(statement)
}
