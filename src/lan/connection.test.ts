import { describe, expect, it } from "vitest"
import { isWorthTelling, linkSeenBy, summaryOf, type Link, type Links } from "./connection"
import type { ConnectionType } from "./protocol"

const link = (connectionType: ConnectionType, latencyMs: number | null = null): Link => ({ connectionType, latencyMs })
const pc = (id: string, links: Links = {}, isHost = false) => ({ id, isHost, links })

describe("paths", () => {
  it("[LAN-51] the own report, else the other's, else nothing is known", () => {
    const ann = pc("ann", { bo: link("direct", 5) })
    const bo = pc("bo", { ann: link("relayed", 9), cy: link("failed") })
    const cy = pc("cy")
    expect(linkSeenBy(ann, bo)).toEqual(link("direct", 5))
    expect(linkSeenBy(bo, ann)).toEqual(link("relayed", 9))
    expect(linkSeenBy(cy, bo)).toEqual(link("failed"))
    expect(linkSeenBy(ann, cy)).toEqual(link("unknown"))
    expect(linkSeenBy(ann, ann)).toEqual(link("unknown"))
    expect(linkSeenBy(pc("h", {}, true), pc("h", {}, true))).toEqual(link("host"))
  })

  const living = new Set(["a", "b", "c", "d"])

  it.each<[ConnectionType, ConnectionType[]]>([
    ["unknown", []],
    ["direct", ["direct", "direct"]],
    ["relayed", ["direct", "relayed", "direct"]],
    ["connecting", ["direct", "connecting", "relayed"]],
    ["failed", ["direct", "failed", "connecting", "relayed"]],
  ])("[LAN-52] the most troubled path: %s of %j", (expected, types) => {
    const links = Object.fromEntries(types.map((type, index) => ["abcd"[index], link(type)]))
    expect(summaryOf(pc("me", links), living).connectionType).toBe(expected)
    expect(summaryOf(pc("me", links, true), living).connectionType).toBe("host")
  })

  it("[LAN-52] the median latency to those who are in", () => {
    const links = { a: link("direct", 90), b: link("direct", 10), c: link("relayed", 20), gone: link("failed", 1) }
    expect(summaryOf(pc("me", links), living)).toEqual(link("relayed", 20))
    expect(summaryOf(pc("me", { a: link("direct") }), living)).toEqual(link("direct"))
  })

  it.each<[Link, Link, boolean]>([
    [link("direct", 20), link("direct", 29), false],
    [link("direct", 20), link("direct", 30), true],
    [link("direct", 100), link("direct", 115), false],
    [link("direct", 100), link("direct", 75), true],
    [link("direct", 20), link("relayed", 20), true],
    [link("direct"), link("direct", 1), true],
    [link("direct", 1), link("direct"), true],
    [link("direct"), link("direct"), false],
    [link("direct", 0), link("direct", 9), false],
  ])("[LAN-53] from %j to %j: %s", (before, after, expected) => expect(isWorthTelling(before, after)).toBe(expected))
})
