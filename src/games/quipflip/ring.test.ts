import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { copiesPerPrompt, dealCopies, type CopyDeal, type DealtPrompt } from "./ring"

const playersOf = (count: number) => Array.from({ length: count }, (_, seat) => `player-${seat}`)
const promptsOf = (authorIds: readonly string[], perAuthor: number): DealtPrompt[] =>
  authorIds.flatMap((authorId) =>
    Array.from({ length: perAuthor }, (_, ordinal) => ({ promptId: `${authorId}/${ordinal}`, authorId, ordinal })),
  )

const tables = [3, 4, 5, 6, 7, 8].flatMap((players) =>
  [1, 2, 3].flatMap((perAuthor) => [1, 2, 3, 4].map((copies) => ({ players, perAuthor, copies }))),
)

const anyDeal = fc.constantFrom(...tables).chain(({ players, perAuthor, copies }) => {
  const prompts = promptsOf(playersOf(players), perAuthor)
  return fc.record({
    ids: fc.constant(playersOf(players)),
    prompts: fc.shuffledSubarray(prompts),
    copies: fc.constant(copies),
  })
})

const outsideOf = (deal: CopyDeal, id: string) => deal.outsidePrompts.filter(({ copierIds }) => copierIds.includes(id)).length
const copiesOf = (deal: CopyDeal, id: string) => deal.assignments.filter(({ copierId }) => copierId === id).map(({ promptId }) => promptId)
const copiersOf = (deal: CopyDeal, id: string) => deal.assignments.filter(({ promptId }) => promptId === id).map(({ copierId }) => copierId)
const houseCopiesOf = (deal: CopyDeal, id: string) => deal.houseCopies.find(({ promptId }) => promptId === id)?.count ?? 0

/** What holds of every deal, whatever is missing. */
function expectFair(deal: CopyDeal, ids: readonly string[], prompts: readonly DealtPrompt[], copies: number) {
  for (const id of ids) {
    const own = copiesOf(deal, id)
    expect(own.length + outsideOf(deal, id)).toBe(copies)
    expect(new Set(own).size).toBe(own.length)
  }
  for (const { promptId, authorId } of prompts) {
    const copiers = copiersOf(deal, promptId)
    expect(copiers).not.toContain(authorId)
    expect(copiers.length + houseCopiesOf(deal, promptId)).toBe(copiesPerPrompt)
  }
  for (const { promptId } of deal.assignments) expect(prompts.map((one) => one.promptId)).toContain(promptId)
  for (const { copierIds } of deal.outsidePrompts) {
    expect(new Set(copierIds).size).toBe(copierIds.length)
    expect([1, copiesPerPrompt]).toContain(copierIds.length)
  }
}

describe("the ring", () => {
  it("[QF-S7] with one prompt and two copies each, everybody copies the next two round the ring", () => {
    for (const count of [3, 4, 5, 6, 7, 8]) {
      const ids = playersOf(count)
      const deal = dealCopies(ids, promptsOf(ids, 1), 2)
      expect(deal.assignments).toEqual(
        ids.flatMap((copierId, seat) => [1, 2].map((step) => ({ copierId, promptId: `${ids[(seat + step) % count]}/0` }))),
      )
      expect(deal.houseCopies).toEqual([])
      expect(deal.outsidePrompts).toEqual([])
    }
  })

  it.each(tables)("[QF-S7] [QF-S8] $players players, $perAuthor prompts, $copies copies each", ({ players, perAuthor, copies }) => {
    const ids = playersOf(players)
    const prompts = promptsOf(ids, perAuthor)
    const deal = dealCopies(ids, prompts, copies)
    expectFair(deal, ids, prompts, copies)
    const own = Math.min(copies, copiesPerPrompt * perAuthor)
    for (const id of ids) expect(copiesOf(deal, id)).toHaveLength(own)
    const human = prompts.map(({ promptId }) => copiersOf(deal, promptId).length)
    // Every prompt gets its first copy before any gets its second.
    expect(Math.max(...human) - Math.min(...human)).toBeLessThanOrEqual(1)
    expect(deal.outsidePrompts).toHaveLength(Math.ceil((players * (copies - own)) / copiesPerPrompt))
  })

  it("[QF-S7] with several prompts each, not everybody's go to the same two", () => {
    const ids = playersOf(6)
    const deal = dealCopies(ids, promptsOf(ids, 2), 4)
    const authors = new Set(copiesOf(deal, "player-0").map((promptId) => promptId.split("/")[0]))
    expect(authors).toEqual(new Set(["player-1", "player-2", "player-3", "player-4"]))
  })
})

describe("with prompts missing", () => {
  it("[QF-S8] whoever lost one takes an open one, else one from outside", () => {
    const ids = ["ann", "bo", "cy", "di"]
    const prompts = promptsOf(ids, 1).filter(({ authorId }) => authorId !== "bo")
    expect(dealCopies(ids, prompts, 1)).toEqual({
      assignments: [
        { copierId: "ann", promptId: "cy/0" },
        { copierId: "bo", promptId: "cy/0" },
        { copierId: "cy", promptId: "di/0" },
        { copierId: "di", promptId: "ann/0" },
      ],
      houseCopies: [
        { promptId: "ann/0", count: 1 },
        { promptId: "di/0", count: 1 },
      ],
      outsidePrompts: [],
    })
    expect(dealCopies(ids, prompts, 2).outsidePrompts).toEqual([{ copierIds: ["ann", "di"] }])
  })

  it("[QF-S8] without any prompt everything comes from outside, two to each", () => {
    const ids = playersOf(3)
    expect(dealCopies(ids, [], 2)).toEqual({
      assignments: [],
      houseCopies: [],
      outsidePrompts: [
        { copierIds: ["player-0", "player-1"] },
        { copierIds: ["player-2", "player-0"] },
        { copierIds: ["player-1", "player-2"] },
      ],
    })
  })

  it("[QF-S7] [QF-S8] the deal is fair all the same, and takes nothing from outside while it need not", () => {
    fc.assert(
      fc.property(anyDeal, ({ ids, prompts, copies }) => {
        const deal = dealCopies(ids, prompts, copies)
        expectFair(deal, ids, prompts, copies)
        for (const id of ids.filter((one) => outsideOf(deal, one) > 0)) {
          const open = prompts.filter(
            ({ promptId, authorId }) => authorId !== id && houseCopiesOf(deal, promptId) > 0 && !copiesOf(deal, id).includes(promptId),
          )
          expect(open).toEqual([])
        }
        const wanted = ids.map((id) => outsideOf(deal, id))
        const total = wanted.reduce((sum, one) => sum + one, 0)
        expect(deal.outsidePrompts).toHaveLength(Math.max(...wanted, Math.ceil(total / copiesPerPrompt)))
      }),
      { numRuns: 1000 },
    )
  })

  it.each([0, 1, 2])("[QF-N8] a ring of %d is a bug", (count) => {
    expect(() => dealCopies(playersOf(count), [], 2)).toThrow(/ring/)
  })
})
