import { describe, expect, it } from "vitest"
import type { EventProblem } from "./catalogue"
import type { NightView } from "./night-view"
import { annId, type SentEvent, simulatedParty } from "@/testing/simulated-party"
import { simulatedTime } from "@/testing/simulated-time"
import type { SnapshotAnswer } from "./snapshot"
import { createSynchroniser } from "./synchroniser"

/** A phone and its party; every request for the snapshot is answered by the test, or at once by the server. */
function bench({ initial = true, random = 0.5 }: { initial?: boolean; random?: number } = {}) {
  const time = simulatedTime()
  const party = simulatedParty(time.iso)
  const asked: (number | null)[] = []
  const problems: EventProblem[] = []
  let answers: SnapshotAnswer[] = []
  let tripMs = 100
  const live = createSynchroniser({
    initial: initial ? party.snapshot() : null,
    async fetchSnapshot(known) {
      asked.push(known)
      const scripted = answers.shift()
      const night = party.snapshot()
      await time.after(tripMs)
      if (scripted) return scripted
      return known === night.version ? { kind: "unchanged" } : { kind: "night", night }
    },
    timers: time,
    random: () => random,
    nowMs: time.nowMs,
    onProblem: (problem) => problems.push(problem),
  })
  return {
    time,
    party,
    live,
    asked,
    problems,
    answer: (...next: SnapshotAnswer[]) => void (answers = next),
    takes: (ms: number) => void (tripMs = ms),
    receive: (events: SentEvent[]) => events.forEach(({ topic, name, data }) => live.receive(topic, name, data)),
    night(): NightView {
      const night = live.getNight()
      if (!night) throw new Error("no night yet")
      return night
    },
    /** Up, connected, clock measured; requests counted from here. */
    async connected() {
      live.start()
      live.setLine("connected")
      live.refetch("subscribed")
      await time.advance(1000)
      asked.length = 0
    },
  }
}

