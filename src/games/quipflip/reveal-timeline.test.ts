import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { aRevealedSet } from "@/testing/quipflip-views"
import { mostSetsMs, revealPlan, revealTimeline, setBeats, tellingMs } from "./reveal-timeline"
import type { RevealedSet } from "./view"

function aSet(isFiller: boolean, index: number): RevealedSet {
  return aRevealedSet({ phrasesetId: `set ${index}`, isFiller })
}
const setsOf = (...fillers: boolean[]) => ({ sets: fillers.map(aSet) })
/** Up to 24 of their own, and fillers anywhere among them. */
const anySets = fc.array(fc.boolean(), { maxLength: 36 }).map((fillers) => setsOf(...fillers))

describe("the telling of results", () => {
  it("tells each set beat by beat, then the ranking, then the awards for good", () => {
    const plan = revealPlan(setsOf(false, true))
    const told = plan.map((moment) => (moment.part === "set" ? `${moment.number}/${moment.count} ${moment.beat}` : `ranking ${moment.hasAwards}`))
    expect(told).toEqual([...setBeats.map((beat) => `1/2 ${beat}`), ...setBeats.map((beat) => `2/2 ${beat}`), "ranking false", "ranking true"])
    expect(plan.at(-1)?.endsMs).toBe(Infinity)
  })

  it("goes on where it was: the moment follows from the time alone", () => {
    const results = setsOf(false, false, true)
    for (const { startsMs, endsMs, ...moment } of revealPlan(results)) {
      expect(revealTimeline(results, startsMs)).toMatchObject(moment)
      expect(revealTimeline(results, Math.min(endsMs, tellingMs(results)) - 1)).toMatchObject(moment)
    }
    expect(revealTimeline(results, 60 * 60_000)).toMatchObject({ part: "ranking", hasAwards: true })
  })

  it("begins at the beginning for a clock that is behind", () => {
    expect(revealTimeline(setsOf(false), -2_000)).toMatchObject({ part: "set", setIndex: 0, beat: "prompt" })
  })

  it("skips the votes of a set nobody could vote on", () => {
    const set = aRevealedSet()
    const results = { sets: [{ ...set, phrases: set.phrases.map((phrase) => ({ ...phrase, voters: [] })) }] }
    expect(revealPlan(results).flatMap((moment) => (moment.part === "set" ? [moment.beat] : []))).toEqual(["prompt", "phrases", "original", "writers"])
    expect(tellingMs(results)).toBeLessThan(tellingMs(setsOf(false)))
  })

  it("begins with what somebody voted on: three players can vote on none of their own", () => {
    const { phrases } = aRevealedSet()
    const voteless = { ...aSet(false, 0), phrases: phrases.map((phrase) => ({ ...phrase, voters: [] })) }
    const told = revealPlan({ sets: [voteless, aSet(false, 1), aSet(true, 2)] }).flatMap((moment) => (moment.part === "set" ? [moment] : []))
    expect([...new Set(told.map(({ setIndex }) => setIndex))]).toEqual([1, 2, 0])
    const lengthOf = (index: number) => told.filter(({ setIndex }) => setIndex === index).reduce((sum, { startsMs, endsMs }) => sum + endsMs - startsMs, 0)
    expect(lengthOf(0)).toBeLessThan(lengthOf(1))
  })

  it("has a ranking also without a set", () => {
    expect(revealTimeline(setsOf(), 0)).toMatchObject({ part: "ranking", hasAwards: false })
  })

  it("leaves no gap and never takes longer than it may", () => {
    fc.assert(
      fc.property(anySets, (results) => {
        const plan = revealPlan(results)
        expect(plan[0]?.startsMs).toBe(0)
        for (const [index, moment] of plan.entries()) {
          expect(moment.endsMs).toBeGreaterThan(moment.startsMs)
          if (index > 0) expect(moment.startsMs).toBe(plan[index - 1]?.endsMs)
        }
        expect(plan.find(({ part }) => part === "ranking")?.startsMs).toBeLessThanOrEqual(mostSetsMs)
      }),
    )
  })

  it("tells every set of the players, and fillers after them, shorter, as far as there is time", () => {
    fc.assert(
      fc.property(anySets, ({ sets }) => {
        const told = revealPlan({ sets }).flatMap((moment) => (moment.part === "set" && moment.beat === "votes" ? [moment] : []))
        const fillerOf = ({ setIndex }: { setIndex: number }) => sets[setIndex]?.isFiller ?? false
        const own = told.filter((moment) => !fillerOf(moment))
        expect(own.map(({ setIndex }) => setIndex)).toEqual(sets.flatMap(({ isFiller }, index) => (isFiller ? [] : [index])))
        expect(told.slice(0, own.length)).toEqual(own)
        const [firstOwn] = own
        const filler = told.find(fillerOf)
        if (firstOwn && filler) expect(filler.endsMs - filler.startsMs).toBeLessThan(firstOwn.endsMs - firstOwn.startsMs)
      }),
    )
  })

  it("gives each of many less time", () => {
    const lengthOfFirst = (count: number) => revealPlan(setsOf(...Array.from({ length: count }, () => false)))[0]?.endsMs ?? 0
    expect(lengthOfFirst(3)).toBe(lengthOfFirst(6))
    expect(lengthOfFirst(24)).toBeLessThan(lengthOfFirst(6))
  })
})
