import { describe, expect, it } from "vitest"
import { readOptions } from "./options"

describe("the bot's command line", () => {
  it("needs a PIN and nothing else", () => {
    expect(readOptions(["--pin", "123456"])).toEqual({
      url: "http://localhost:3000",
      pin: "123456",
      name: "Bot",
      code: null,
      bots: 1,
      players: 3,
      aiPlayers: 0,
      thinkMs: 500,
      hasSocket: true,
    })
  })

  it("waits for as many as it brings along", () => {
    expect(readOptions(["--pin", "123456", "--bots", "4", "--ai", "2"])).toMatchObject({ bots: 4, aiPlayers: 2, players: 6 })
    expect(readOptions(["--pin", "123456", "--bots", "4", "--players", "5"])).toMatchObject({ players: 5 })
  })

  it("takes an address with or without a slash", () => {
    expect(readOptions(["--pin", "123456", "--url", "http://192.168.1.20:4000/"])).toMatchObject({ url: "http://192.168.1.20:4000" })
  })

  it("says what cannot be meant", () => {
    expect(() => readOptions([])).toThrow("--pin 123456")
    expect(() => readOptions(["--pin", "12"])).toThrow("six digits")
    expect(() => readOptions(["--pin", "123456", "--bots", "9"])).toThrow("--bots")
    expect(() => readOptions(["--pin", "123456", "--url", "ftp://party"])).toThrow("--url")
    expect(() => readOptions(["--pin", "123456", "--code", "ABCD2345", "--create"])).toThrow("Either")
    expect(() => readOptions(["--pin", "123456", "--dance"])).toThrow("--dance")
  })

  it("helps", () => {
    expect(readOptions(["--help"])).toBeNull()
  })
})
