import { once } from "node:events"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { systemClock } from "@/kernel/clock"
import { channelOf } from "@/realtime/channels"
import { testEnv } from "@/testing/start-party"
import { createLog } from "./log"
import { createPublisher, createPusherClient, envelopeText } from "./publisher"

const event = (payload: unknown) => ({ id: 1, channel: "private-betting@x", name: "bet-placed", version: 12, previous: 9, payload })
const limit = 10_240

describe("envelopeText", () => {
  it("carries version, previous and payload", () => {
    expect(JSON.parse(envelopeText(event({ amount: 5 })))).toEqual({ version: 12, previous: 9, payload: { amount: 5 } })
  })

  it("leaves the payload out when it is one byte too big, and only then", () => {
    const around = Buffer.byteLength(JSON.stringify({ version: 12, previous: 9, payload: "" }))
    expect(Buffer.byteLength(envelopeText(event("x".repeat(limit - around))))).toBe(limit)
    expect(JSON.parse(envelopeText(event("x".repeat(limit - around + 1))))).toEqual({ version: 12, previous: 9, payload: null })
  })

  it("counts bytes, not characters", () => {
    expect(JSON.parse(envelopeText(event("ö".repeat(6_000))))).toEqual({ version: 12, previous: 9, payload: null })
  })

  it("never makes an envelope that a channel refuses, and never loses the numbers that make screens refetch", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), fc.nat(3_000), (value, times) => {
        const text = envelopeText(event(Array.from({ length: times }, () => value)))
        expect(Buffer.byteLength(text)).toBeLessThanOrEqual(limit)
        expect(JSON.parse(text)).toMatchObject({ version: 12, previous: 9 })
      }),
      { numRuns: 60 },
    )
  })
})

it("gives up a Pusher that takes an event and never answers, so that the sweeper can try again", async () => {
  const silent = createServer(() => undefined)
  await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve))
  const env = testEnv("postgres://nobody@127.0.0.1/none", { PUSHER_PORT: String((silent.address() as AddressInfo).port) })
  await expect(createPusherClient(env, 50).triggerBatch([{ channel: "private-betting@x", name: "n", data: "{}" }])).rejects.toThrow()
  silent.closeAllConnections()
  await new Promise((resolve) => silent.close(resolve))
})

describe("[PTY-24] connections that are to end", () => {
  const ending = { ...event({}), channel: channelOf({ kind: "connections", userId: "0b6f6c1e-0000-4000-8000-000000000002" }), name: "connections-ended" }

  /** Sends to a Pusher that answers the ends with this status, and tells the calls it got. */
  async function sendTo(status: number, events: Parameters<ReturnType<typeof createPublisher>["send"]>[0]) {
    const calls: string[] = []
    const server = createServer((request, response) => {
      const call = (request.url ?? "").replace(/^\/apps\/1|\?.*$/g, "")
      request.resume()
      calls.push(call)
      response.writeHead(call === "/batch_events" ? 200 : status).end("{}")
    })
    server.listen(0, "127.0.0.1")
    await once(server, "listening")
    const env = testEnv("postgres://nobody@127.0.0.1/none", { PUSHER_PORT: String((server.address() as AddressInfo).port) })
    const warned: unknown[] = []
    const log = Object.assign(createLog("silent"), { error: (...said: unknown[]) => void warned.push(said) })
    const publisher = createPublisher({ db: undefined as never, clock: systemClock, log, pusher: createPusherClient(env, 1_000) })
    const sent = await publisher.send(events).then(() => "sent", () => "not sent")
    server.closeAllConnections()
    server.close()
    return { sent, calls, warned: warned.length }
  }
  const endCall = "/users/0b6f6c1e-0000-4000-8000-000000000002/terminate_connections"

  it("end after the screens were told, once however often they stand there, and are no event", async () => {
    expect(await sendTo(200, [ending, event({}), ending])).toEqual({ sent: "sent", calls: ["/batch_events", endCall], warned: 0 })
    expect(await sendTo(200, [ending])).toEqual({ sent: "sent", calls: [endCall], warned: 0 })
    expect(await sendTo(200, [event({})])).toEqual({ sent: "sent", calls: ["/batch_events"], warned: 0 })
  })

  it.each([401, 408, 429, 500, 502, 503])("stay in the outbox when the fan-out answers %i", async (status) => {
    expect(await sendTo(status, [event({}), ending])).toMatchObject({ sent: "not sent", warned: 0 })
  })

  it.each([400, 403, 404, 405, 410, 501])("do not hold up what stands behind them when the fan-out does not know how or will not (%i): that is logged", async (status) => {
    expect(await sendTo(status, [event({}), ending])).toMatchObject({ sent: "sent", warned: 1 })
  })
})
