import { afterEach, describe, expect, it } from "vitest"
import { nightFor } from "@/server/night-view"
import { startQuipflip } from "@/testing/quipflip-table"
import { accepted, startParty, type Night } from "@/testing/start-party"
import { endSession } from "./session-commands"

let night: Night
afterEach(() => night.house.stop())

describe("the sessions a screen is told of", () => {
  it("are the last that ended and, on a phone, always the own last one", async () => {
    night = await startParty({ names: ["Ann", "Bo"] })
    const played = async (host: string) => {
      const { sessionId } = await startQuipflip(night, { players: [host], ai: 2 })
      accepted(await night.guest(host, endSession, { sessionId }))
      night.clock.advance(1_000)
      return sessionId
    }
    await played("Ann")
    const annsLast = await played("Ann")
    const bos = [await played("Bo"), await played("Bo"), await played("Bo"), await played("Bo")]

    const shownTo = async (claims: Parameters<Night["ask"]>[0], surface: "guest" | "host") => {
      const { night: shown } = accepted(await night.ask(claims, nightFor(surface)))
      return shown?.sessions.map(({ sessionId }) => sessionId)
    }
    expect(await shownTo(night.hostClaims, "host")).toEqual(bos)
    expect(await shownTo(night.claimsOf("Bo"), "guest")).toEqual(bos)
    expect(await shownTo(night.claimsOf("Ann"), "guest")).toEqual([annsLast, ...bos])
  })
})
