import { describe, expect, it } from "vitest"
import { decideCopy, decideVote } from "./eligibility"

const copy = (copierId: string, takenBy: string[], isSecondCopy = false) => {
  const decision = decideCopy({ copierId, authorId: "ann", takenBy, isSecondCopy })
  return decision.ok ? "yes" : decision.refusal.code
}

describe("who may copy", () => {
  it.each([
    ["anybody while a copy is free", "bo", [], "yes"],
    ["anybody while the other copy is free", "bo", ["cy"], "yes"],
    ["not the author", "ann", [], "own_prompt"],
    ["nobody a third time", "di", ["bo", "cy"], "copies_complete"],
    ["nobody a third time, whoever has both", "di", ["bo", "bo"], "copies_complete"],
    ["nobody twice for the price of one", "bo", ["bo"], "already_copied"],
  ])("[QF-E2] %s", (_name, copierId, takenBy, answer) => {
    expect(copy(copierId, takenBy)).toBe(answer)
  })

  it.each([
    ["who has copied it", "bo", ["bo"], "yes"],
    ["only who has copied it", "bo", ["cy"], "not_copied_yet"],
    ["not as the first copy of all", "bo", [], "not_copied_yet"],
    ["only while it is free", "bo", ["bo", "cy"], "copies_complete"],
    ["never its author", "ann", [], "own_prompt"],
  ])("[QF-E4] the second copy may buy %s", (_name, copierId, takenBy, answer) => {
    expect(copy(copierId, takenBy, true)).toBe(answer)
  })
})

describe("who may vote", () => {
  const set = { setId: "set", writerIds: ["ann", "bo", "cy"] }
  const vote = (voterId: string, votedIds: string[], isFinal = false) => {
    const decision = decideVote({ voterId, set, votedIds, isFinal })
    return decision.ok ? "yes" : decision.refusal.code
  }

  it("[QF-E5] anybody once who wrote none of its phrases", () => {
    expect(vote("di", [])).toBe("yes")
    expect(vote("di", ["ed"])).toBe("yes")
    expect(vote("di", ["ed", "di"])).toBe("already_voted")
    for (const writer of set.writerIds) expect(vote(writer, [])).toBe("own_phraseset")
  })

  it("[QF-N5] nobody once it is final", () => {
    expect(vote("di", ["ed"], true)).toBe("phraseset_final")
  })
})
