import { describe, expect, it } from "vitest"
import { gamesNamed, lanGames } from "@/lan/games"
import { portRanges, setUpLines } from "./routes"

const place = { tapName: "party0-bc", virtualIp: "10.66.0.2", broadcastAddress: "10.66.255.255" }

function rulesFor(...ids: string[]): string[] {
  const games = gamesNamed(ids)
  if (!games.ok) throw new Error("unknown game")
  return setUpLines({ ...place, games: games.value }).filter((line) => line.startsWith("rule"))
}

describe("routes", () => {
  it("[LAND-50] only the chosen games' ports are led into the LAN", () => {
    expect(rulesFor("warcraft-3")).toEqual([
      "rule add pref 1066 to 255.255.255.255/32 ipproto udp dport 6112-6112 lookup 10066",
      "rule add pref 1066 to 224.0.0.0/4 ipproto udp dport 6112-6112 lookup 10066",
    ])
    expect(rulesFor("minecraft-java")).toContain("rule add pref 1066 to 224.0.2.60/32 lookup 10066")
  })

  it("[LAND-51] what home uses too is led nowhere", () => {
    expect(rulesFor("mdns", "ssdp")).toEqual([])
    expect(rulesFor("mdns", "warcraft-3")).toEqual(rulesFor("warcraft-3"))
  })

  it("joins consecutive ports", () => {
    expect(portRanges([27017, 27015, 27016, 6112, 27016])).toEqual([
      { first: 6112, last: 6112 },
      { first: 27015, last: 27017 },
    ])
    expect(portRanges([])).toEqual([])
  })

  it("[LAND-2] the list is sound: ids once, ports of UDP, groups of multicast", () => {
    expect(new Set(lanGames.map(({ id }) => id)).size).toBe(lanGames.length)
    for (const { id, udpPorts, multicastGroups = [] } of lanGames) {
      expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/)
      expect(udpPorts.length).toBeGreaterThan(0)
      for (const port of udpPorts) expect(port > 0 && port < 65_536 && port !== 10_066).toBe(true)
      for (const group of multicastGroups) expect(group).toMatch(/^2(2[4-9]|3\d)\./)
    }
    expect(gamesNamed(["warcraft-3", "pong"])).toEqual({ ok: false, refusal: { code: "unknown_game", detail: { id: "pong" } } })
  })
})
