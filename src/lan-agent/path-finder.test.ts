import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { seededRandom } from "@/kernel/random"
import { expectedPath } from "@/lan/compatibility"
import { natTypeOf } from "@/lan/nat-behaviour"
import type { Probe } from "@/lan/probe-frame"
import type { Endpoint } from "@/lan/protocol"
import { type Path, PathFinder, type PathStatus } from "./path-finder"
import { type RouterKind, SimulatedInternet, type SimulatedPc, routerKinds } from "./test-nat"

/** Events in order of their time, without waiting. */
class Timeline {
  nowMs = 0
  #order = 0
  readonly #queue: { atMs: number; order: number; run: () => void }[] = []

  after(ms: number, run: () => void) {
    this.#queue.push({ atMs: this.nowMs + ms, order: this.#order++, run })
  }

  runUntil(endMs: number, isDone = () => false) {
    while (!isDone()) {
      this.#queue.sort((a, b) => a.atMs - b.atMs || a.order - b.order)
      if (this.#queue[0] === undefined || this.#queue[0].atMs > endMs) break
      const { atMs, run } = this.#queue.shift()!
      this.nowMs = atMs
      run()
    }
    if (!isDone()) this.nowMs = endMs
  }
}

type Options = { hasRelay?: boolean; latencyMs?: number; startsAtMs?: readonly [number, number]; lossPercent?: number; seed?: number }

const stunServer: Endpoint = { address: "198.51.100.1", port: 3478 }
const relayServer: Endpoint = { address: "198.51.100.9", port: 4000 }

/** Two agents with their routers, a relay, and a WireGuard that finishes its handshake when both sides are configured. */
class TwoHomes {
  readonly timeline = new Timeline()
  readonly internet: SimulatedInternet
  readonly homes: { pc: SimulatedPc; finder: PathFinder; isConfigured: boolean; statuses: PathStatus[]; sent: number[]; mapped: Endpoint }[]
  isRelayUp: boolean
  isRelayFirstUsed = false

