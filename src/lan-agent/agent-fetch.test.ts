import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http"
import { once } from "node:events"
import type { AddressInfo } from "node:net"
import { text } from "node:stream/consumers"
import { afterEach, describe, expect, it } from "vitest"
import { agentFetch } from "./agent-fetch"

let server: Server | undefined
afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})

async function party(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  let connections = 0
  server = createServer(answer).on("connection", () => connections++)
  server.keepAliveTimeout = 60_000
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, connections: () => connections }
}

describe("a question to the party", () => {
  it("[LANA-27] goes by a connection of its own, which no change of address has broken", async () => {
    const { url, connections } = await party((_, response) => response.end("fine"))
    for (let question = 0; question < 3; question++) expect(await (await agentFetch(url, {})).text()).toBe("fine")
    expect(connections()).toBe(3)
  })

  it("carries method, headers and form, and brings status, headers and body back", async () => {
    const { url } = await party((request, response) => {
      const { method, headers } = request
      void text(request).then((body) => {
        response.writeHead(409, { "x-party": "yes" }).end(JSON.stringify({ method, type: headers["content-type"], token: headers.authorization, body }))
      })
    })
    const response = await agentFetch(`${url}/door`, { method: "POST", headers: { authorization: "Bearer lan_x" }, body: new URLSearchParams({ socket_id: "1.2" }) })
    expect([response.status, response.ok, response.headers.get("x-party")]).toEqual([409, false, "yes"])
    expect(await response.json()).toEqual({ method: "POST", type: "application/x-www-form-urlencoded;charset=UTF-8", token: "Bearer lan_x", body: "socket_id=1.2" })
  })

  it("[LANA-28] follows no redirection", async () => {
    const { url, connections } = await party((_, response) => response.writeHead(307, { location: "/elsewhere" }).end())
    expect((await agentFetch(url, { method: "POST", body: "secret" })).status).toBe(307)
    expect(connections()).toBe(1)
  })

  it("takes an answer without a body, ends when it is told to, and says when nobody is there", async () => {
    const { url } = await party((request, response) => void (request.url === "/none" && response.writeHead(204).end()))
    expect((await agentFetch(`${url}/none`, {})).status).toBe(204)
    await expect(agentFetch(`${url}/silent`, { signal: AbortSignal.timeout(50) })).rejects.toThrow()
    server?.closeAllConnections()
    server?.close()
    await expect(agentFetch(url, {})).rejects.toThrow("ECONNREFUSED")
  })
})
