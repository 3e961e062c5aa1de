import { randomBytes } from "node:crypto"
import type { Answer, Failure } from "@/kernel/answer"
import type { Result } from "@/kernel/result"
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
    return { answer: bug(log, what, error), status: 500, headers: {} }
  }
}

function bug(log: Log, what: string, error: unknown): Failure {
  const errorId = randomBytes(4).toString("hex")
  log.error({ err: error, errorId, what }, "a bug reached the door")
  return { success: false, code: "internal", errorId, error: `Something broke on our side (${errorId}). Try again.` }
}
