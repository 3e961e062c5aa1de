import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from "vitest"
import { type Random, seededRandom } from "@/kernel/random"
import { endParty, kickGuest } from "@/party/commands"
import { moveSessionsOn } from "@/server/due-sessions"
import { openQuipflip, startQuipflip } from "@/testing/quipflip-table"
import { accepted, expectConserved, expectUntouched, refusedWith, startHouse, startParty, type House, type Night } from "@/testing/start-party"
import {
  addAiPlayer,
  changeSessionSettings,
  createSession,
  joinSession,
  joinSessionById,
  playAgain,
  removeAiPlayer,
  setReady,
  startSession,
} from "./lobby-commands"
import { endSession, leaveSession, pingSession, skipPhase } from "./session-commands"
import { sessionList } from "./session-queries"
import type { SessionView } from "./view"

const hourMs = 60 * 60_000
const names = ["Ann", "Bo", "Cy", "Di", "Ed", "Flo", "Gus", "Hal", "Ida", "Jo"]

let house: House
let night: Night
beforeAll(async () => void (house = await startHouse()))
afterAll(() => house.stop())
beforeEach(async () => void (night = await startParty({ house, names })))

const open = async (name: string, settings: object = {}): Promise<SessionView> => accepted(await night.guest(name, createSession, settings)).session
const join = async (name: string, { code }: { code: string }): Promise<SessionView> => {
  return accepted(await night.guest(name, joinSession, { code })).session
}
const seatNames = ({ players }: SessionView) => players.map(({ name }) => name)
const hostName = ({ players }: SessionView) => players.filter(({ isHost }) => isHost).map(({ name }) => name)
const list = async () => accepted(await night.ask(night.hostClaims, sessionList)).sessions
const tick = () => moveSessionsOn(night.runtime)

describe("[QF-S1] a session's code", () => {
  it("is four letters and four digits, and is found in any case with blanks anywhere", async () => {
    const { code } = await open("Ann")
    expect(code).toMatch(/^[A-HJKMNP-Z]{4}[2-9]{4}$/)
    const typed = ` ${code.slice(0, 2).toLowerCase()} ${code.slice(2, 4)}\t${code.slice(4).split("").join(" ")} `
    expect(seatNames(await join("Bo", { code: typed }))).toEqual(["Ann", "Bo"])
  })

  it("that is wrong, of another party or of a session that is over finds nothing", async () => {
    const elsewhere = await startParty({ house, guests: 1 })
    const { code } = accepted(await elsewhere.guest("Ann", createSession, {})).session
    const gone = await open("Bo")
    accepted(await night.guest("Bo", leaveSession, { sessionId: gone.sessionId }))
    for (const wrong of ["", "hello", "AAAA1111", code, gone.code]) {
      expect(refusedWith(await night.guest("Ann", joinSession, { code: wrong }))).toBe("session_not_found")
    }
    expect(refusedWith(await night.guest("Ann", joinSessionById, { sessionId: gone.sessionId }))).toBe("session_over")
  })
})

describe("[QF-S1] drawing a code", () => {
  it("is tried three times while living sessions of any party have it, and works again when they are over", async () => {
    let draws = 0
    const sameLetter: Random = { int: (min, max) => (draws++, max === 22 || max === 7 ? 0 : seededRandom(draws).int(min, max)) }
    const stuck = await startParty({ guests: 2, random: sameLetter })
    onTestFinished(() => stuck.stop())
    const beside = await startParty({ house: stuck.house, guests: 1 })
    const first = accepted(await stuck.guest("Ann", createSession, {})).session
    expect(first.code).toBe("AAAA2222")
    const before = draws
    await expectUntouched(stuck, async () => expect(refusedWith(await stuck.guest("Bo", createSession, {}))).toBe("no_code_left"))
    // A seed, and eight signs each time.
    expect(draws - before).toBe(24)
    expect(refusedWith(await beside.guest("Ann", createSession, {}))).toBe("no_code_left")
    accepted(await stuck.guest("Ann", leaveSession, { sessionId: first.sessionId }))
    expect(accepted(await beside.guest("Ann", createSession, {})).session.code).toBe("AAAA2222")
  })
})

