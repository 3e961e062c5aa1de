import { randomBytes } from "node:crypto"
import type { Answer, Failure } from "@/kernel/answer"
import type { Result } from "@/kernel/result"
import { databaseOutage, type DatabaseOutage } from "./database-outage"
import type { AppRefusal } from "./refusal"
import { refusalMessage } from "./refusal-message"
import { refusalHeaders, refusalStatus } from "./refusal-status"
import type { Log } from "./log"

/** An answer, and the HTTP status and headers that go with it. */
export type Reply<Value extends object> = { answer: Answer<Value>; status: number; headers: Record<string, string> }

/** Turns what a door's work came to into what the client sees. Never throws: a bug is logged and shown as an id. */
export async function replyTo<Value extends object>(
  log: Log,
  what: string,
  work: () => Promise<Result<Value, AppRefusal>>,
): Promise<Reply<Value>> {
  try {
    const result = await work()
    if (result.ok) return { answer: { success: true, ...result.value }, status: 200, headers: {} }
    return {
      answer: { success: false, code: result.refusal.code, error: refusalMessage(result.refusal) },
      status: refusalStatus(result.refusal),
      headers: refusalHeaders(result.refusal),
    }
  } catch (error) {
    const outage = databaseOutage(error)
    if (outage) return { answer: away(log, what, error, outage), status: 503, headers: { "retry-after": "2" } }
    return { answer: bug(log, what, error), status: 500, headers: {} }
  }
}

/** [PTY-23] Nobody's mistake, and over soon: what to do meanwhile. Only a commit that was under way may have counted. */
const outageWords: Record<DatabaseOutage, string> = {
  database_away: "The party's database does not answer just now. Wait a moment, look whether it counted, and try again.",
  disk_full: "The disk of the party's computer is full, so nothing can be written. The host has to make room; then try again.",
}

function away(log: Log, what: string, error: unknown, outage: DatabaseOutage): Failure {
  log.error({ err: error, what, outage }, "the database did not do its part")
  return { success: false, code: outage, error: outageWords[outage] }
}

function bug(log: Log, what: string, error: unknown): Failure {
  const errorId = randomBytes(4).toString("hex")
  log.error({ err: error, errorId, what }, "a bug reached the door")
  return { success: false, code: "internal", errorId, error: `Something broke on our side (${errorId}). Try again.` }
}
