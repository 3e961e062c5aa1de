import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { seededRandom } from "@/kernel/random"
import { annId, simulatedParty } from "@/testing/simulated-party"
import { simulatedTime } from "@/testing/simulated-time"
import type { SnapshotAnswer } from "./snapshot"
import { createSynchroniser } from "./synchroniser"

const tripMs = 100
type Time = ReturnType<typeof simulatedTime>
type Party = ReturnType<typeof simulatedParty>
type Setting = { time?: Time; party?: Party; random?: () => number; isHidden?: () => boolean; askAgainInMs?: () => number | undefined; fails?: () => boolean }

/** A screen on a line that stands, with its clock measured, and when it asks from now on. */
async function screen({ time = simulatedTime(), party = simulatedParty(time.iso), random = () => 0.5, isHidden = () => false, askAgainInMs, fails }: Setting = {}) {
  const askedAt: number[] = []
  const live = createSynchroniser({
    initial: party.snapshot(),
    async fetchSnapshot(known): Promise<SnapshotAnswer> {
      askedAt.push(time.nowMs())
      await time.after(tripMs)
      const night = party.snapshot()
      const next = askAgainInMs ? { askAgainInMs: askAgainInMs() } : {}
      if (fails?.()) return { kind: "failed", ...next }
      return known === night.version ? { kind: "unchanged", ...next } : { kind: "night", night, ...next }
    },
    timers: time,
    random,
    nowMs: time.nowMs,
    isHidden,
  })
  live.start()
  live.setLine("connected")
  live.refetch("subscribed")
  return { time, party, live, askedAt }
}

/** That screen a second later, losing its line. */
async function lonely(setting: Setting = {}) {
  const one = await screen(setting)
  await one.time.advance(1000)
  one.askedAt.length = 0
  const lostAt = one.time.nowMs()
  one.live.setLine("connecting")
  /** ms from the end of one answer to the next question. */
  const pauses = () => one.askedAt.map((at, index) => at - (index === 0 ? lostAt : (one.askedAt[index - 1] ?? 0) + tripMs))
  return { ...one, pauses }
}

describe("a screen without a line", () => {
  it.each([0, 0.5, 0.999])("asks soon, and ever less often while nothing changes (random %d)", async (random) => {
    const { pauses, time } = await lonely({ random: () => random })
    await time.advance(30_000)
    const [first = 0, ...later] = pauses()
    expect(first).toBeCloseTo(600 + 1900 * random, 0)
    expect(later).toEqual(later.toSorted((a, b) => a - b))
    expect(later[0]).toBeCloseTo(2100 * (0.6 + 0.4 * random), 0)
    expect(later.at(-1)).toBeCloseTo(3500 * (0.6 + 0.4 * random), 0)
  })

  it("asks often again once something changed", async () => {
    const { party, pauses, time } = await lonely()
    await time.advance(20_000)
    party.grant("bo", 1)
    const before = pauses().length
    await time.advance(10_000)
    expect(pauses()[before]).toBeCloseTo(2800, 0)
    expect(pauses()[before + 1]).toBeCloseTo(1200, 0)
  })

  it("shows a tap of its own at once, and asks soon what came of it", async () => {
    const { live, party, pauses, time, askedAt } = await lonely()
    await time.advance(20_000)
    party.grant(annId, -100)
    live.mergeAnswer({ walletBalance: 900, version: party.version })
    expect(live.getNight()?.me?.walletBalance).toBe(900)
    const before = pauses().length
    const tappedAt = time.nowMs()
    await time.advance(5000)
    expect((askedAt[before] ?? Infinity) - tappedAt).toBeLessThanOrEqual(1500)
  })

  it("does not ask more often because the socket tries and tries", async () => {
    const { live, askedAt, time } = await lonely()
    for (let attempt = 0; attempt < 60; attempt++) {
      await time.advance(500)
      live.setLine("connecting")
    }
    expect(askedAt.length).toBeLessThanOrEqual(12)
  })

  it.each([
    [8000, 4800, 8000],
    [3_600_000, 9000, 15_000],
  ])("is not back before the server wants it (told %d ms), nor much later", async (askAgainInMs, least, most) => {
    for (const random of [0, 0.5, 0.999]) {
      const { pauses, time } = await lonely({ random: () => random, askAgainInMs: () => askAgainInMs })
      await time.advance(60_000)
      for (const pause of pauses().slice(1)) {
        expect(pause).toBeGreaterThanOrEqual(least)
        expect(pause).toBeLessThanOrEqual(most)
      }
      expect(pauses().length).toBeGreaterThan(3)
    }
  })

  it("is told by failures as well, with a line and without", async () => {
    const without = await lonely({ fails: () => true, askAgainInMs: () => 8000 })
    await without.time.advance(60_000)
    for (const pause of without.pauses().slice(1)) expect(pause).toBeCloseTo(6400, 0)
    let isWell = true
    const withLine = await screen({ fails: () => !isWell, askAgainInMs: () => 8000 })
    await withLine.time.advance(1000)
    isWell = false
    withLine.askedAt.length = 0
    withLine.live.refetch()
    await withLine.time.advance(20_000)
    expect(withLine.askedAt.map((at, index, all) => at - (all[index - 1] ?? at))).toEqual([0, 6500, 6500, 6500])
  })

  it("asks at once when somebody looks at it again, and seldom while nobody can", async () => {
    let isHidden = true
    const { live, pauses, askedAt, time } = await lonely({ isHidden: () => isHidden })
    await time.advance(60_000)
    for (const pause of pauses().slice(1)) expect(pause).toBeCloseTo(8000, 0)
    isHidden = false
    live.refetch("wake")
    const before = askedAt.length
    await time.advance(1)
    expect(askedAt.length).toBe(before + 1)
  })

  it("shows what happened within 4 s, whenever it happens and however chance falls", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 1, maxLength: 9 }), fc.integer({ min: 0, max: 40_000 }), fc.boolean(), async (draws, quietMs, isFailing) => {
        let drawn = 0
        let isWell = true
        const { live, party, time } = await lonely({ random: () => draws[drawn++ % draws.length] ?? 0, fails: () => !isWell })
        isWell = !isFailing
        await time.advance(quietMs)
        isWell = true
        party.rename("bo", "Bob")
        await time.advance(4000)
        expect(live.getNight()?.guests[1]?.name).toBe("Bob")
      }),
      { numRuns: 200 },
    )
  })
})