describe("[QF-S2] the lobby", () => {
  it("seats people in the order of joining, once each, the opener as host", async () => {
    const lobby = await open("Ann")
    expect(lobby).toMatchObject({ status: "OPEN", phase: "LOBBY", promptsPerPlayer: 1, copiesPerPlayer: 2, votesPerPlayer: 3, pace: "X1", minPlayers: 3, maxPlayers: 8 })
    await join("Bo", lobby)
    const full = accepted(await night.guest("Cy", joinSessionById, { sessionId: lobby.sessionId })).session
    expect(seatNames(full)).toEqual(["Ann", "Bo", "Cy"])
    expect(hostName(full)).toEqual(["Ann"])
    expect(refusedWith(await night.guest("Bo", joinSession, { code: lobby.code }))).toBe("already_joined")
  })

  it("holds as many as it may, AI players among them, who are ready at once and whom the host alone adds and removes", async () => {
    const lobby = await open("Ann", { maxPlayers: 4 })
    const { sessionId } = lobby
    await join("Bo", lobby)
    expect(refusedWith(await night.guest("Bo", addAiPlayer, { sessionId }))).toBe("not_host")
    expect(refusedWith(await night.guest("Cy", addAiPlayer, { sessionId }))).toBe("not_in_session")
    accepted(await night.guest("Ann", addAiPlayer, { sessionId }))
    const full = accepted(await night.guest("Ann", addAiPlayer, { sessionId })).session
    const robots = full.players.filter(({ isAi }) => isAi)
    expect(robots.map(({ isReady, guestId }) => [isReady, guestId])).toEqual([[true, null], [true, null]])
    expect(new Set(seatNames(full)).size).toBe(4)
    expect(refusedWith(await night.guest("Ann", addAiPlayer, { sessionId }))).toBe("session_full")
    expect(refusedWith(await night.guest("Cy", joinSession, { code: lobby.code }))).toBe("session_full")
    const ann = full.players[0]?.participantId
    expect(refusedWith(await night.guest("Ann", removeAiPlayer, { sessionId, participantId: ann }))).toBe("player_unknown")
    const fewer = accepted(await night.guest("Ann", removeAiPlayer, { sessionId, participantId: robots[0]?.participantId })).session
    expect(fewer.players).toHaveLength(3)
    await join("Cy", lobby)
  })

  it("takes quotas and timers from its host until the start, within their ranges", async () => {
    const lobby = await open("Ann")
    const { sessionId } = lobby
    await join("Bo", lobby)
    const change = (name: string, settings: object) => night.guest(name, changeSessionSettings, { sessionId, ...settings })
    expect(accepted(await change("Ann", { promptsPerPlayer: 3, pace: "OFF" })).session).toMatchObject({ promptsPerPlayer: 3, copiesPerPlayer: 2, pace: "OFF" })
    expect(refusedWith(await change("Bo", { votesPerPlayer: 2 }))).toBe("not_host")
    for (const wrong of [{ promptsPerPlayer: 0 }, { promptsPerPlayer: 4 }, { copiesPerPlayer: 5 }, { votesPerPlayer: 1 }, { votesPerPlayer: 6 }, { pace: "X9" }]) {
      expect(refusedWith(await change("Ann", wrong))).toBe("input_invalid")
    }
    await join("Cy", lobby)
    for (const name of ["Bo", "Cy"]) accepted(await night.guest(name, setReady, { sessionId }))
    accepted(await night.guest("Ann", startSession, { sessionId }))
    expect(refusedWith(await change("Ann", { promptsPerPlayer: 1 }))).toBe("session_already_started")
    expect(refusedWith(await night.guest("Bo", setReady, { sessionId }))).toBe("session_already_started")
    expect(refusedWith(await night.guest("Di", joinSession, { code: lobby.code }))).toBe("session_already_started")
  })

  it("starts at the host's word with three ready, the host being ready by starting, and whoever is in plays", async () => {
    const lobby = await open("Ann")
    const { sessionId } = lobby
    for (const name of ["Bo", "Cy", "Di"]) await join(name, lobby)
    accepted(await night.guest("Bo", setReady, { sessionId }))
    expect(refusedWith(await night.guest("Bo", startSession, { sessionId }))).toBe("not_host")
    const refused = await night.guest("Ann", startSession, { sessionId })
    expect(refused).toMatchObject({ ok: false, refusal: { code: "not_enough_players", detail: { missing: 1 } } })
    accepted(await night.guest("Cy", setReady, { sessionId }))
    accepted(await night.guest("Cy", setReady, { sessionId, isReady: false }))
    expect(refusedWith(await night.guest("Ann", startSession, { sessionId }))).toBe("not_enough_players")
    accepted(await night.guest("Cy", setReady, { sessionId }))
    const started = accepted(await night.guest("Ann", startSession, { sessionId })).session
    expect(started).toMatchObject({ status: "IN_PROGRESS", phase: "PROMPT", lifecycleVersion: 1 })
    expect(started.players.map(({ dealt }) => dealt)).toEqual([1, 1, 1, 1])
    expect(refusedWith(await night.guest("Ann", startSession, { sessionId }))).toBe("session_already_started")
  })

  it("goes to the human who joined first when its host leaves, and away with the last human", async () => {
    const lobby = await open("Ann")
    const { sessionId } = lobby
    await join("Bo", lobby)
    accepted(await night.guest("Ann", addAiPlayer, { sessionId }))
    await join("Cy", lobby)
    const left = accepted(await night.guest("Ann", leaveSession, { sessionId })).session
    expect(left && hostName(left)).toEqual(["Bo"])
    expect(refusedWith(await night.guest("Ann", leaveSession, { sessionId }))).toBe("not_in_session")
    accepted(await night.guest("Bo", leaveSession, { sessionId }))
    expect(hostName((await list())[0] as SessionView)).toEqual(["Cy"])
    expect(accepted(await night.guest("Cy", leaveSession, { sessionId })).session).toBeNull()
    expect(await list()).toEqual([])
    await open("Cy")
  })

  it("reminds those who are not ready yet, but not the host, who is by starting", async () => {
    const lobby = await open("Ann")
    for (const name of ["Bo", "Cy"]) await join(name, lobby)
    accepted(await night.guest("Bo", setReady, { sessionId: lobby.sessionId }))
    expect(accepted(await night.guest("Ann", pingSession, { sessionId: lobby.sessionId })).pinged).toBe(1)
    expect(night.published.at(-1)?.payload).toMatchObject({ guestIds: [night.idOf("Cy")] })
    expect(refusedWith(await night.guest("Bo", pingSession, { sessionId: lobby.sessionId }))).toBe("not_host")
  })

  it("loses who was kicked, the host too, within a second", async () => {
    const lobby = await open("Ann")
    for (const name of ["Bo", "Cy"]) await join(name, lobby)
    for (const name of ["Ann", "Cy"]) accepted(await night.host(kickGuest, { guestId: night.idOf(name) }))
    await tick()
    await tick()
    const [after] = await list()
    expect(after && [seatNames(after), hostName(after)]).toEqual([["Bo"], ["Bo"]])
    accepted(await night.host(kickGuest, { guestId: night.idOf("Bo") }))
    await tick()
    expect(await list()).toEqual([])
  })
})

