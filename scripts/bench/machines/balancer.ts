import { once } from "node:events"
import { Agent, createServer, request as ask, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { answerTo } from "../processes"

/** A plain proxy: each request to the next machine, so that two taps of one phone hardly ever meet the same process. */
export type BalancerRequest = { readonly ports: readonly number[] }
export type BalancerAnswer = { readonly port: number }

const idleMs = 60_000

answerTo<BalancerRequest, BalancerAnswer>(async ({ ports }) => {
  const agent = new Agent({ keepAlive: true, maxSockets: 64, timeout: idleMs })
  let next = 0
  const server = createServer((request, response) => {
    next = (next + 1) % ports.length
    pass(request, response, { agent, port: ports[next] })
  })
  server.keepAliveTimeout = 65_000
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  return { port: (server.address() as AddressInfo).port }
})

function pass(request: IncomingMessage, response: ServerResponse, machine: { agent: Agent; port: number | undefined }): void {
  const { method, url, headers, socket } = request
  // Who asked is what this proxy says, not what the client claims.
  const told = { ...headers, "x-forwarded-for": socket.remoteAddress ?? "unknown" }
  const asking = ask({ ...machine, host: "127.0.0.1", method, path: url, headers: told }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.pipe(response)
  })
  asking.on("error", () => {
    if (!response.headersSent) response.writeHead(502)
    response.end()
  })
  request.pipe(asking)
}
