import { connect } from "node:net"
import { once } from "node:events"
import { afterEach, describe, expect, it } from "vitest"
import { WebSocket } from "ws"
import type { RelaySockets } from "@/lan/relay/websocket-commands"
import { createLocalPusher, type LocalPusher } from "@/realtime/local-server/local-pusher"
import { openAppServer, type App, type AppServer } from "./app-server"

let server: AppServer | undefined

afterEach(async () => {
  await server?.close()
  server = undefined
})

const headersApp: App = {
  handle: async (request, response) => void response.end(JSON.stringify(request.headers)),
  upgrade: (_request, socket) => void socket.destroy(),
}

async function open(facts: { pusher?: LocalPusher; relaySockets?: RelaySockets; trustedProxies?: number; errors?: unknown[] } = {}): Promise<AppServer> {
  const { pusher, relaySockets, trustedProxies = 0, errors = [] } = facts
  server = await openAppServer({ port: 0, isPortGiven: true, pusher, relaySockets, trustedProxies, onError: (error) => errors.push(error) })
  return server
}

async function headersSeen(port: number, sent: Record<string, string>): Promise<Record<string, string>> {
  const response = await fetch(`http://127.0.0.1:${port}/`, { headers: sent })
  return (await response.json()) as Record<string, string>
}

const lies = {
  "x-forwarded-for": "203.0.113.9",
  "x-forwarded-host": "evil.example",
  "x-forwarded-proto": "https",
  "x-forwarded-port": "443",
  "x-real-ip": "203.0.113.9",
  forwarded: "for=203.0.113.9",
}

describe("the app's server", () => {
  it("replaces what a guest claims about where the request came from", async () => {
    const { port, serve } = await open()
    serve(headersApp)
    const seen = await headersSeen(port, lies)
    expect(seen["x-forwarded-for"]).toBe("127.0.0.1")
    for (const name of Object.keys(lies).filter((each) => each !== "x-forwarded-for")) expect(seen).not.toHaveProperty(name)
  })

  it("believes a proxy that the host has declared", async () => {
    const { port, serve } = await open({ trustedProxies: 1 })
    serve(headersApp)
    expect(await headersSeen(port, lies)).toMatchObject(lies)
  })

  it.each([
    [0, "127.0.0.1"],
    [1, "198.51.100.7"],
    [2, "203.0.113.9"],
    [9, "1.1.1.1"],
  ])("[PTY-28] takes the word of %i proxies about whom they see, and not the client's that stands before it", async (trustedProxies, address) => {
    const { port, serve } = await open({ trustedProxies })
    serve(headersApp)
    expect((await headersSeen(port, { "x-forwarded-for": "1.1.1.1, ::ffff:203.0.113.9, 198.51.100.7" }))["x-forwarded-for"]).toBe(address)
    expect((await headersSeen(port, {}))["x-forwarded-for"]).toBe("127.0.0.1")
  })

  it("lets a request that comes before the app is ready wait for it", async () => {
    const { port, serve } = await open()
    const early = fetch(`http://127.0.0.1:${port}/`)
    const raw = connect(port, "127.0.0.1")
    await once(raw, "connect")
    raw.destroy()
    serve({ ...headersApp, handle: async (_request, response) => void response.end("here I am") })
    expect(await (await early).text()).toBe("here I am")
  })

  it("answers 500 when the app throws, and reports it", async () => {
    const errors: unknown[] = []
    const { port, serve } = await open({ errors })
    serve({ ...headersApp, handle: () => Promise.reject(new Error("broken")) })
    expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(500)
    expect(errors).toEqual([new Error("broken")])
  })

  it("gives the Pusher server its sockets and the app all others", async () => {
    const pusher = createLocalPusher({ appId: "123456", key: "key", secret: "secret" })
    const { port, serve } = await open({ pusher })
    const others: string[] = []
    serve({ ...headersApp, upgrade: (request, socket) => (others.push(request.url ?? ""), void socket.destroy()) })
    const ours = new WebSocket(`ws://127.0.0.1:${port}/app/key?protocol=7`)
    const [greeting] = (await once(ours, "message")) as [Buffer]
    expect(String(greeting)).toContain("pusher:connection_established")
    const theirs = new WebSocket(`ws://127.0.0.1:${port}/party/tv`)
    await once(theirs, "error")
    expect(others).toEqual(["/party/tv"])
    const closed = once(ours, "close")
    pusher.close()
    expect((await closed)[0]).toBe(4100)
  })

  it("[LANU-60] gives the LAN's relay its sockets, with the address they come from", async () => {
    const seen: unknown[] = []
    const relaySockets: RelaySockets = {
      handleUpgrade: ({ url, headers }, socket) => {
        if (url !== "/lan/relay") return false
        seen.push(headers["x-forwarded-for"])
        socket.destroy()
        return true
      },
      close: () => undefined,
    }
    const { port, serve } = await open({ relaySockets })
    const others: string[] = []
    serve({ ...headersApp, upgrade: (request, socket) => (others.push(request.url ?? ""), void socket.destroy()) })
    for (const path of ["/lan/relay", "/lan/relays"]) {
      await once(new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers: { "x-forwarded-for": "203.0.113.9" } }), "error")
    }
    expect([seen, others]).toEqual([["127.0.0.1"], ["/lan/relays"]])
  })

  it("lets a running request end when it closes, and cuts who stays connected", async () => {
    const opened = await open()
    let finish: () => void = () => undefined
    const arrived = new Promise<void>((resolve) => {
      opened.serve({
        ...headersApp,
        handle: async (_request, response) => {
          resolve()
          await new Promise<void>((end) => (finish = end))
          response.end("last words")
        },
      })
    })
    const idler = connect(opened.port, "127.0.0.1")
    idler.write("GET / HTTP/1.1\r\n")
    const cut = once(idler, "close")
    const answer = fetch(`http://127.0.0.1:${opened.port}/`)
    await arrived
    const closed = opened.close()
    finish()
    expect(await (await answer).text()).toBe("last words")
    await closed
    await cut
    await expect(fetch(`http://127.0.0.1:${opened.port}/`)).rejects.toThrow()
  })
})
