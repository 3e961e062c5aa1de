import { expect, it } from "vitest"
import { aRunningSession, aSession, aSessionPlayer } from "@/testing/quipflip-views"
import { awaitedOf, hintWords, nudgeWords, stateWords } from "./control-session-words"

it("says where a session is", () => {
  expect(stateWords(aSession())).toBe("Lobby, 3 of 8")
  expect(stateWords(aRunningSession())).toBe("Copy, 2 of 4")
})

it("[QF-S6] waits for nobody who left", () => {
  const players = [aSessionPlayer("ann", { dealt: 1, hasLeft: true }), aSessionPlayer("bo", { dealt: 1 })]
  expect(awaitedOf(aRunningSession({ players })).map(({ name }) => name)).toEqual(["Bo"])
})

it("names those it nudges as far as a button holds them", () => {
  const players = ["ann", "bo", "cy"].map((id) => aSessionPlayer(id))
  expect(nudgeWords(players.slice(0, 2))).toBe("Nudge Ann and Bo")
  expect(nudgeWords(players)).toBe("Nudge 3 players")
})

it("[QF-S2] [QF-S4] says what comes next", () => {
  const two = [aSessionPlayer("ann", { isHost: true }), aSessionPlayer("bo")]
  expect(hintWords(aSession({ players: two }))).toBe("1 more is needed; Ann can add AI players.")
  const three = [...two, aSessionPlayer("cy")]
  expect(hintWords(aSession({ players: three }))).toBe("1 is ready, 3 have to be. Then Ann starts it.")
  const ready = [...two, aSessionPlayer("cy", { isReady: true }), aSessionPlayer("di", { isReady: true })]
  expect(hintWords(aSession({ players: ready }))).toBe("Enough are ready: Ann can start it.")
  expect(hintWords(aRunningSession())).toContain("at 0:00")
  expect(hintWords(aRunningSession({ pace: "OFF", phaseEndsAt: null }))).toContain("There is no clock")
})
