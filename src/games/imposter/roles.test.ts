import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { drawRoles, fewestPlayers, mostImposters } from "./roles"

const anySeed = fc.integer({ min: 0, max: 2 ** 31 - 1 })
const playersOf = (count: number) => Array.from({ length: count }, (_, place) => `guest-${place}`)
const anyDeal = fc.record({
  seed: anySeed,
  playerIds: fc.integer({ min: fewestPlayers, max: 40 }).map(playersOf),
  wanted: fc.record({ imposterCount: fc.integer({ min: 1, max: 10 }), hasMisterWhite: fc.boolean() }),
})

describe("how many imposters", () => {
  it.each([
    [3, 1],
    [4, 1],
    [5, 2],
    [6, 2],
    [7, 3],
    [12, 5],
  ])("[IMP-3] of %d players at most %d", (players, most) => {
    expect(mostImposters(players)).toBe(most)
    expect(drawRoles(1, playersOf(players), { imposterCount: 10, hasMisterWhite: false }).imposterIds).toHaveLength(most)
  })

  it("[IMP-3] as many as asked for when they may be, else as many as may be, never none", () => {
    fc.assert(
      fc.property(anyDeal, ({ seed, playerIds, wanted }) => {
        const { imposterIds } = drawRoles(seed, playerIds, wanted)
        const most = mostImposters(playerIds.length)
        expect(imposterIds).toHaveLength(wanted.imposterCount > most ? most : wanted.imposterCount)
        expect(imposterIds.length).toBeGreaterThanOrEqual(1)
        // The civilians are always more: that is what the bound is for.
        expect(playerIds.length - imposterIds.length).toBeGreaterThan(imposterIds.length)
      }),
    )
  })

  it("[IMP-3] asked for none, there is one", () => {
    expect(drawRoles(1, playersOf(5), { imposterCount: 0, hasMisterWhite: false }).imposterIds).toHaveLength(1)
  })
})

describe("the draw", () => {
  it("[IMP-3] is of the players, nobody twice", () => {
    fc.assert(
      fc.property(anyDeal, ({ seed, playerIds, wanted }) => {
        const { imposterIds } = drawRoles(seed, playerIds, wanted)
        expect(new Set(imposterIds).size).toBe(imposterIds.length)
        for (const id of imposterIds) expect(playerIds).toContain(id)
      }),
    )
  })

  it("[IMP-3] is the same for the same seed and players", () => {
    fc.assert(
      fc.property(anyDeal, ({ seed, playerIds, wanted }) => {
        expect(drawRoles(seed, [...playerIds], { ...wanted })).toEqual(drawRoles(seed, playerIds, wanted))
      }),
    )
  })

  it("[IMP-3] is another for other seeds", () => {
    const draws = Array.from({ length: 200 }, (_, seed) => drawRoles(seed, playersOf(6), { imposterCount: 1, hasMisterWhite: false }).imposterIds[0])
    expect(new Set(draws)).toEqual(new Set(playersOf(6)))
  })

  it("[IMP-3] with Mr White on one of the imposters is Mr White, else nobody", () => {
    fc.assert(
      fc.property(anyDeal, ({ seed, playerIds, wanted }) => {
        const { imposterIds, misterWhiteId } = drawRoles(seed, playerIds, wanted)
        if (wanted.hasMisterWhite) expect(imposterIds).toContain(misterWhiteId)
        else expect(misterWhiteId).toBe(null)
      }),
    )
  })

  it("[IMP-3] Mr White changes nothing about who the imposters are", () => {
    const deal = (hasMisterWhite: boolean) => drawRoles(77, playersOf(9), { imposterCount: 3, hasMisterWhite }).imposterIds
    expect(deal(true)).toEqual(deal(false))
  })

  it.each([0, 1, 2])("[IMP-2] %d players are a bug", (count) => {
    expect(() => drawRoles(1, playersOf(count), { imposterCount: 1, hasMisterWhite: false })).toThrow(/cannot play/)
  })

  it("leaves the list of players alone", () => {
    const players = Object.freeze(playersOf(8))
    expect(() => drawRoles(1, players, { imposterCount: 3, hasMisterWhite: true })).not.toThrow()
  })
})