describe("[QF-S17] a player", () => {
  it("is in one living session", async () => {
    const lobby = await open("Ann")
    const other = await open("Bo")
    expect(refusedWith(await night.guest("Ann", createSession, {}))).toBe("in_another_session")
    expect(refusedWith(await night.guest("Ann", joinSession, { code: other.code }))).toBe("in_another_session")
    accepted(await night.guest("Ann", leaveSession, { sessionId: lobby.sessionId }))
    await join("Ann", other)
  })

  it("who left a running session may sit in another, and is back only when that is over", async () => {
    const table = await startQuipflip(night, { players: ["Ann", "Bo", "Cy"] })
    accepted(await night.guest("Cy", leaveSession, { sessionId: table.sessionId }))
    const other = await open("Cy")
    expect(refusedWith(await night.guest("Cy", joinSession, { code: table.code }))).toBe("in_another_session")
    accepted(await night.guest("Cy", leaveSession, { sessionId: other.sessionId }))
    expect((await join("Cy", table)).players.map(({ hasLeft }) => hasLeft)).toEqual([false, false, false])
  })

  it("opens five in an hour, those that are gone included, and the sixth when the first is an hour old", async () => {
    const firstAt = night.clock.now().getTime()
    for (let count = 0; count < 5; count++) {
      const { sessionId } = await open("Ann")
      accepted(await night.guest("Ann", leaveSession, { sessionId }))
      night.clock.advance(1_000)
    }
    night.clock.advance(firstAt + hourMs - 1 - night.clock.now().getTime())
    await expectUntouched(night, async () => expect(refusedWith(await night.guest("Ann", createSession, {}))).toBe("too_many_sessions"))
    await open("Bo")
    night.clock.advance(1)
    await open("Ann")
  })
})

