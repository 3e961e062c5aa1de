import { describe, expect, it } from "vitest"
import { seededRandom } from "@/kernel/random"
import { aPhrase, aRound, aSetSheet, aSheet, aVote, later } from "@/testing/quipflip-sheets"
import type { Sheet } from "./round-sheet"
import { promptsToCopy, promptToWrite, secondCopiesToBuy, setsToVoteOn } from "./solo-dealing"

const namesOf = (sheets: readonly Sheet[]) => sheets.map(({ prompt }) => prompt.roundId)
const random = () => seededRandom(3)

describe("prompts to write", () => {
  const deck = [
    { prompt: "One…", isFamily: true },
    { prompt: "Two…", isFamily: false },
    { prompt: "Three…", isFamily: true },
  ]

  it("[QF-E9] one nobody had tonight, as long as there is one", () => {
    for (let seed = 0; seed < 20; seed++) expect(promptToWrite(deck, new Set(["One…", "Three…"]), "OFF", seededRandom(seed))).toBe("Two…")
    const all = new Set(deck.map(({ prompt }) => prompt))
    expect(deck.map(({ prompt }) => prompt)).toContain(promptToWrite(deck, all, "OFF", random()))
  })

  it("[QF-E9] [QF-P10] only what is for the family where there is a filter, used or not", () => {
    const seen = new Set(["One…", "Three…"])
    for (let seed = 0; seed < 20; seed++) expect(["One…", "Three…"]).toContain(promptToWrite(deck, seen, "MILD", seededRandom(seed)))
    expect(promptToWrite([{ prompt: "Two…", isFamily: false }], new Set(), "STRICT", random())).toBeNull()
  })

  it("every fresh prompt can be drawn", () => {
    const drawn = new Set(Array.from({ length: 60 }, (_, seed) => promptToWrite(deck, new Set(), "OFF", seededRandom(seed))))
    expect(drawn.size).toBe(3)
  })
})

describe("[QF-E2] originals to copy", () => {
  const byBo = aRound({ playerId: "bo", slot: 1 })

  it("in the order they wait, not one's own, not one's copied, not a third copy", () => {
    const live = [
      aSheet("first"),
      aSheet("mine", { prompt: aPhrase("di", { roundId: "mine", roundType: "PROMPT" }) }),
      aSheet("copied", { copies: [aPhrase("di", { slot: 1 })] }),
      aSheet("half", { copies: [byBo] }),
      aSheet("full", { copies: [byBo, aRound({ playerId: "cy", slot: 2 })] }),
    ]
    expect(namesOf(promptsToCopy(live, "di", []))).toEqual(["first", "half"])
  })

  it("[QF-E10] none that is flagged, still written, in a session or a set already", () => {
    const live = [
      aSheet("flagged", { prompt: { ...aSheet("flagged").prompt, flaggedAt: later(0) } }),
      aSheet("written", { prompt: { ...aSheet("written").prompt, status: "ACTIVE" } }),
      aSheet("session", { prompt: { ...aSheet("session").prompt, sessionId: "session" } }),
      aSetSheet("set"),
    ]
    expect(promptsToCopy(live, "di", [])).toEqual([])
  })

  it("[QF-E9] what was given back last, what was flagged never", () => {
    const live = [aSheet("back"), aSheet("flagged"), aSheet("new")]
    const before = [
      { promptRoundId: "back", isFlagged: false },
      { promptRoundId: "flagged", isFlagged: true },
    ]
    expect(namesOf(promptsToCopy(live, "di", before))).toEqual(["new", "back"])
  })

  it("[QF-E9] a flag counts, whatever was done with it besides", () => {
    const before = [true, false].map((isFlagged) => ({ promptRoundId: "one", isFlagged }))
    expect(promptsToCopy([aSheet("one")], "di", before)).toEqual([])
    expect(promptsToCopy([aSheet("one")], "di", before.toReversed())).toEqual([])
  })

  it("[QF-E4] the other copy is for who has written one", () => {
    const live = [
      aSheet("written", { copies: [aPhrase("di", { slot: 1 })] }),
      aSheet("running", { copies: [aRound({ playerId: "di", slot: 1 })] }),
      aSheet("others", { copies: [aPhrase("bo", { slot: 1 })] }),
      aSheet("full", { copies: [aPhrase("di", { slot: 1 }), byBo] }),
    ]
    expect(namesOf(secondCopiesToBuy(live, "di"))).toEqual(["written"])
  })
})

describe("sets to vote on", () => {
  const cast = (playerId: string) => aVote(playerId, { status: "SUBMITTED", choice: "COPY_1", endedAt: later(0) })

  it("[QF-E9] the most votes cast first, then the oldest; a vote that runs counts for nothing", () => {
    const live = [
      aSetSheet("newer", {}, { createdAt: later(9) }),
      aSetSheet("older"),
      aSetSheet("running", { votes: [aVote("ed")] }, { createdAt: later(5) }),
      aSetSheet("one", { votes: [cast("ed")] }),
      aSetSheet("two", { votes: [cast("ed"), cast("flo")] }),
    ]
    expect(namesOf(setsToVoteOn(live, "di", later(0)))).toEqual(["two", "one", "older", "running", "newer"])
  })

  it("[QF-E5] none with an own phrase, none voted on, running votes included", () => {
    const live = [aSetSheet("a", { votes: [aVote("di")] }), aSetSheet("b", { votes: [cast("di")] }), aSheet("no set")]
    expect(setsToVoteOn(live, "di", later(0))).toEqual([])
    for (const writer of ["ann", "bo", "cy"]) expect(setsToVoteOn([aSetSheet("c")], writer, later(0))).toEqual([])
  })

  it("[QF-N5] none that is final, from its own millisecond on, nor one of a session", () => {
    const live = [aSetSheet("a", {}, { finalAt: later(100) }), aSetSheet("b", {}, { sessionId: "session" }), aSetSheet("c", {}, { status: "FINALIZED", finalizedAt: later(0) })]
    expect(namesOf(setsToVoteOn(live, "di", later(99)))).toEqual(["a"])
    expect(setsToVoteOn(live, "di", later(100))).toEqual([])
  })
})
