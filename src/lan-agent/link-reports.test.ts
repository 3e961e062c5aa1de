import { describe, expect, it } from "vitest"
import type { ConnectionType } from "@/lan/protocol"
import { LinkReports } from "./link-reports"

const seen = (connectionType: ConnectionType, roundTripMs: number | null, peerId = "bo") => ({ peerId, view: { connectionType, roundTripMs } })

function toldOf(connectionType: ConnectionType, latency: number | null) {
  const reports = new LinkReports()
  reports.told(reports.news([seen(connectionType, latency)]))
  return reports
}

describe("what the party hears of paths", () => {
  it("[LANA-43] another word, and the first latency", () => {
    expect(toldOf("relayed", 20).news([seen("direct", 20)])).toEqual([{ peer_id: "bo", connection_type: "direct", latency_ms: 20 }])
    expect(toldOf("direct", null).news([seen("direct", 3)])).toHaveLength(1)
    expect(toldOf("direct", 20).news([seen("direct", 20)])).toEqual([])
  })

  it.each([
    [20, 29.9, false],
    [20, 30, true],
    [100, 120, false],
    [100, 125, true],
    [100, 75, true],
    [100, 76, false],
  ])("[LANA-43] from %d to %d ms: %s", (before, after, isTold) => {
    expect(toldOf("direct", before).news([seen("direct", after)])).toHaveLength(isTold ? 1 : 0)
  })

  it("[LANA-43] compares with what was told, not with what was last seen", () => {
    const reports = toldOf("direct", 20)
    for (const latency of [25, 28, 29]) expect(reports.news([seen("direct", latency)])).toEqual([])
    expect(reports.news([seen("direct", 31)])).toHaveLength(1)
  })

  it("[LANA-43] keeps within what a heartbeat carries and the party takes", () => {
    const many = Array.from({ length: 300 }, (_, index) => seen("direct", 90_000, `peer ${index}`))
    const reports = new LinkReports()
    const first = reports.news(many)
    expect(first).toHaveLength(256)
    expect(first[0]?.latency_ms).toBe(60_000)
    reports.told(first)
    expect(reports.news(many)).toHaveLength(44)
  })
})