describe("events", () => {
  it("are shown as they come, and a quiet line needs no request", async () => {
    const { connected, receive, party, night, asked, time } = bench()
    await connected()
    receive(party.lap(0, "bo", 61_000))
    receive(party.rename("bo", "Bob"))
    receive(party.grant(annId, 25))
    await time.advance(5000)
    expect(night().races[0]?.board[0]).toMatchObject({ name: "Bob", bestLapMs: 61_000 })
    expect(night().me?.walletBalance).toBe(1025)
    expect(asked).toEqual([])
  })

  it("many behind one gap make one request, and all are shown in order after it", async () => {
    const { connected, receive, party, night, asked, time, live, takes } = bench()
    await connected()
    takes(300)
    party.lap(0, "bo", 70_000)
    const versions: number[] = []
    live.subscribe(() => versions.push(night().version))
    for (let lap = 1; lap <= 10; lap++) receive(party.lap(0, "bo", 70_000 - lap))
    receive(party.rename("cy", "Cyd"))
    expect(versions).toEqual([])
    await time.advance(260)
    const first = party.lap(0, "bo", 50_000)
    receive(party.lap(0, "cy", 55_000))
    receive(party.rename("bo", "Bob"))
    receive(first)
    expect(versions).toEqual([])
    await time.advance(3000)
    expect(asked).toEqual([1])
    expect(night().races[0]?.board[0]).toMatchObject({ name: "Bob", bestLapMs: 50_000, lapCount: 12 })
  })

  it("that were overtaken close their gap when they come, and nobody asks", async () => {
    const { connected, receive, party, night, asked, time } = bench({ random: 0.9 })
    await connected()
    const [first, second, third] = [61_000, 60_500, 60_000].map((ms) => party.lap(0, "bo", ms)) as [SentEvent[], SentEvent[], SentEvent[]]
    receive(third)
    await time.advance(20)
    receive(second)
    expect(night().races[0]?.board).toEqual([])
    receive(first)
    expect(night().races[0]?.board[0]).toMatchObject({ bestLapMs: 60_000, lapCount: 3 })
    await time.advance(15_000)
    expect(asked).toEqual([])
    await time.advance(6_000)
    expect(asked.length).toBe(1)
  })

  it("that were overtaken do not call off what somebody else asked for meanwhile", async () => {
    const { connected, receive, party, live, asked, time } = bench({ random: 0.9 })
    await connected()
    const first = party.lap(0, "bo", 61_000)
    receive(party.lap(0, "bo", 60_000))
    live.refetch("asked")
    receive(first)
    await time.advance(1_000)
    expect(asked.length).toBe(1)
  })

  it.each([0.25, 0.5, 0.999])("a gap waits its share of 300 ms before asking (random %d)", async (random) => {
    const { connected, receive, party, asked, time } = bench({ random })
    await connected()
    party.lap(0, "bo", 70_000)
    receive(party.lap(0, "bo", 69_000))
    await time.advance(300 * random - 1)
    expect(asked.length).toBe(0)
    await time.advance(2)
    expect(asked.length).toBe(1)
  })

  it("that were too big for the channel are fetched", async () => {
    const { connected, receive, party, night, asked, time } = bench()
    await connected()
    receive(party.lap(0, "bo", 61_000).map((event) => ({ ...event, data: { ...event.data, payload: null } })))
    expect(night().races[0]?.board).toEqual([])
    await time.advance(1000)
    expect(night().races[0]?.board[0]?.bestLapMs).toBe(61_000)
    expect(asked.length).toBe(1)
  })

  it.each([
    ["unreadable_payload", (event: SentEvent) => ({ ...event, data: { ...event.data, payload: { race: 7 } } })],
    ["unknown_event", (event: SentEvent) => ({ ...event, name: "from-the-future" })],
    ["unreadable_envelope", (event: SentEvent) => ({ ...event, data: null as never })],
  ] as const)("that cannot be read (%s) are reported and fetched", async (code, spoil) => {
    const { connected, receive, party, night, asked, time, problems } = bench()
    await connected()
    receive(party.lap(0, "bo", 61_000).map(spoil))
    await time.advance(1000)
    expect(problems).toMatchObject([{ code, topic: "sim-racing" }])
    expect(night().races[0]?.board[0]?.bestLapMs).toBe(61_000)
    expect(asked.length).toBe(1)
  })

  it("that come before there is any snapshot wait for it", async () => {
    const { live, party, receive, night, time } = bench({ initial: false })
    receive(party.lap(0, "bo", 61_000))
    live.start()
    await time.advance(50)
    receive(party.lap(0, "bo", 60_000))
    expect(live.getNight()).toBeNull()
    await time.advance(1000)
    expect(night().races[0]?.board[0]).toMatchObject({ bestLapMs: 60_000, lapCount: 2 })
  })

  it("waiting in great number drop the oldest, and the snapshot makes up for them", async () => {
    const { connected, receive, party, night, takes, time } = bench()
    await connected()
    takes(5000)
    party.lap(0, "bo", 99_999)
    receive(party.lap(0, "bo", 99_000))
    await time.advance(200)
    for (let lap = 0; lap < 700; lap++) receive(party.lap(0, "bo", 90_000 - lap))
    await time.advance(12_000)
    expect(night().races[0]?.board[0]?.lapCount).toBe(702)
  })

  it("that change what they do not carry ask for the snapshot once", async () => {
    const { connected, receive, party, night, asked, time } = bench()
    await connected()
    receive(party.bet(annId, "bo", 40))
    await time.advance(1000)
    expect(night().myBets).toMatchObject([{ amount: 40, status: "PENDING" }])
    receive(party.settle(0, "bo"))
    await time.advance(1000)
    expect(night().myBets).toMatchObject([{ amount: 40, status: "WON" }])
    expect(asked.length).toBe(2)
  })

  it("of others' bets on a phone ask for nothing", async () => {
    const { connected, receive, party, asked, time } = bench()
    await connected()
    receive(party.bet("bo", "cy", 40))
    receive(party.settle(0, "bo"))
    await time.advance(1000)
    expect(asked).toEqual([])
  })
})