  constructor(kinds: readonly [RouterKind, RouterKind], options: Options = {}) {
    const { hasRelay = true, latencyMs = 10, startsAtMs = [0, 0], lossPercent = 0, seed = 1 } = options
    const random = seededRandom(seed)
    this.isRelayUp = hasRelay
    this.internet = new SimulatedInternet((ms, run) => this.timeline.after(ms, run), latencyMs)
    this.internet.loses = () => random.int(1, 100) <= lossPercent
    this.homes = kinds.map((kind, i) => {
      const pc = this.internet.addPc(i + 1, kind, (datagram, from) => this.#arrived(i, datagram, { kind: "direct", endpoint: from }))
      return { pc, finder: new PathFinder(i === 0), isConfigured: false, statuses: [], sent: [], mapped: pc.router?.outward(pc.own, stunServer) ?? pc.own }
    })
    for (const i of [0, 1] as const) {
      this.timeline.after(startsAtMs[i], () => {
        const { pc, mapped } = this.homes[1 - i]!
        this.#tell(i, { type: "started", candidates: [pc.own, mapped], hasRelay })
        this.#tick(i)
      })
    }
  }

  views() {
    return this.homes.map(({ finder }) => finder.view())
  }

  isConnected = () => this.views().every(({ status }) => status === "connected")

  connectionTypes() {
    return this.views().map(({ connectionType }) => connectionType)
  }

  /** The router gives a new outside address, as after a reconnection of the line. */
  moveHome(i: number, kind: RouterKind) {
    const moved = this.internet.addPc(i + 11, kind, (datagram, from) => this.#arrived(i, datagram, { kind: "direct", endpoint: from }))
    this.homes[i]!.pc.receive = () => undefined
    this.homes[i]!.pc = moved
    this.#tell(i, { type: "network_changed" })
  }

  /** What the control plane pushes to the other home. */
  announce(i: number) {
    const { pc } = this.homes[i]!
    const mapped = pc.router?.outward(pc.own, stunServer) ?? pc.own
    this.#tell(1 - i, { type: "started", candidates: [mapped], hasRelay: true })
  }

  traffic(i: number) {
    this.#tell(i, { type: "traffic_seen" })
  }

  mappedOf(i: number): Endpoint {
    const { pc } = this.homes[i]!
    return pc.router?.outward(pc.own, stunServer) ?? pc.own
  }

  #tick(i: number) {
    this.#tell(i, { type: "time_passed" })
    const wakeMs = this.homes[i]!.finder.wakeAtMs(this.timeline.nowMs) - this.timeline.nowMs
    this.timeline.after(Math.max(1, wakeMs), () => this.#tick(i))
  }

  #tell(i: number, event: Parameters<PathFinder["handle"]>[0]) {
    const home = this.homes[i]!
    const effects = home.finder.handle(event, this.timeline.nowMs)
    for (const effect of effects) {
      if (effect.type === "send_probe") this.#send(i, effect.path, effect.probe)
      else this.#configured(i, effect.path)
    }
    const { status } = home.finder.view()
    if (home.statuses.at(-1) !== status) home.statuses.push(status)
  }

  #configured(i: number, path: Path) {
    if (path.kind === "relayed") this.isRelayFirstUsed = true
    if (this.homes[i]!.isConfigured) return
    this.homes[i]!.isConfigured = true
    this.timeline.after(0, () => this.#tell(i, { type: "tunnel_configured" }))
    // A handshake takes a round trip from when the second side is configured.
    if (this.homes.every(({ isConfigured }) => isConfigured)) {
      for (const side of [0, 1]) this.timeline.after(20, () => this.#tell(side, { type: "handshake_finished" }))
    }
  }

  #send(i: number, path: Path, probe: Probe) {
    const datagram = Buffer.from(JSON.stringify(probe))
    this.homes[i]!.sent.push(this.timeline.nowMs)
    if (path.kind === "direct") return this.internet.send(datagram, this.homes[i]!.pc, path.endpoint)
    if (!this.isRelayUp || this.internet.loses()) return
    this.timeline.after(2 * this.internet.latencyMs, () => this.#arrived(1 - i, datagram, { kind: "relayed" }))
  }

  #arrived(i: number, datagram: Buffer, path: Path) {
    this.#tell(i, { type: "probe_heard", path, probe: JSON.parse(datagram.toString()) as Probe })
  }
}

/** One finder by itself, whose peer a test plays. */
class OneSide {
  readonly finder: PathFinder
  readonly direct: Path = { kind: "direct", endpoint: stunServer }
  readonly #lastSent = new Map<string, number>()
  readonly #firstSent = new Map<string, number>()
  #sequence = 0

  constructor(isInitiator: boolean) {
    this.finder = new PathFinder(isInitiator)
  }

  start(candidates: Endpoint[], nowMs: number) {
    return this.#noted(this.finder.handle({ type: "started", candidates, hasRelay: false }, nowMs))
  }

  pass(nowMs: number) {
    return this.#noted(this.finder.handle({ type: "time_passed" }, nowMs))
  }

  /** Like `pass`, while WireGuard carries something. */
  use(nowMs: number) {
    return this.#noted(this.finder.handle({ type: "traffic_seen" }, nowMs))
  }

  /** The peer echoes the last probe that went out on `path`. @returns what was echoed. */
  answer(path: Path, nowMs: number, heldMs = 0): number {
    const echo = this.#lastSent.get(JSON.stringify(path))!
    this.hear(path, echo, nowMs, heldMs)
    return echo
  }

