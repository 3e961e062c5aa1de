import { describe, expect, it } from "vitest"
import { readSettings } from "./settings"

describe("readSettings", () => {
  it("needs nothing", () => {
    expect(readSettings({})).toEqual({
      port: 3000,
      isPortGiven: false,
      host: undefined,
      databaseUrl: undefined,
      isPusherHosted: false,
      partyName: "Party night",
      trustedProxies: 0,
    })
  })

  it("takes what it is given", () => {
    const env = { PORT: "0", PARTY_HOST: "party.local", DATABASE_URL: "postgres://x", PARTY_NAME: " Bo's ", TRUST_PROXY: "1" }
    expect(readSettings(env)).toMatchObject({ port: 0, isPortGiven: true, host: "party.local", databaseUrl: "postgres://x", partyName: "Bo's", trustedProxies: 1 })
  })

  it.each(["http", "-1", "3.5", "65536", "0x10", " "])("refuses %j as a port", (PORT) => {
    expect(() => readSettings({ PORT })).toThrow(/PORT is/)
  })

  it.each(["http://192.168.1.2", "a b", "192.168.1.2:3000", "-x"])("refuses %j as a host", (PARTY_HOST) => {
    expect(() => readSettings({ PARTY_HOST })).toThrow(/PARTY_HOST is/)
  })

  it.each([["", 0], ["0", 0], ["1", 1], ["3", 3]])("[PTY-28] reads %j as so many proxies in front: %i", (TRUST_PROXY, count) => {
    expect(readSettings({ TRUST_PROXY }).trustedProxies).toBe(count)
  })

  it.each(["true", "yes", "-1", "1.5", "10", "127.0.0.1"])("[PTY-28] refuses %j as a number of proxies", (TRUST_PROXY) => {
    expect(() => readSettings({ TRUST_PROXY })).toThrow(/TRUST_PROXY is/)
  })

  it("uses hosted Pusher with all three keys, its own with none, and refuses some", () => {
    const keys = { PUSHER_APP_ID: "1", PUSHER_KEY: "k", PUSHER_SECRET: "s" }
    expect(readSettings(keys).isPusherHosted).toBe(true)
    expect(readSettings({ PUSHER_CLUSTER: "eu" }).isPusherHosted).toBe(false)
    expect(() => readSettings({ ...keys, PUSHER_SECRET: "" })).toThrow(/PUSHER_SECRET/)
  })
})