describe("snapshots", () => {
  it("older than what is shown are not let in, and the next is asked for", async () => {
    const { connected, receive, party, night, asked, answer, time, live } = bench()
    await connected()
    const old = party.snapshot()
    receive(party.lap(0, "bo", 61_000))
    answer({ kind: "night", night: old })
    live.refetch()
    await time.advance(150)
    expect(night().races[0]?.board[0]?.bestLapMs).toBe(61_000)
    await time.advance(1000)
    expect(asked.length).toBe(2)
    expect(night().version).toBe(party.version)
  })

  it("are reached even when events outrun every answer", async () => {
    const { connected, receive, party, night, live, takes, time } = bench()
    await connected()
    takes(400)
    party.grant("bo", 5)
    live.refetch()
    for (let lap = 0; lap < 40; lap++) {
      receive(party.lap(0, "cy", 90_000 - lap))
      await time.advance(100)
    }
    expect(night().table.find(({ guestId }) => guestId === "bo")?.coins).toBe(1005)
  })

  it("are asked for once more when a wish comes while one is under way", async () => {
    const { connected, asked, live, time } = bench()
    await connected()
    live.refetch()
    await time.advance(50)
    live.refetch("subscribed")
    live.refetch("wake")
    live.refetch("event")
    await time.advance(2000)
    expect(asked.length).toBe(2)
  })

  it("are asked for once when many wishes come together, at the time of the most urgent", async () => {
    const { connected, asked, live, time } = bench()
    await connected()
    for (let channel = 0; channel < 4; channel++) live.refetch("subscribed")
    live.refetch("wake")
    await time.advance(1)
    expect(asked.length).toBe(1)
    await time.advance(2000)
    expect(asked.length).toBe(1)
  })

  it("are asked for at once by a device that slept, though the next poll stood still with it", async () => {
    const { connected, asked, live, time } = bench()
    await connected()
    await time.advance(2000)
    time.sleep(10 * 60_000)
    live.refetch("wake")
    await time.advance(1)
    expect(asked.length).toBe(1)
    await time.advance(5000)
    expect(asked.length).toBe(1)
  })

  it("are polled every 20 s on a live line, naming the version held", async () => {
    const { connected, asked, time, party } = bench()
    await connected()
    await time.advance(62_000)
    expect(asked).toEqual([1, 1, 1])
    party.grant("bo", 1)
    await time.advance(42_000)
    expect(asked.slice(3)).toEqual([1, 2])
  })

  it("that fail are asked for again, ever less often on a live line, and a rejection is a failure", async () => {
    const { connected, asked, live, time, answer, party, night } = bench()
    await connected()
    answer(...Array.from({ length: 6 }, () => ({ kind: "failed" }) as const))
    party.rename("bo", "Bob")
    live.refetch()
    asked.length = 0
    await time.advance(3_500)
    expect(asked.length).toBeLessThanOrEqual(3)
    await time.advance(66_500)
    expect(asked.length).toBeLessThanOrEqual(10)
    expect(night().guests[1]?.name).toBe("Bob")
  })

  it("that failed for a minute are there within 5 s of the server being well again", async () => {
    const { connected, live, time, answer, party, night } = bench()
    await connected()
    answer(...Array.from({ length: 40 }, () => ({ kind: "failed" }) as const))
    party.rename("bo", "Bob")
    live.refetch()
    await time.advance(60_000)
    expect(night().guests[1]?.name).not.toBe("Bob")
    answer()
    await time.advance(5_000)
    expect(night().guests[1]?.name).toBe("Bob")
  })

  it("that fail on a line that is back are asked for again after a second, however many failed without it", async () => {
    const { connected, asked, live, time, answer } = bench({ random: 0.999 })
    await connected()
    live.setLine("connecting")
    answer(...Array.from({ length: 20 }, () => ({ kind: "failed" }) as const))
    await time.advance(30_000)
    live.setLine("connected")
    live.refetch("subscribed")
    // A question of its own may be under way; what is asked from now on counts.
    await time.advance(200)
    answer({ kind: "failed" })
    asked.length = 0
    await time.advance(1200 - 200 + 100)
    expect(asked.length).toBe(1)
    await time.advance(1000)
    expect(asked.length).toBe(2)
  })

  it.each(["wake", "asked", "answer"] as const)("that hang are asked for again as soon as they are given up, with a line and without, when one is wanted at once (%s)", async (reason) => {
    for (const line of ["connected", "connecting"] as const) {
      const { connected, asked, live, time, answer, takes, party, night } = bench({ random: 0.999 })
      await connected()
      live.setLine(line)
      takes(8000)
      answer({ kind: "failed" }, { kind: "failed" })
      live.refetch()
      await time.advance(3000)
      party.rename("bo", "Bob")
      live.refetch(reason)
      await time.advance(5300)
      expect(asked.length).toBe(2)
      // Once: after that, failures wait as ever.
      takes(100)
      await time.advance(8000)
      expect(asked.length).toBe(2)
      await time.advance(5000)
      expect(night().guests[1]?.name).toBe("Bob")
    }
  })

  it("that hang are given up for no hurry when nobody asked for it", async () => {
    const { connected, asked, live, time, answer, takes } = bench({ random: 0.999 })
    await connected()
    takes(8000)
    answer({ kind: "failed" })
    live.refetch()
    await time.advance(3000)
    live.refetch("event")
    await time.advance(5900)
    expect(asked.length).toBe(1)
    await time.advance(200)
    expect(asked.length).toBe(2)
  })

  it("that a busy server refuses are not asked for at once, however they are wanted", async () => {
    const { connected, asked, live, time, answer } = bench({ random: 0 })
    await connected()
    answer({ kind: "failed", askAgainInMs: 2000 })
    live.refetch()
    await time.advance(50)
    live.refetch("wake")
    await time.advance(1200)
    expect(asked.length).toBe(1)
    await time.advance(100)
    expect(asked.length).toBe(2)
  })

  it("rendered by the server on the way are taken when newer, ignored when older", async () => {
    const { connected, live, party, night, receive, time } = bench()
    await connected()
    const old = party.snapshot()
    party.rename("bo", "Bob")
    live.offer(party.snapshot())
    expect(night().guests[1]?.name).toBe("Bob")
    receive(party.rename("bo", "Bobby"))
    live.offer(old)
    expect(night().guests[1]?.name).toBe("Bobby")
    await time.advance(1000)
    expect(night().guests[1]?.name).toBe("Bobby")
  })

  it("are neither asked for nor awaited after stop, and again after start", async () => {
    const { connected, live, asked, time, party, night } = bench()
    await connected()
    party.rename("bo", "Bob")
    live.refetch()
    await time.advance(50)
    live.stop()
    live.refetch()
    await time.advance(60_000)
    expect(asked.length).toBe(1)
    expect(night().guests[1]?.name).toBe("Bo")
    live.start()
    live.refetch()
    await time.advance(1000)
    expect(night().guests[1]?.name).toBe("Bob")
  })
})

