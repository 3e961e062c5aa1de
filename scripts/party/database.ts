import path from "node:path"
import type { Logger } from "pino"
import { openDatabase, type Database } from "@/db/client"
import { migrateDatabase } from "@/db/migrate"
import { CannotStart } from "./cannot-start"
import { keepPostgres } from "./keep-postgres"
import type { Shutdown } from "./shutdown"

export type PartyDatabase = { readonly url: string; readonly db: Database["db"] }

/** The database of the party, ready for commands: the one named by `givenUrl`, or our own; migrated, and closed on shutdown. */
export async function readyDatabase(options: {
  dataDir: string
  givenUrl: string | undefined
  log: Logger
  shutdown: Shutdown
}): Promise<PartyDatabase> {
  const { givenUrl, log, shutdown } = options
  const url = givenUrl ?? (await ownPostgres(options))
  await migrateDatabase(url).catch((cause: unknown) => {
    if (!givenUrl) throw cause
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new CannotStart(`The database of DATABASE_URL (at ${new URL(givenUrl).host}) is not usable: ${reason}`)
  })
  const onConnectionLost = (error: Error) => {
    if (!shutdown.isStopping) log.warn({ reason: error.message }, "database connection lost")
  }
  const database = openDatabase(url, { maxConnections: 2, onConnectionLost })
  shutdown.add("database", database.close)
  return { url, db: database.db }
}

async function ownPostgres({ dataDir, log, shutdown }: { dataDir: string; log: Logger; shutdown: Shutdown }): Promise<string> {
  const starting = keepPostgres({
    dataDir: path.join(dataDir, "database"),
    log: (line) => log.info(line),
    say: (sentence) => console.log(sentence),
    onTrouble: (error) => log.error({ err: error }, "the database ended and could not be started again yet"),
  })
  // Added before it is up: Ctrl-C in this very moment has to stop it too. What cannot start needs no stopping.
  shutdown.add("postgres", async () => (await starting.catch(() => undefined))?.stop())
  return (await starting).url
}
