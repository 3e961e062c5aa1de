import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { testEnv } from "@/testing/start-party"
import { createPusherClient, envelopeText } from "./publisher"

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