describe("[QF-S16] a lobby", () => {
  it("dies after 24 hours, not a millisecond before", async () => {
    const lobby = await open("Ann")
    night.clock.advance(24 * hourMs - 1)
    await tick()
    expect(await list()).toHaveLength(1)
    night.clock.advance(1)
    await tick()
    expect(await list()).toEqual([])
    expect(refusedWith(await night.guest("Ann", setReady, { sessionId: lobby.sessionId }))).toBe("session_over")
    await open("Ann")
  })

  it("closes when its host or the party's host ends it, or the party ends", async () => {
    const first = await open("Ann")
    await join("Bo", first)
    expect(refusedWith(await night.guest("Bo", endSession, { sessionId: first.sessionId }))).toBe("not_host")
    expect(accepted(await night.guest("Ann", endSession, { sessionId: first.sessionId })).session).toBeNull()
    const second = await open("Ann")
    expect(accepted(await night.host(endSession, { sessionId: second.sessionId })).session).toBeNull()
    expect(refusedWith(await night.host(endSession, { sessionId: second.sessionId }))).toBe("session_over")
    await open("Bo")
    accepted(await night.host(endParty, {}))
    await tick()
    expect(await list()).toEqual([])
    await expectConserved(night)
  })
})

describe("[QF-S18] again", () => {
  it("seats the same people in a new session like it, with one tap; the second tap finds the same", async () => {
    const players = ["Ann", "Bo", "Cy"]
    const table = await startQuipflip(night, { players, ai: 1, quotas: { votesPerPlayer: 2, pace: "X2" } })
    expect(refusedWith(await night.guest("Bo", playAgain, { sessionId: table.sessionId }))).toBe("session_not_over")
    for (let phase = 0; phase < 3; phase++) accepted(await night.host(skipPhase, { sessionId: table.sessionId }))
    expect(refusedWith(await night.guest("Di", playAgain, { sessionId: table.sessionId }))).toBe("not_in_session")
    const next = accepted(await night.guest("Bo", playAgain, { sessionId: table.sessionId })).session
    expect(next).toMatchObject({ status: "OPEN", votesPerPlayer: 2, pace: "X2" })
    expect(next.sessionId).not.toBe(table.sessionId)
    expect(hostName(next)).toEqual(["Bo"])
    expect(seatNames(next).slice(0, 3).toSorted()).toEqual(players)
    expect(next.players.map(({ isAi }) => isAi)).toEqual([false, false, false, true])
    expect((await table.status()).nextSessionId).toBe(next.sessionId)
    for (const name of players) expect(accepted(await night.guest(name, playAgain, { sessionId: table.sessionId })).session.sessionId).toBe(next.sessionId)
    expect((await list()).map(({ sessionId }) => sessionId)).toEqual([next.sessionId])
  })

  it("leaves out who was kicked and who sits elsewhere; who comes free joins by the same tap", async () => {
    const table = await startQuipflip(night, { players: ["Ann", "Bo", "Cy", "Di"] })
    for (let phase = 0; phase < 3; phase++) accepted(await night.host(skipPhase, { sessionId: table.sessionId }))
    accepted(await night.kick("Bo"))
    const other = await open("Cy")
    const next = accepted(await night.guest("Ann", playAgain, { sessionId: table.sessionId })).session
    expect(seatNames(next).toSorted()).toEqual(["Ann", "Di"])
    expect(refusedWith(await night.guest("Cy", playAgain, { sessionId: table.sessionId }))).toBe("in_another_session")
    accepted(await night.guest("Cy", leaveSession, { sessionId: other.sessionId }))
    expect(seatNames(accepted(await night.guest("Cy", playAgain, { sessionId: table.sessionId })).session).toSorted()).toEqual(["Ann", "Cy", "Di"])
  })

  it("begins once more when the next one is over as well", async () => {
    const table = await startQuipflip(night, { players: ["Ann", "Bo", "Cy"] })
    accepted(await night.host(endSession, { sessionId: table.sessionId }))
    const first = accepted(await night.guest("Ann", playAgain, { sessionId: table.sessionId })).session
    accepted(await night.guest("Ann", endSession, { sessionId: first.sessionId }))
    const second = accepted(await night.guest("Bo", playAgain, { sessionId: table.sessionId })).session
    expect(second.sessionId).not.toBe(first.sessionId)
    expect((await openQuipflip(night, { players: ["Di", "Ed"] })).sessionId).not.toBe(second.sessionId)
  })
})
