import { describe, expect, it } from "vitest"
import { appEnvironment, type Wiring } from "./app-environment"

const wiring: Wiring = {
  secrets: { sessionSecret: "s".repeat(43), pusher: { appId: "123456", key: "k".repeat(20), secret: "t".repeat(32) }, hostPasscode: "ABCD-EFGH" },
  databaseUrl: "postgres://party@127.0.0.1:5000/postgres",
  isPusherHosted: false,
  port: 3001,
  partyUrl: "http://192.168.1.20:3001",
  logFile: "/party/party.log",
  lan: { relayAt: "192.168.1.20:3480", stunAt: undefined },
}

describe("appEnvironment", () => {
  it("gives the app its database, secrets, address, ticker, relay and local Pusher server", () => {
    expect(appEnvironment({}, wiring)).toEqual({
      DATABASE_URL: wiring.databaseUrl,
      SESSION_SECRET: wiring.secrets.sessionSecret,
      PARTY_URL: "http://192.168.1.20:3001",
      PARTY_OS_TICKER: "1",
      LOG_LEVEL: "warn",
      PARTY_LOG_FILE: "/party/party.log",
      LAN_RELAY: "192.168.1.20:3480",
      PUSHER_APP_ID: "123456",
      PUSHER_KEY: wiring.secrets.pusher.key,
      PUSHER_SECRET: wiring.secrets.pusher.secret,
      PUSHER_HOST: "127.0.0.1",
      PUSHER_PORT: "3001",
      PUSHER_IS_LOCAL: "1",
    })
  })

  it("leaves hosted Pusher, a given session secret and a given log level alone", () => {
    const env = appEnvironment({ SESSION_SECRET: "own", LOG_LEVEL: "debug" }, { ...wiring, isPusherHosted: true })
    expect(env).toMatchObject({ SESSION_SECRET: "own", LOG_LEVEL: "debug" })
    expect(Object.keys(env).filter((name) => name.startsWith("PUSHER_"))).toEqual([])
  })

  it("tells the app nothing of the host's passcode", () => {
    expect(JSON.stringify(appEnvironment({}, wiring))).not.toContain("ABCD-EFGH")
  })
})