describe("a command's own answer", () => {
  it("is shown at once; with its version it costs no request and no older snapshot takes it back", async () => {
    const { connected, live, party, night, asked, receive, time } = bench()
    await connected()
    const before = party.snapshot()
    const events = party.grant(annId, -100)
    live.mergeAnswer({ walletBalance: 900, version: party.version })
    expect(night().me?.walletBalance).toBe(900)
    live.offer(before)
    expect(night().me?.walletBalance).toBe(900)
    receive(events)
    await time.advance(5000)
    expect(night().me?.walletBalance).toBe(900)
    expect(asked).toEqual([])
  })

  it("does not take back what a newer event of the same channel showed", async () => {
    const { connected, live, party, night, receive } = bench()
    await connected()
    const older = party.grant(annId, -100)
    const olderVersion = party.version
    receive(older)
    receive(party.grant(annId, -50))
    live.mergeAnswer({ walletBalance: 900, version: olderVersion })
    expect(night().me?.walletBalance).toBe(850)
  })

  it("without a version: a request under way has no say, one asked for afterwards has", async () => {
    const { connected, live, party, night, asked, takes, time } = bench()
    await connected()
    takes(500)
    party.rename("bo", "Bob")
    live.refetch()
    await time.advance(10)
    party.grant(annId, -100)
    const seen: (number | undefined)[] = []
    live.subscribe(() => seen.push(live.getNight()?.me?.walletBalance))
    live.mergeAnswer({ walletBalance: 900 })
    await time.advance(3000)
    expect(new Set(seen)).toEqual(new Set([900]))
    expect(asked).toEqual([1, null])
    expect(night().version).toBe(party.version)
  })

  it("that was wrong is put right, although the server has nothing newer", async () => {
    const { connected, live, night, time } = bench()
    await connected()
    live.mergeAnswer({ walletBalance: 5 })
    expect(night().me?.walletBalance).toBe(5)
    await time.advance(1000)
    expect(night().me?.walletBalance).toBe(1000)
  })
})

