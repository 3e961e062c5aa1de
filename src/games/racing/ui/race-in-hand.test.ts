import { describe, expect, it } from "vitest"
import { aBoardRow, aRace } from "@/testing/views"
import type { RaceView } from "../view"
import { raceInHand, winnerOnBoard } from "./race-in-hand"

const race = (gameId: string, status: RaceView["status"], board: RaceView["board"] = []) => aRace(gameId, { status, board })
const idOf = (races: RaceView[], chosen: string | null = null) => raceInHand(races, chosen)?.gameId

describe("raceInHand", () => {
  it("stays with what the host chose, also when it is over", () => {
    expect(idOf([race("new", "PENDING"), race("live", "LIVE"), race("old", "FINISHED")], "old")).toBe("old")
  })

  it("prefers the race that is on to a newer one, and any unfinished one to a finished one", () => {
    expect(idOf([race("new", "PENDING"), race("live", "LIVE")])).toBe("live")
    expect(idOf([race("over", "FINISHED"), race("next", "OPEN_FOR_BETS")], "forgotten")).toBe("next")
  })

  it("[RAC-4] is no race when all were called off, so that a first lap makes a new one", () => {
    expect(idOf([race("off", "VOID")])).toBeUndefined()
  })
})

describe("winnerOnBoard", () => {
  const row = (status: RaceView["board"][number]["status"]) => aBoardRow("ann", { name: "Ann", status })

  it("[RAC-20] is nobody without a time that counts", () => {
    expect(winnerOnBoard(race("a", "LIVE", [row("DNF")]))).toBeNull()
    expect(winnerOnBoard(race("a", "LIVE", [row("NO_TIME")]))).toBeNull()
    expect(winnerOnBoard(race("a", "LIVE", [row("CLASSIFIED")]))?.name).toBe("Ann")
  })
})