  /** The peer echoes the probe that went out at the start. */
  answerFirst(path: Path, nowMs: number, heldMs = 0) {
    this.hear(path, this.#firstSent.get(JSON.stringify(path))!, nowMs, heldMs)
  }

  hear(path: Path, echo: number, nowMs: number, heldMs = 0) {
    this.#sequence += 1
    const probe: Probe = { sequence: this.#sequence, echo, heldMs, isAnswer: true, isTunnelReady: true }
    return this.#noted(this.finder.handle({ type: "probe_heard", path, probe }, nowMs))
  }

  #noted(effects: ReturnType<PathFinder["handle"]>) {
    for (const effect of effects) {
      if (effect.type !== "send_probe") continue
      const key = JSON.stringify(effect.path)
      this.#lastSent.set(key, effect.probe.sequence)
      if (!this.#firstSent.has(key)) this.#firstSent.set(key, effect.probe.sequence)
    }
    return effects
  }
}

const kindNames = Object.keys(routerKinds) as (keyof typeof routerKinds)[]
const pairs = kindNames.flatMap((a) => kindNames.map((b) => [a, b] as const))

function natType(name: keyof typeof routerKinds) {
  return natTypeOf(routerKinds[name] ?? { mapping: "none", filtering: "endpoint_independent" })
}

describe("finding a path through simulated routers", () => {
  it.each(pairs)("[LANU-39] %s and %s end where the table says", (a, b) => {
    const homes = new TwoHomes([routerKinds[a], routerKinds[b]])
    homes.timeline.runUntil(5_000)
    const expected = expectedPath(natType(a), natType(b))
    expect(homes.connectionTypes()).toEqual([expected, expected])
    expect(homes.views().map(({ status }) => status)).toEqual(["connected", "connected"])
  })

  it.each(pairs)("[LANU-39] %s and %s without a relay: direct, or failed on both sides", (a, b) => {
    const homes = new TwoHomes([routerKinds[a], routerKinds[b]], { hasRelay: false })
    homes.timeline.runUntil(5_000)
    const expected = expectedPath(natType(a), natType(b)) === "direct" ? "direct" : "failed"
    expect(homes.connectionTypes()).toEqual([expected, expected])
  })

  const anyPair = fc.record({
    a: fc.constantFrom(...kindNames),
    b: fc.constantFrom(...kindNames),
    hasRelay: fc.boolean(),
    latencyMs: fc.integer({ min: 1, max: 60 }),
    startsAtMs: fc.tuple(fc.nat(9_000), fc.nat(9_000)),
    lossPercent: fc.integer({ min: 0, max: 25 }),
    seed: fc.nat(),
  })

  it("[LANU-38] [LANU-39] whenever each side starts, and with packets lost, both end on the path there is", () => {
    fc.assert(
      fc.property(anyPair, ({ a, b, ...options }) => {
        const homes = new TwoHomes([routerKinds[a], routerKinds[b]], options)
        const expected = expectedPath(natType(a), natType(b))
        const isThere = () => homes.isConnected() && homes.connectionTypes().every((type) => type === expected)
        homes.timeline.runUntil(60_000, isThere)
        const end = expected === "direct" || options.hasRelay ? expected : "failed"
        expect(homes.connectionTypes()).toEqual([end, end])
      }),
      { numRuns: 150 },
    )
  }, 60_000)

  it("[LANU-39] the first path carries within 250 ms on an ordinary line, whatever the routers", () => {
    for (const [a, b] of pairs) {
      const homes = new TwoHomes([routerKinds[a], routerKinds[b]], { latencyMs: 20 })
      homes.timeline.runUntil(5_000, homes.isConnected)
      expect(homes.timeline.nowMs, `${a} and ${b}`).toBeLessThanOrEqual(250)
    }
  })
})

describe("keeping a path", () => {
  const restricted = [routerKinds["port-restricted"], routerKinds.restricted] as const

  it("[LANU-33] tries 40 times 15 ms apart, then every 100 ms, and stops after 3 s", () => {
    const finder = new PathFinder(true)
    const atMs: number[] = []
    finder.handle({ type: "started", candidates: [stunServer], hasRelay: false }, 0).forEach(() => atMs.push(0))
    for (let nowMs = finder.wakeAtMs(0); nowMs < 4_900; nowMs = Math.max(nowMs + 1, finder.wakeAtMs(nowMs))) {
      finder.handle({ type: "time_passed" }, nowMs).forEach(() => atMs.push(nowMs))
    }
    const burst = Array.from({ length: 40 }, (_, i) => i * 15)
    const then = Array.from({ length: 24 }, (_, i) => 585 + (i + 1) * 100)
    expect(atMs).toEqual([...burst, ...then])
    expect(finder.view().status).toBe("failed")
  })

  it("[LANU-38] tries again 5 s after it began, 100 ms apart, and anew with all it has when the peer is heard", () => {
    const one = new OneSide(true)
    const probes = (effects: ReturnType<PathFinder["handle"]>) => effects.filter(({ type }) => type === "send_probe")
    one.start([stunServer, relayServer], 0)
    const retriedAtMs: number[] = []
    one.pass(2_999)
    for (let nowMs = 3_000; nowMs < 9_900; nowMs += 10) if (probes(one.pass(nowMs)).length > 0) retriedAtMs.push(nowMs)
    expect(retriedAtMs).toEqual(Array.from({ length: 30 }, (_, i) => 5_000 + i * 100))
    expect(one.finder.view().status).toBe("failed")
    const elsewhere: Path = { kind: "direct", endpoint: { address: "203.0.113.50", port: 1 } }
    const probe: Probe = { sequence: 1, echo: 0, heldMs: 0, isAnswer: true, isTunnelReady: false }
    const tried = probes(one.finder.handle({ type: "probe_heard", path: elsewhere, probe }, 9_900))
    expect(tried).toHaveLength(3)
    expect(one.finder.view().status).toBe("connecting")
  })

  it("[LANU-34] a peer that is heard but does not hear is no path", () => {
    const finder = new PathFinder(false)
    finder.handle({ type: "started", candidates: [stunServer], hasRelay: false }, 0)
    const deaf: Probe = { sequence: 1, echo: 0, heldMs: 0, isAnswer: false, isTunnelReady: false }
    const effects = finder.handle({ type: "probe_heard", path: { kind: "direct", endpoint: stunServer }, probe: deaf }, 5)
    expect(effects.map(({ type }) => type)).toEqual(["send_probe"])
    expect(finder.view().path).toBeNull()
  })

  it("[LANU-34] an echo of a probe that went another way proves nothing", () => {
    const finder = new PathFinder(false)
    finder.handle({ type: "started", candidates: [stunServer], hasRelay: false }, 0)
    const echo: Probe = { sequence: 1, echo: 1, heldMs: 0, isAnswer: true, isTunnelReady: false }
    finder.handle({ type: "probe_heard", path: { kind: "direct", endpoint: relayServer }, probe: echo }, 5)
    expect(finder.view().path).toBeNull()
    finder.handle({ type: "probe_heard", path: { kind: "direct", endpoint: stunServer }, probe: { ...echo, sequence: 2 } }, 6)
    expect(finder.view().path).toEqual({ kind: "direct", endpoint: stunServer })
  })

  it("[LANU-36] the initiator does not configure WireGuard before the responder has, and is connected after the handshake only", () => {
    const finder = new PathFinder(true)
    const path: Path = { kind: "direct", endpoint: stunServer }
    finder.handle({ type: "started", candidates: [stunServer], hasRelay: false }, 0)
    const answer: Probe = { sequence: 1, echo: 1, heldMs: 0, isAnswer: true, isTunnelReady: false }
    expect(finder.handle({ type: "probe_heard", path, probe: answer }, 10)).toEqual([])
    const ready = { ...answer, sequence: 2, isTunnelReady: true }
    expect(finder.handle({ type: "probe_heard", path, probe: ready }, 12)).toContainEqual({ type: "use_path", path })
    finder.handle({ type: "tunnel_configured" }, 13)
    expect(finder.view().status).toBe("connecting")
    finder.handle({ type: "handshake_finished" }, 30)
    expect(finder.view()).toMatchObject({ status: "connected", connectionType: "direct" })
  })

  it("[LANU-36] says at once on each path that works that WireGuard is configured", () => {
    const one = new OneSide(false)
    one.start([stunServer], 0)
    one.answer(one.direct, 10)
    const effects = one.finder.handle({ type: "tunnel_configured" }, 11)
    expect(effects).toContainEqual({ type: "send_probe", path: one.direct, probe: expect.objectContaining({ isTunnelReady: true }) })
  })

  it("[LANU-34] an echo that comes again and again proves the past only: the path counts as silent", () => {
    const one = new OneSide(false)
    one.start([stunServer], 0)
    const echo = one.answer(one.direct, 10)
    one.finder.handle({ type: "handshake_finished" }, 20)
    for (let nowMs = 100; nowMs < 5_000; nowMs += 100) one.hear(one.direct, echo, nowMs, nowMs - 10)
    expect(one.finder.view().status).toBe("degraded")
  })

  it("[LANU-38] slower than 200 ms is degraded, and good again only below 160 ms", () => {
    const one = new OneSide(false)
    one.start([stunServer], 0)
    one.answer(one.direct, 250)
    one.finder.handle({ type: "handshake_finished" }, 251)
    const statusAt = (roundTripMs: number, fromMs: number) => {
      for (let nowMs = fromMs; nowMs < fromMs + 60_000; nowMs += 1_000) {
        one.use(nowMs)
        one.answer(one.direct, nowMs + roundTripMs)
      }
      return one.finder.view().status
    }
    expect(one.finder.view().status).toBe("degraded")
    expect(statusAt(180, 1_000)).toBe("degraded")
    expect(statusAt(120, 61_000)).toBe("connected")
    expect(statusAt(180, 121_000)).toBe("connected")
    expect(statusAt(230, 181_000)).toBe("degraded")
  })

  const [nearby, other]: [Path, Path] = [
    { kind: "direct", endpoint: { address: "203.0.113.50", port: 1 } },
    { kind: "direct", endpoint: { address: "203.0.113.51", port: 1 } },
  ]

  it("[LANU-37] a path that is hardly quicker is no reason to move, one that is clearly quicker is", () => {
    const one = new OneSide(false)
    one.start([stunServer, nearby.endpoint, other.endpoint], 0)
    one.answerFirst(one.direct, 50)
    one.answerFirst(nearby, 50, 5)
    expect(one.finder.view().path).toEqual(one.direct)
    one.answerFirst(other, 50, 30)
    expect(one.finder.view().path).toEqual(other)
  })

  it("[LANU-38] when the path in use falls silent, the next has a second to answer before it is left too", () => {
    const one = new OneSide(false)
    one.start([stunServer, nearby.endpoint, other.endpoint], 0)
    one.answerFirst(one.direct, 20)
    for (const reserve of [nearby, other]) one.answerFirst(reserve, 25)
    one.pass(2_900)
    expect(one.finder.view().path).toEqual(one.direct)
    const taken = [3_100, 3_101, 3_200, 3_900, 4_200].flatMap((nowMs) => {
      const paths = one.pass(nowMs).filter((effect) => effect.type === "use_path")
      return paths.map(({ path }) => [nowMs, path] as const)
    })
    expect(taken).toEqual([[3_100, nearby], [4_200, other]])
  })

  it("[LANU-37] traffic begins on the relay and moves to the direct path when that appears", () => {
    const homes = new TwoHomes([routerKinds["port-restricted"], routerKinds["port-restricted"]])
    const send = homes.internet.send.bind(homes.internet)
    homes.internet.send = (...args) => (homes.timeline.nowMs < 400 ? undefined : send(...args))
    homes.timeline.runUntil(390)
    expect(homes.connectionTypes()).toEqual(["relayed", "relayed"])
    homes.timeline.runUntil(2_000)
    expect(homes.connectionTypes()).toEqual(["direct", "direct"])
  })

  it("[LANU-37] a direct path that is slower by far than the relay is left for it", () => {
    const finder = new PathFinder(false)
    const direct: Path = { kind: "direct", endpoint: stunServer }
    const sequences = new Map<string, number>()
    const started = finder.handle({ type: "started", candidates: [stunServer], hasRelay: true }, 0)
    for (const effect of started) if (effect.type === "send_probe") sequences.set(effect.path.kind, effect.probe.sequence)
    const answer = (echo: number, sequence: number): Probe => ({ sequence, echo, heldMs: 0, isAnswer: true, isTunnelReady: true })
    finder.handle({ type: "probe_heard", path: direct, probe: answer(sequences.get("direct")!, 1) }, 450)
    expect(finder.view().connectionType).toBe("connecting")
    expect(finder.view().path).toEqual(direct)
    finder.handle({ type: "probe_heard", path: { kind: "relayed" }, probe: answer(sequences.get("relayed")!, 2) }, 451)
    expect(finder.view().path).toEqual(direct)
    const later = finder.handle({ type: "time_passed" }, 600).find((effect) => effect.type === "send_probe" && effect.path.kind === "relayed")
    if (later?.type !== "send_probe") throw new Error("the relay is not tried any more")
    for (let i = 0, echo = later.probe.sequence, nowMs = 600; i < 40; i += 1) {
      finder.handle({ type: "probe_heard", path: { kind: "relayed" }, probe: answer(echo, 3 + i) }, nowMs + 20)
      nowMs += 150
      const next = finder.handle({ type: "time_passed" }, nowMs).find((effect) => effect.type === "send_probe" && effect.path.kind === "relayed")
      if (next?.type === "send_probe") echo = next.probe.sequence
    }
    expect(finder.view().path).toEqual({ kind: "relayed" })
  })

  it("[LANU-38] the direct path dies: traffic is on the relay within 5 s, and back soon after the path is", () => {
    const homes = new TwoHomes(restricted)
    homes.timeline.runUntil(10_000)
    expect(homes.connectionTypes()).toEqual(["direct", "direct"])
    const send = homes.internet.send.bind(homes.internet)
    homes.internet.send = () => undefined
    homes.timeline.runUntil(15_000)
    expect(homes.connectionTypes()).toEqual(["relayed", "relayed"])
    expect(homes.isConnected()).toBe(true)
    homes.internet.send = send
    homes.timeline.runUntil(50_000)
    expect(homes.connectionTypes()).toEqual(["direct", "direct"])
  })

  it("[LANU-38] a new address behind strict routers is reached by relay at once, and directly when it is announced", () => {
    const homes = new TwoHomes(restricted)
    homes.timeline.runUntil(10_000)
    homes.moveHome(0, routerKinds["port-restricted"])
    homes.timeline.runUntil(15_000)
    expect(homes.connectionTypes()).toEqual(["relayed", "relayed"])
    homes.announce(0)
    homes.timeline.runUntil(16_000)
    expect(homes.connectionTypes()).toEqual(["direct", "direct"])
    expect(homes.isConnected()).toBe(true)
  })

  it("[LANU-38] the relay dies: pairs that can go direct stay so, the others fail and come back with it", () => {
    const direct = new TwoHomes(restricted)
    const others = new TwoHomes([routerKinds.symmetric, routerKinds.symmetric])
    for (const homes of [direct, others]) {
      homes.timeline.runUntil(5_000)
      homes.isRelayUp = false
      homes.timeline.runUntil(60_000)
    }
    expect(direct.homes.map(({ statuses }) => statuses)).toEqual(Array(2).fill(["connecting", "connected"]))
    expect(others.homes.map(({ statuses }) => statuses)).toEqual(Array(2).fill(["connecting", "connected", "degraded", "failed"]))
    others.isRelayUp = true
    others.timeline.runUntil(90_000, others.isConnected)
    expect(others.connectionTypes()).toEqual(["relayed", "relayed"])
  })

  it("[LANU-38] an address that changes is found again within 5 s, though nobody announced it", () => {
    for (const hasRelay of [true, false]) {
      const homes = new TwoHomes([routerKinds["full cone"], routerKinds["full cone"]], { hasRelay })
      homes.timeline.runUntil(10_000)
      homes.moveHome(0, routerKinds["full cone"])
      homes.timeline.runUntil(15_000)
      expect(homes.connectionTypes()).toEqual(["direct", "direct"])
      expect(homes.isConnected()).toBe(true)
    }
  })

  it("[LANU-33] a quiet connection costs each side at most three probes a second", () => {
    const homes = new TwoHomes(restricted)
    homes.timeline.runUntil(20_000)
    for (const { sent } of homes.homes) expect(sent.filter((atMs) => atMs > 10_000).length).toBeLessThanOrEqual(30)
  })

  it("[LANU-73] a connection that nobody uses is probed ever more seldom, and traffic ends that at once", () => {
    const homes = new TwoHomes(restricted)
    const sentBetween = (fromMs: number, untilMs: number) => {
      homes.timeline.runUntil(untilMs)
      return homes.homes.map(({ sent }) => sent.filter((atMs) => atMs > fromMs && atMs <= untilMs).length)
    }
    homes.timeline.runUntil(400_000)
    for (const sent of sentBetween(400_000, 500_000)) expect(sent).toBeLessThanOrEqual(20)
    homes.traffic(0)
    for (const sent of sentBetween(500_000, 510_000)) expect(sent).toBeGreaterThanOrEqual(9)
    for (const { statuses } of homes.homes) expect(statuses).toEqual(["connecting", "connected"])
  })

  it("[LANU-73] [LANU-38] a connection at rest whose home moves is back within 10 s", () => {
    const homes = new TwoHomes([routerKinds["full cone"], routerKinds["full cone"]])
    homes.timeline.runUntil(400_000)
    homes.moveHome(0, routerKinds["full cone"])
    homes.timeline.runUntil(410_000)
    expect(homes.connectionTypes()).toEqual(["direct", "direct"])
    expect(homes.isConnected()).toBe(true)
    expect(homes.views()[1]?.path).toEqual({ kind: "direct", endpoint: homes.mappedOf(0) })
  })

  it("[LANU-73] a path that died at rest is noticed 3 s after the first probe that nobody answers", () => {
    const homes = new TwoHomes(restricted, { hasRelay: false })
    homes.timeline.runUntil(400_000)
    homes.internet.send = () => undefined
    homes.timeline.runUntil(429_000)
    expect(homes.homes.map(({ statuses }) => statuses.slice(0, 3))).toEqual(Array(2).fill(["connecting", "connected", "degraded"]))
  })

  it("[LANU-73] a router that closes its doors after 12 s is probed before that", () => {
    const homes = new TwoHomes(restricted, { hasRelay: false })
    const send = homes.internet.send.bind(homes.internet)
    let lastMs = 0
    homes.internet.send = (...args) => {
      const isShut = homes.timeline.nowMs - lastMs > 12_000
      lastMs = homes.timeline.nowMs
      if (!isShut) send(...args)
    }
    homes.timeline.runUntil(900_000)
    const sent = homes.homes.flatMap((home) => home.sent).filter((atMs) => atMs > 400_000).sort((a, b) => a - b)
    const pauses = sent.slice(1).map((atMs, i) => atMs - sent[i]!)
    expect(pauses.filter((ms) => ms > 12_000).length).toBeLessThanOrEqual(4)
    for (const { statuses } of homes.homes) expect(statuses).toEqual(["connecting", "connected"])
  })

  it("[LANU-74] at an agreed moment all that does not work is tried, in a burst", () => {
    const one = new OneSide(true)
    one.start([stunServer, nearby.endpoint], 0)
    one.pass(100_000)
    one.pass(103_100)
    const tried = one.finder.handle({ type: "punch" }, 104_000)
    expect(tried.map(({ type }) => type)).toEqual(["send_probe", "send_probe"])
    expect(one.finder.wakeAtMs(104_000)).toBe(104_015)
  })

  it("[LANU-73] where the table rules out a direct path, it is tried every 5 minutes only", () => {
    const attempts = (expected: "relayed" | "uncertain") => {
      const finder = new PathFinder(false)
      const relayPath: Path = { kind: "relayed" }
      finder.handle({ type: "path_expected", expected }, 0)
      let echo = 0
      let sequence = 0
      const directAtMs: number[] = []
      const note = (effects: ReturnType<PathFinder["handle"]>, nowMs: number) => {
        for (const effect of effects) {
          if (effect.type !== "send_probe") continue
          if (effect.path.kind === "relayed") echo = effect.probe.sequence
          else directAtMs.push(nowMs)
        }
      }
      note(finder.handle({ type: "started", candidates: [stunServer], hasRelay: true }, 0), 0)
      finder.handle({ type: "handshake_finished" }, 1)
      for (let nowMs = 10; nowMs < 299_000; nowMs += 500) {
        sequence += 1
        note(finder.handle({ type: "probe_heard", path: relayPath, probe: { sequence, echo, heldMs: 0, isAnswer: true, isTunnelReady: true } }, nowMs), nowMs)
        note(finder.handle({ type: "traffic_seen" }, nowMs), nowMs)
      }
      return directAtMs.filter((atMs) => atMs > 10_000).length
    }
    expect(attempts("relayed")).toBe(0)
    expect(attempts("uncertain")).toBeGreaterThan(20)
  })

  it("[LANU-38] a loss of three probes in a hundred makes no connection degraded", () => {
    const homes = new TwoHomes(restricted, { lossPercent: 3, seed: 3 })
    homes.timeline.runUntil(120_000)
    for (const { statuses } of homes.homes) expect(statuses).toEqual(["connecting", "connected"])
  })

  it("[LANU-40] a peer that is heard on ever new addresses fills neither memory nor line", () => {
    const finder = new PathFinder(false)
    finder.handle({ type: "started", candidates: [stunServer], hasRelay: true }, 0)
    for (let i = 1; i <= 500; i += 1) {
      const path: Path = { kind: "direct", endpoint: { address: "203.0.113.77", port: i } }
      finder.handle({ type: "probe_heard", path, probe: { sequence: i, echo: 0, heldMs: 0, isAnswer: false, isTunnelReady: false } }, 10)
    }
    const targets = finder.handle({ type: "time_passed" }, 100).length
    expect(targets).toBeLessThanOrEqual(24)
  })
})
