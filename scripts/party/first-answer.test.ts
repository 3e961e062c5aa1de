import { createServer, type RequestListener, type Server } from "node:http"
import { afterEach, describe, expect, it } from "vitest"
import { CannotStart } from "./cannot-start"
import { waitForAnswer } from "./first-answer"
import { listen } from "./listen"

let server: Server

afterEach(() => new Promise((resolve) => server.close(resolve).closeAllConnections()))

async function open(listener: RequestListener): Promise<string> {
  server = createServer(listener)
  return `http://127.0.0.1:${await listen(server, { port: 0, isPortGiven: true })}`
}

describe("waitForAnswer", () => {
  it("asks the app for its health", async () => {
    const asked: (string | undefined)[] = []
    await waitForAnswer(await open((request, response) => (asked.push(request.url), void response.end())))
    expect(asked).toEqual(["/api/health"])
  })

  it("waits while the app is not well yet", async () => {
    const statuses = [503, 500, 200]
    let asked = 0
    await waitForAnswer(await open((_request, response) => void response.writeHead(statuses[asked++] ?? 200).end()), { pollMs: 1 })
    expect(asked).toBe(3)
  })

  it("gives up on an app that stays broken, and on one that stays silent", async () => {
    const broken = await open((_request, response) => void response.writeHead(500).end())
    await expect(waitForAnswer(broken, { patienceMs: 1_000, pollMs: 5 })).rejects.toThrow(/answers with error 500/)
    server.close()
    const silent = await open(() => undefined)
    await expect(waitForAnswer(silent, { patienceMs: 30, pollMs: 5 })).rejects.toThrow(CannotStart)
  })
})
