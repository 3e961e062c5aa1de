import { SQL_STATE, sqlState } from "@/db/sql-state"
import { CommitOutcomeUnknown } from "@/db/transaction"
import { DatabaseTooSlow } from "./patience"

/** What the database itself cannot do for anybody just now. */
export const databaseOutages = ["database_away", "disk_full"] as const
export type DatabaseOutage = (typeof databaseOutages)[number]

const networkCodes = ["ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT", "ENOTFOUND", "EAI_AGAIN"]
/** What the drivers say without a code; the last is a WebSocket that Neon did not open. */
const driverWords = /^(Connection terminated|timeout expired|timeout exceeded when trying to connect|Query read timeout|Client has encountered a connection error|Unexpected server response)/
/** Neon's proxy has no better code for a database that is asleep, waking up or out of its reach. */
const internalError = "XX000"
const neonWords = /^(couldn't connect to compute node|control plane request failed|failed to acquire permit)/i
/** Classes of SQLSTATE: connection, too many connections and the like, the operator (shutdown, starting up, cancelled), the system. */
const outageClasses = ["08", "53", "57", "58"]

/** Why the database is not there for this error's work; undefined when the error is about something else. */
export function databaseOutage(error: unknown): DatabaseOutage | undefined {
  const state = sqlState(error)
  if (state === SQL_STATE.diskFull) return "disk_full"
  if (state !== undefined && state !== internalError) return outageClasses.some((each) => state.startsWith(each)) ? "database_away" : undefined
  const isAway = state === internalError ? isOfNeon : isOfConnection
  return causesOf(error).some(isAway) ? "database_away" : undefined
}

function isOfNeon(error: Error): boolean {
  return neonWords.test(error.message)
}

function isOfConnection(error: Error): boolean {
  if (error instanceof DatabaseTooSlow || error instanceof CommitOutcomeUnknown) return true
  if ("code" in error && typeof error.code === "string" && networkCodes.includes(error.code)) return true
  return driverWords.test(error.message)
}

function causesOf(error: unknown): Error[] {
  const causes: Error[] = []
  for (let link = error; link instanceof Error && causes.length < 10; link = link.cause) causes.push(link)
  return causes
}
