import { expect, it } from "vitest"
import { aRunningSession, aSession, aSessionPlayer } from "@/testing/quipflip-views"
import { missingReady, ownSession, sessionPath, waitsForPlayer } from "./own-session"

it("[QF-S17] finds the one session a guest lives in, also one that was left, and none that is over", () => {
  const over = aSession({ sessionId: "over", status: "COMPLETED", phase: "RESULTS" })
  const others = aSession({ sessionId: "others", players: [aSessionPlayer("zoe")] })
  const left = aRunningSession({ players: [aSessionPlayer("ann", { hasLeft: true })] })
  expect(ownSession([over, others, left], "ann")).toBe(left)
  expect(ownSession([over, others], "ann")).toBeNull()
})

it("[QF-S2] counts who is missing for a start, the host being ready by starting", () => {
  expect(missingReady(aSession())).toBe(2)
  const players = [aSessionPlayer("ann", { isHost: true }), aSessionPlayer("bo", { isReady: true }), aSessionPlayer("ai", { guestId: null, isAi: true, isReady: true })]
  expect(missingReady(aSession({ players }))).toBe(0)
})

it.each([
  ["somebody who is not ready", aSession(), "bo", true],
  ["a host who cannot start yet", aSession(), "ann", false],
  ["a host who can start", aSession({ minPlayers: 3, players: [aSessionPlayer("ann", { isHost: true }), aSessionPlayer("bo", { isReady: true }), aSessionPlayer("cy", { isReady: true })] }), "ann", true],
  ["somebody with something to play", aRunningSession(), "bo", true],
  ["somebody who is done", aRunningSession({ players: [aSessionPlayer("bo", { dealt: 2, done: 2 })] }), "bo", false],
  ["somebody who left", aRunningSession({ players: [aSessionPlayer("bo", { dealt: 2, hasLeft: true })] }), "bo", false],
  ["somebody who looks on", aRunningSession(), "zoe", false],
] as const)("knows whether it waits for %s", (_who, session, guestId, waits) => {
  expect(waitsForPlayer(session, guestId)).toBe(waits)
})

it("leads to the page of the session's state", () => {
  const paths = (["OPEN", "IN_PROGRESS", "COMPLETED", "ABANDONED"] as const).map((status) => sessionPath({ sessionId: "x", status }))
  expect(paths).toEqual(["/party/lobby/x", "/party/play/x", "/party/results/x", "/party/play/x"])
})
