import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import type { SignalBodyInput } from "@/lan/signals"
import type { PathView } from "../path-finder"
import { Punches } from "./punches"

const relayed: PathView = { status: "connected", connectionType: "relayed", path: { kind: "relayed" }, roundTripMs: 20 }
const direct: PathView = { ...relayed, connectionType: "direct", path: { kind: "direct", endpoint: { address: "203.0.113.2", port: 1 } } }
const initiator = { isInitiator: true, expected: "uncertain" } as const

function parts() {
  const signals: [number, SignalBodyInput][] = []
  const punchedAtMs: number[] = []
  const punches = new Punches({ punch: () => void punchedAtMs.push(Date.now()), sendSignal: (_, signal) => void signals.push([Date.now(), signal]) })
  return { signals, punchedAtMs, punches }
}

describe("moments at which both sides try", () => {
  beforeEach(() => void vi.useFakeTimers({ now: 0 }))
  afterEach(() => void vi.useRealTimers())

  it("[LANU-74] the initiator proposes them ever more seldom, a second ahead, and keeps them itself", async () => {
    const { signals, punchedAtMs, punches } = parts()
    punches.plan("bob", relayed, initiator)
    punches.plan("bob", relayed, initiator)
    await vi.advanceTimersByTimeAsync(110_000)
    expect(signals).toEqual([3_000, 13_000, 43_000, 103_000].map((atMs, attempt) => [atMs, { kind: "punch", in_ms: 1_000, attempt }]))
    expect(punchedAtMs).toEqual([4_000, 14_000, 44_000, 104_000])
    punches.close()
    expect(vi.getTimerCount()).toBe(0)
  })

  it("[LANU-74] not the responder, not where the table says it is no use, and not once it is direct", async () => {
    const { signals, punches } = parts()
    punches.plan("responder", relayed, { ...initiator, isInitiator: false })
    punches.plan("hopeless", relayed, { ...initiator, expected: "relayed" })
    punches.plan("direct", relayed, initiator)
    punches.plan("direct", direct, initiator)
    await vi.advanceTimersByTimeAsync(600_000)
    expect(signals).toEqual([])
  })

  it("[LANU-74] a path that was direct and is not any more is tried eagerly again", async () => {
    const { signals, punches } = parts()
    punches.plan("bob", relayed, initiator)
    await vi.advanceTimersByTimeAsync(20_000)
    punches.plan("bob", direct, initiator)
    punches.plan("bob", relayed, initiator)
    await vi.advanceTimersByTimeAsync(3_000)
    expect(signals.at(-1)).toEqual([23_000, { kind: "punch", in_ms: 1_000, attempt: 0 }])
    punches.close()
  })

  it("[LANU-74] the peer's moment is kept, however often it is proposed, and one that is past is now", async () => {
    const { punchedAtMs, punches } = parts()
    for (let i = 0; i < 50; i += 1) punches.asked("bob", 700, i)
    punches.asked("cat", -5_000, 0)
    await vi.advanceTimersByTimeAsync(10_000)
    expect(punchedAtMs).toEqual([0, 700])
    punches.forget("bob")
    expect(vi.getTimerCount()).toBe(0)
  })
})
