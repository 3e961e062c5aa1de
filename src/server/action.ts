import "server-only"
import { after } from "next/server"
import { z } from "zod"
import type { Answer } from "@/kernel/answer"
import { ok, refuse, type Result } from "@/kernel/result"
import type { Who } from "@/party/actor"
import type { Command, Query } from "@/party/command"
import { replyTo } from "./answer"
import { doDueAfterAnswer } from "./due-on-request"
import type { AppRefusal } from "./refusal"
import { claimsOfRequest } from "./request"
import { runCommand, type Versioned } from "./run-command"
import { runQuery } from "./run-query"
import { runtime, type Runtime } from "./runtime"

const requestIdShape = z.string().regex(/^[!-~]{16,64}$/).optional()

/** The id of a tap, as the client made it; it must be hard to guess, for its answer can be read again by it [PTY-14]. */
export function readRequestId(raw: unknown): Result<string | undefined, AppRefusal> {
  const parsed = requestIdShape.safeParse(raw ?? undefined)
  return parsed.success ? ok(parsed.data) : refuse("input_invalid", { reason: "The request id has 16 to 64 letters, digits or signs." })
}

/** A server action for a command: cookies say who, the command does the rest. Never throws to the client. */
export async function act<W extends Who, Input, Value extends object, R extends AppRefusal, Prepared>(
  command: Command<W, Input, Value, R, Prepared>,
  input: unknown,
  rawRequestId?: unknown,
): Promise<Answer<Versioned<Value>>> {
  return doing(command.name, async (parts) => {
    const requestId = readRequestId(rawRequestId)
    if (!requestId.ok) return requestId
    const claims = await claimsOfRequest(parts)
    return runCommand(parts, command, { claims, ...(requestId.value ? { requestId: requestId.value } : {}) }, input)
  })
}

/** A server action for a question. */
export async function ask<W extends Who, Input, Value extends object, R extends AppRefusal>(
  query: Query<W, Input, Value, R>,
  input: unknown,
): Promise<Answer<Value>> {
  return doing(query.name, async (parts) => runQuery(parts, query, await claimsOfRequest(parts), input))
}

/** Any other work of an action, with the same promise: an answer, whatever happens. */
export async function doing<Value extends object>(
  what: string,
  work: (parts: Runtime) => Promise<Result<Value, AppRefusal>>,
): Promise<Answer<Value>> {
  const parts = runtime()
  const { answer } = await replyTo(parts.log, what, () => work(parts))
  // Where a process may be frozen after its answer, the events go out first.
  after(async () => {
    await parts.publisher.settled()
    await doDueAfterAnswer(parts)
  })
  return answer
}
