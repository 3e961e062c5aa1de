import http from "node:http"
import https from "node:https"
import { Readable } from "node:stream"
import type { ReadableStream } from "node:stream/web"
import type { Fetch } from "./control-plane"

const withoutBody = [204, 205, 304]

/**
 * Asks the party, each time on a connection of its own: when this PC has another address, one that was kept open answers
 * nothing for as long as anybody waits [LANA-27]. What leads elsewhere is not followed: the line, the password and the token
 * are the party's alone [LANA-28].
 */
export const agentFetch: Fetch = async (url, init) => {
  const request = new Request(url, init)
  const body = Buffer.from(await request.arrayBuffer())
  const response = await answerTo(request, body, init.signal ?? undefined)
  const status = response.statusCode ?? 500
  const headers = Object.entries(response.headers).flatMap(([name, value]) => [value ?? []].flat().map((each): [string, string] => [name, each]))
  if (!withoutBody.includes(status)) return new Response(Readable.toWeb(response) as ReadableStream<Uint8Array> as BodyInit, { status, headers })
  response.resume()
  return new Response(null, { status, headers })
}

function answerTo(request: Request, body: Buffer, signal: AbortSignal | undefined): Promise<http.IncomingMessage> {
  const { method, url } = request
  const headers = { ...Object.fromEntries(request.headers), ...(body.length > 0 ? { "content-length": String(body.length) } : {}) }
  return new Promise((resolve, reject) => {
    const send = url.startsWith("https:") ? https.request : http.request
    send(url, { method, headers, agent: false, signal }, resolve).on("error", reject).end(body)
  })
}
