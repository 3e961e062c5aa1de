import { describe, expect, it } from "vitest"
import { aBoardRow, aRace } from "@/testing/views"
import type { RaceView } from "../view"
import { raceToShow } from "./phone-race-choice"

const race = (gameId: string, status: RaceView["status"], drivers: string[] = []): RaceView =>
  aRace(gameId, { status, board: drivers.map((id) => aBoardRow(id)) })

describe("raceToShow", () => {
  it("prefers what is on over what is coming over what has been", () => {
    const shown = (...races: RaceView[]) => raceToShow(races, null, "me")?.gameId
    expect(shown(race("next", "PENDING"), race("now", "LIVE"), race("was", "FINISHED"))).toBe("now")
    expect(shown(race("next", "PENDING"), race("bets", "OPEN_FOR_BETS"))).toBe("bets")
    expect(shown(race("was", "FINISHED"), race("next", "PENDING"))).toBe("next")
    expect(shown()).toBeUndefined()
  })

  it("prefers, of two live races, the one the guest drives in", () => {
    expect(raceToShow([race("newer", "LIVE"), race("mine", "LIVE", ["me"])], null, "me")?.gameId).toBe("mine")
  })

  it("shows the newest when all are over, whoever drove in it and however it ended", () => {
    expect(raceToShow([race("newer", "FINISHED"), race("mine", "FINISHED", ["me"])], null, "me")?.gameId).toBe("newer")
    expect(raceToShow([race("off", "VOID"), race("was", "FINISHED")], null, "me")?.gameId).toBe("off")
  })

  it("shows what was picked, but not beyond its end", () => {
    const picked = (status: RaceView["status"]) => raceToShow([race("now", "LIVE"), race("picked", status)], "picked", "me")?.gameId
    expect(picked("PENDING")).toBe("picked")
    expect(picked("FINISHED")).toBe("now")
  })
})