describe("a line that is back", () => {
  const back = async (setting: Setting, told = 0) => {
    const one = await lonely({ ...setting, askAgainInMs: () => told })
    await one.time.advance(3000)
    one.live.setLine("connected")
    one.live.refetch("subscribed")
    const backAt = one.time.nowMs()
    const before = one.askedAt.length
    await one.time.advance(11_000)
    return (one.askedAt[before] ?? Infinity) - backAt
  }

  it.each([
    ["a screen that somebody sees", false, 0, 1200],
    ["a hidden one", true, 0, 2500],
    ["a busy server's", false, 2000, 2000],
    ["a very busy server's", false, 60_000, 10_000],
  ])("has %s fetch within its share (hidden %s, told %d ms: %d ms)", async (_, isHidden, told, spreadMs) => {
    for (const random of [0, 0.25, 0.999]) {
      // A question of its own may be due before.
      expect(await back({ random: () => random, isHidden: () => isHidden }, told)).toBeLessThanOrEqual(spreadMs * random + 1)
    }
    expect(await back({ random: () => 0.25, isHidden: () => isHidden }, told)).toBeGreaterThan(100)
  })

  it("has a screen fetch within 300 ms that finds it has missed something", async () => {
    const { live, party, time, askedAt } = await lonely({ random: () => 0.999 })
    await time.advance(500)
    live.setLine("connected")
    live.refetch("subscribed")
    party.lap(0, "bo", 70_000)
    const sent = party.lap(0, "bo", 69_000)
    for (const { topic, name, data } of sent) live.receive(topic, name, data)
    const backAt = time.nowMs()
    await time.advance(2000)
    expect((askedAt[0] ?? Infinity) - backAt).toBeLessThanOrEqual(300)
    expect(live.getNight()?.races[0]?.board[0]?.lapCount).toBe(2)
  })
})

