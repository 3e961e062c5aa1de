import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { ServerSocket } from "./server-socket"
import { startTestServer, type TestServer } from "./test-server"

let server: TestServer
beforeEach(async () => {
  server = await startTestServer()
})
afterEach(() => server.stop())

it("[PSH-55] gives every subscriber of a channel the very same bytes", async () => {
  const phones = [await server.connect(), await server.connect(), await server.connect()]
  for (const phone of phones) await phone.subscribe("party")
  const send = vi.spyOn(ServerSocket.prototype, "send")

  await server.api.trigger("party", "lap", { ms: 84_500 })
  for (const phone of phones) await phone.next("lap")

  const frames = send.mock.calls.map(([frame]) => frame)
  expect(frames).toHaveLength(3)
  for (const frame of frames) expect(frame).toBe(frames[0])
})
