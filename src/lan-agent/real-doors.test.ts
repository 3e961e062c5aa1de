import { describe, expect, it } from "vitest"
import { relayUrlOf } from "./real-doors"

describe("the relay by WebSocket", () => {
  it("[LAN-93] is a path on the party itself, with the party's own protection", () => {
    expect(relayUrlOf("http://192.168.1.5:3000", { relay_url: "/lan/relay" })).toBe("ws://192.168.1.5:3000/lan/relay")
    expect(relayUrlOf("https://party.example", { relay_url: "/lan/relay" })).toBe("wss://party.example/lan/relay")
  })

  it("[LAN-93] is nowhere else, whatever the party's answer says", () => {
    for (const relay_url of [null, "", "http://", "https://elsewhere.example/lan/relay", "//elsewhere.example/lan/relay", "file:///etc/passwd"]) {
      expect(relayUrlOf("https://party.example", { relay_url })).toBeNull()
    }
    expect(relayUrlOf("https://party.example", null)).toBeNull()
  })
})
