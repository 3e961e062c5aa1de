import "server-only"
import { after } from "next/server"
import { ok, refuse, type Result } from "@/kernel/result"
import type { Who } from "@/party/actor"
import type { Command, Query } from "@/party/command"
import { readRequestId } from "./action"
import { replyTo, type Reply } from "./answer"
import { doDueAfterAnswer } from "./due-on-request"
import type { AppRefusal } from "./refusal"
import { readBody } from "./read-body"
import { claimsOfRequest } from "./request"
import { runCommand } from "./run-command"
import { runQuery } from "./run-query"
import { runtime, type Runtime } from "./runtime"

const largestBodyBytes = 64 * 1024

/** A REST door for a command: JSON in, JSON out; `Idempotency-Key` is the id of the tap. */
export function endpoint<W extends Who, Input, Value extends object, R extends AppRefusal, Prepared>(
  command: Command<W, Input, Value, R, Prepared>,
): (request: Request) => Promise<Response> {
  return (request) =>
    responding(command.name, async (parts) => {
      const body = await readJson(request)
      if (!body.ok) return body
      const requestId = readRequestId(request.headers.get("idempotency-key"))
      if (!requestId.ok) return requestId
      const caller = { claims: await claimsOfRequest(parts), ...(requestId.value ? { requestId: requestId.value } : {}) }
      return runCommand(parts, command, caller, body.value)
    })
}

/** A REST door for a question; the query string is its input. */
export function queryEndpoint<W extends Who, Input, Value extends object, R extends AppRefusal>(
  query: Query<W, Input, Value, R>,
): (request: Request) => Promise<Response> {
  return (request) =>
    responding(query.name, async (parts) =>
      runQuery(parts, query, await claimsOfRequest(parts), Object.fromEntries(new URL(request.url).searchParams)),
    )
}

/** Any other work of a route, with the same promise: JSON and a status, whatever happens. */
export async function responding<Value extends object>(
  what: string,
  work: (parts: Runtime) => Promise<Result<Value, AppRefusal>>,
): Promise<Response> {
  const parts = runtime()
  const reply: Reply<Value> = await replyTo(parts.log, what, () => work(parts))
  after(async () => {
    await parts.publisher.settled()
    await doDueAfterAnswer(parts)
  })
  return Response.json(reply.answer, { status: reply.status, headers: { ...reply.headers, "cache-control": "no-store" } })
}

/** A small JSON body. Anything else is refused: a form on a foreign page cannot send this content type. */
export async function readJson(request: Request): Promise<Result<unknown, AppRefusal>> {
  if (!request.headers.get("content-type")?.startsWith("application/json")) {
    return refuse("input_invalid", { reason: "Send JSON." })
  }
  const body = await readBody(request, largestBodyBytes)
  if (!body) return refuse("input_invalid", { reason: "That is too long." })
  try {
    return ok(JSON.parse(new TextDecoder().decode(body)) as unknown)
  } catch {
    return refuse("input_invalid", { reason: "That is no JSON." })
  }
}