describe("moments", () => {
  it("come once, with the night that has them, also when the snapshot brought their state first", async () => {
    const { connected, live, party, receive, time } = bench()
    await connected()
    const heard: [string, number][] = []
    live.onMoment(({ kind }, night) => heard.push([kind, night.version]))
    const call = party.call(annId, "You drive next")
    live.refetch()
    await time.advance(500)
    receive(call)
    receive(call)
    const record = party.lap(0, "bo", 61_000)
    receive(record)
    receive(party.lap(0, "bo", 62_000))
    expect(heard).toEqual([["guestCalled", 2], ["leaderboardUpdate", 3]])
  })

  it("are not repeated by a duplicate from long ago", async () => {
    const { connected, live, party, receive } = bench()
    await connected()
    const call = party.call(annId, "You drive next")
    receive(call)
    for (let gift = 0; gift < 300; gift++) receive(party.grant(annId, 1))
    let count = 0
    live.onMoment(() => (count += 1))
    receive(call)
    expect(count).toBe(0)
  })
})

describe("what the screen says of the line", () => {
  it("keeps quiet about a short break, then says connecting while the poll works, offline when it does not", async () => {
    const { connected, live, time, answer } = bench()
    const said = () => live.getState().connection
    await connected()
    live.setLine("connecting")
    await time.advance(2000)
    expect(said()).toBe("live")
    await time.advance(1000)
    expect(said()).toBe("connecting")
    answer({ kind: "failed" }, { kind: "failed" }, { kind: "failed" })
    await time.advance(3500)
    expect(said()).toBe("offline")
    await time.advance(9000)
    expect(said()).toBe("connecting")
    live.setLine("connected")
    expect(said()).toBe("live")
    live.setLine("offline")
    expect(said()).toBe("offline")
  })

  it("is quiet while a fresh page connects", async () => {
    const { live, time } = bench()
    expect(live.getState().connection).toBe("live")
    live.start()
    await time.advance(2000)
    expect(live.getState().connection).toBe("live")
    await time.advance(1000)
    expect(live.getState().connection).toBe("connecting")
  })

  it("asks once for a whole snapshot, to measure the server's clock, and then for changes", async () => {
    const { live, asked, time } = bench()
    live.start()
    live.setLine("connected")
    live.refetch("subscribed")
    await time.advance(25_000)
    expect(asked).toEqual([null, 1])
  })

  it("measures the server's clock with the shortest round trip", async () => {
    const { connected, live, answer, takes, time, party } = bench()
    const serverAt = (ms: number) => ({ ...party.snapshot(), serverTime: new Date(ms).toISOString() })
    takes(100)
    answer({ kind: "night", night: serverAt(time.nowMs() + 150 + 50 + 7000) })
    await connected()
    expect(live.getState().serverOffsetMs).toBe(7000)
    takes(2000)
    party.grant("bo", 1)
    answer({ kind: "night", night: serverAt(time.nowMs() + 9999) })
    live.refetch()
    await time.advance(3000)
    expect(live.getState().serverOffsetMs).toBe(7000)
  })
})

describe("a seat that is gone", () => {
  const gone = { code: "kicked", error: "The host has asked you to leave." } as const

  it("is told, nothing waits for it, and it comes back when the host readmits it", async () => {
    const { connected, live, answer, receive, party, time, night } = bench()
    await connected()
    answer({ kind: "gone", gone })
    live.refetch()
    await time.advance(200)
    expect(live.getState().gone).toEqual(gone)
    receive(party.rename("bo", "Bob"))
    expect(night().guests[1]?.name).toBe("Bo")
    await time.advance(21_000)
    expect(live.getState().gone).toBeNull()
    expect(night().guests[1]?.name).toBe("Bob")
  })

  it("is given up when another tab took the browser to another party, whose versions are younger", async () => {
    const { connected, live, answer, time, party } = bench()
    await connected()
    const other = party.snapshot()
    answer({ kind: "night", night: { ...other, version: 1, party: { ...other.party, id: "another-party" } } })
    live.refetch()
    await time.advance(200)
    expect(live.getState().gone?.code).toBe("elsewhere")
    expect(live.getNight()?.party.id).toBe(other.party.id)
  })

  it("is found out at once when the guest hears of the kick", async () => {
    const { connected, live, answer, time, party } = bench()
    await connected()
    answer({ kind: "gone", gone })
    live.receive("guest", "guest-kicked", { version: party.version + 1, previous: 0, payload: { timestamp: time.iso() } })
    await time.advance(1000)
    expect(live.getState().gone).toEqual(gone)
  })
})