describe("a line that is back without its channels", () => {
  it("shows what happened within 4 s while they are refused or not signed for yet, and when they open, however chance falls", async () => {
    const double = fc.double({ min: 0, max: 0.999, noNaN: true })
    const words = fc.array(fc.record({ afterMs: fc.integer({ min: 0, max: 4000 }), isRefused: fc.boolean() }), { maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(fc.array(double, { minLength: 1, maxLength: 9 }), words, fc.integer({ min: 0, max: 24_000 }), async (draws, refusals, happensAfterMs) => {
        let drawn = 0
        const { live, party, time } = await lonely({ random: () => draws[drawn++ % draws.length] ?? 0 })
        await time.advance(3000)
        live.setLine("connected")
        let atMs = 0
        for (const { afterMs, isRefused } of refusals) {
          atMs += afterMs
          if (isRefused) time.set(() => live.refetch("refused"), atMs)
        }
        // What happens from then on is heard.
        const openMs = atMs + 4000
        time.set(() => live.refetch("subscribed"), openMs)
        await time.advance(Math.min(happensAfterMs, openMs - 1))
        party.rename("bo", "Bob")
        await time.advance(4000)
        expect(live.getNight()?.guests[1]?.name).toBe("Bob")
      }),
      { numRuns: 200 },
    )
  })

  it("has a screen ask as seldom as any other once they are open", async () => {
    const { live, time, askedAt } = await lonely()
    live.setLine("connected")
    live.refetch("refused")
    await time.advance(10_000)
    live.refetch("subscribed")
    await time.advance(2000)
    askedAt.length = 0
    await time.advance(60_000)
    expect(askedAt.length).toBe(3)
  })

  it("shows what happened within 4 s while one is refused again and again and the others are open", async () => {
    const double = fc.double({ min: 0, max: 0.999, noNaN: true })
    await fc.assert(
      fc.asyncProperty(fc.array(double, { minLength: 1, maxLength: 9 }), fc.nat(4), fc.nat(4049), async (draws, refusals, happensAfterMs) => {
        let drawn = 0
        const { live, party, time } = await lonely({ random: () => draws[drawn++ % draws.length] ?? 0 })
        live.setLine("connected")
        // As the socket asks for it again.
        const refusedAtMs = [0, 1500, 4500, 8500, 12_500].slice(0, refusals + 1)
        const lastMs = refusedAtMs.at(-1) ?? 0
        for (const atMs of refusedAtMs) time.set(() => live.refetch("refused"), atMs)
        for (const atMs of [50, lastMs + 4050]) time.set(() => live.refetch("subscribed"), atMs)
        await time.advance(lastMs + happensAfterMs)
        party.rename("bo", "Bob")
        await time.advance(4000)
        expect(live.getNight()?.guests[1]?.name).toBe("Bob")
      }),
      { numRuns: 200 },
    )
  })
})

describe("hundreds of screens that lose their lines at the same moment", () => {
  const count = 300
  const gather = async () => {
    const time = simulatedTime()
    const party = simulatedParty(time.iso)
    const random = seededRandom(5)
    const screens = await Promise.all(Array.from({ length: count }, () => screen({ time, party, random: () => random.int(0, 999_999) / 1_000_000 })))
    await time.advance(1000)
    return { time, screens, asked: () => screens.flatMap(({ askedAt }) => askedAt).sort((a, b) => a - b) }
  }
  const inWindow = (times: readonly number[], fromMs: number, lengthMs: number) => times.filter((at) => at >= fromMs && at < fromMs + lengthMs).length
  const busiest = (times: readonly number[], lengthMs: number) => Math.max(...times.map((at) => inWindow(times, at, lengthMs)))

  it("ask less often than every 2.5 s each, never together, and fetch over a second when the lines are back", async () => {
    const { time, screens, asked } = await gather()
    const lostAt = time.nowMs()
    for (const { live } of screens) live.setLine("connecting")
    await time.advance(30_000)
    const without = asked().filter((at) => at >= lostAt)
    expect(inWindow(without, lostAt + 10_000, 20_000) / 20).toBeLessThan(count / 2.5)
    expect(busiest(without, 100)).toBeLessThan(count / 10)

    const backAt = time.nowMs()
    for (const { live } of screens) {
      live.setLine("connected")
      live.refetch("subscribed")
    }
    await time.advance(5000)
    const after = asked().filter((at) => at >= backAt)
    expect(after.length).toBe(count)
    expect(busiest(after, 100)).toBeLessThan(count / 6)
    expect(Math.max(...after) - backAt).toBeLessThanOrEqual(1200)
  }, 60_000)
})
