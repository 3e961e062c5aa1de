import type { IncomingMessage, ServerResponse } from "node:http"
import { authenticateCall, isSignedBody } from "./http-authentication"
import { readBody } from "./http-body"
import { createEventInputs, type EventInputs } from "./http-input"
import { parseQuery } from "./http-query"
import { httpError, routes, type Answer } from "./http-routes"
import type { Hub } from "./hub"
import type { LocalPusherLog } from "./log"

/** Answers one request below `/apps/`. Resolves when the answer is written; never rejects. */
export type HttpApi = (request: IncomingMessage, response: ServerResponse) => Promise<void>

/** The calls a publisher makes: events, batches, channels, users (PSH-38 – PSH-49). */
export function createHttpApi(hub: Hub, log: LocalPusherLog): HttpApi {
  const inputs = createEventInputs(hub.limits)
  return async (request, response) => {
    try {
      write(response, await answer(hub, inputs, request))
    } catch (error) {
      log.error({ err: error }, "local pusher: an HTTP call failed")
      write(response, httpError(500, "Internal error"))
    }
  }
}

async function answer(hub: Hub, inputs: EventInputs, request: IncomingMessage): Promise<Answer> {
  const [path = "", queryText = ""] = (request.url ?? "").split("?", 2)
  const [, , appId = "", ...rest] = path.split("/")
  if (appId !== hub.app.appId) return httpError(404, "No such app")
  const found = findRoute(request.method ?? "", `/${rest.join("/")}`)
  if (!found) return httpError(404, "No such call")

  const query = parseQuery(queryText)
  if (!query.ok) return httpError(400, "The query is not well formed")
  const call = { method: request.method ?? "", path, query: query.value }
  const clock = { nowMs: hub.now(), maxClockSkewSeconds: hub.limits.maxClockSkewSeconds }
  const authentic = authenticateCall(hub.app, call, clock)
  if (!authentic.ok) return httpError(401, `The call is not authentic: ${authentic.refusal.code}`)

  const body = await readBody(request, hub.limits.maxBodyBytes)
  if (!body.ok) return httpError(body.refusal.code === "body_too_large" ? 413 : 400, "The body could not be taken")
  if (!isSignedBody(query.value, body.value)) return httpError(401, "The call is not authentic: body_md5")
  return found.route.answer({ hub, inputs, subject: found.subject, query: query.value, body: body.value.toString() })
}

function findRoute(method: string, path: string) {
  for (const route of routes) {
    const match = route.method === method ? route.path.exec(path) : null
    if (!match) continue
    const subject = decodeSubject(match[1] ?? "")
    if (subject !== null) return { route, subject }
  }
  return null
}

function decodeSubject(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}

function write(response: ServerResponse, { status, body }: Answer): void {
  if (response.headersSent || response.destroyed) return
  const text = JSON.stringify(body)
  response.writeHead(status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(text),
  })
  response.end(text)
}
