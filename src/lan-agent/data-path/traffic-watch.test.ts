import { describe, expect, it } from "vitest"
import { TrafficWatch } from "./traffic-watch"

const counted = (receivedBytes: number, sentBytes: number, lastHandshakeAtMs: number | null = 1) => ({
  receivedBytes,
  sentBytes,
  lastHandshakeAtMs,
  endpoint: null,
})

describe("what WireGuard's counters say", () => {
  it("[LANU-73] keepalives and handshakes are no traffic, a ping is", () => {
    const watch = new TrafficWatch()
    watch.look(counted(0, 0), 0)
    expect(watch.look(counted(32, 32), 1_000).isBusy).toBe(false)
    expect(watch.look(counted(32 + 92 + 32, 32 + 148, 2), 2_000).isBusy).toBe(false)
    expect(watch.look(counted(156, 180 + 128, 2), 3_000).isBusy).toBe(true)
  })

  it("[LANU-75] sending for 12 s without hearing anything is one-way, silence on both sides is not", () => {
    const watch = new TrafficWatch()
    const looks = Array.from({ length: 14 }, (_, second) => watch.look(counted(0, second * 100), second * 1_000).isOneWay)
    expect(looks).toEqual([...Array<boolean>(13).fill(false), true])
    const quiet = new TrafficWatch()
    quiet.look(counted(0, 32), 0)
    expect(quiet.look(counted(0, 32), 60_000).isOneWay).toBe(false)
  })

  it("[LANU-75] a packet that comes in, or another way, begins the 12 s anew", () => {
    const watch = new TrafficWatch()
    watch.look(counted(0, 100), 0)
    watch.look(counted(32, 200), 11_000)
    expect(watch.look(counted(32, 300), 13_000).isOneWay).toBe(false)
    watch.beginAnew()
    watch.look(counted(32, 400), 24_000)
    expect(watch.look(counted(32, 500), 30_000).isOneWay).toBe(false)
    expect(watch.look(counted(32, 600), 36_000).isOneWay).toBe(true)
  })

  it("[LANU-75] counts on when WireGuard was given the peer anew", () => {
    const watch = new TrafficWatch()
    watch.look(counted(100, 10), 0)
    watch.look(counted(30, 5, null), 1)
    expect([watch.receivedBytes, watch.sentBytes, watch.lastHandshakeAtMs]).toEqual([130, 15, null])
  })
})
