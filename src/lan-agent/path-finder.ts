import type { ExpectedPath } from "@/lan/compatibility"
import { type Probe } from "@/lan/probe-frame"
import { type ConnectionType, type Endpoint, endpointText } from "@/lan/protocol"
import { QuietInterval } from "./quiet-interval"

/** A way to the peer: straight to an address, or through the relay, which is one way whatever its address. */
export type Path = { kind: "direct"; endpoint: Endpoint } | { kind: "relayed" }

export type PathStatus = "connecting" | "connected" | "degraded" | "failed"

export type PathEvent =
  /** The peer's offer is known, anew or for the first time. */
  | { type: "started"; candidates: readonly Endpoint[]; hasRelay: boolean }
  | { type: "relay_changed"; hasRelay: boolean }
  /** An authentic probe that had not been seen before came in on `path`. */
  | { type: "probe_heard"; path: Path; probe: Probe }
  /** WireGuard is configured for the peer. */
  | { type: "tunnel_configured" }
  /** WireGuard finished a handshake with the peer. */
  | { type: "handshake_finished" }
  /** The PC woke up or has another address: what worked may not work any more. */
  | { type: "network_changed" }
  /** What the two routers allow, as far as it is known. */
  | { type: "path_expected"; expected: ExpectedPath }
  /** WireGuard carried something to or from the peer just now. */
  | { type: "traffic_seen" }
  /** [LANU-74] Both sides try at this moment. */
  | { type: "punch" }
  | { type: "time_passed" }

export type PathEffect =
  | { type: "send_probe"; path: Path; probe: Probe }
  /** Send the peer's traffic this way from now on. */
  | { type: "use_path"; path: Path }

/** What people are shown. */
export type PathView = { status: PathStatus; connectionType: ConnectionType; path: Path | null; roundTripMs: number | null }

/** [LANU-33] to [LANU-39]: all times in ms. */
const pathTimes = {
  burstEveryMs: 15,
  burstProbes: 40,
  thenEveryMs: 100,
  attemptMs: 3_000,
  /** No handshake for so long after the attempt began: failed. */
  handshakeWithinMs: 10_000,
  /** Between the beginnings of attempts while nothing works; later seldomer. A router keeps its door open for longer than that. */
  retryEveryMs: 5_000,
  laterRetryEveryMs: 15_000,
  eagerRetries: 12,
  /** While the relay carries the traffic, the direct paths are tried again so often. */
  upgradeEveryMs: 30_000,
  /** The same when the routers are known not to allow one, or when nothing is carried. */
  idleUpgradeEveryMs: 5 * 60_000,
  /** Neither traffic nor trouble for so long: probes become rare. */
  quietAfterMs: 60_000,
  /** Probes on the path in use and on those kept in reserve. */
  livenessEveryMs: 1_000,
  reserveEveryMs: 5_000,
  /** Silence on the path in use. */
  degradedAfterMs: 3_000,
  failedAfterMs: 15_000,
  reserveForgottenAfterMs: 12_000,
  slowMs: 200,
  /** Probes are answered at once, but not more often than this on one path. */
  answerEveryMs: 5,
  /** A path just taken to is not left again before it had this long to answer. */
  graceMs: 1_000,
} as const

/** [LANU-37] What the relay has to be faster by, for it costs the house and adds a stop. */
const relayPenaltyMs = 100
const worthwhileMs = 10
const worthwhileShare = 0.2
/** A slow path counts as quick again only when it is clearly so. */
const quickAgainShare = 0.8

/** [LANU-40] Paths to one peer that are tried at once, those it was heard from included. */
const mostPaths = 24
const rememberedProbes = 4096

type Trial = {
  readonly path: Path
  readonly key: string
  /** When it was last begun to be tried, and how many probes went out since. */
  begunAtMs: number
  sentSince: number
  isRetry: boolean
  sentAtMs: number
  answeredAtMs: number
  heardSequence: number
  heardAtMs: number
  /** When the peer last said that it saw ours; `null` before the first time. */
  twoWayAtMs: number | null
  roundTripMs: number | null
  /** [LANU-73] The last probe was answered and the next is not due: being silent proves nothing. */
  isResting: boolean
  restedUntilMs: number
  /** The probe that ended a rest is on its way. */
  isRestJudged: boolean
  readonly quiet: QuietInterval
}

type Sent = { sequence: number; key: string; atMs: number }

const relayed: Path = { kind: "relayed" }

function keyOf(path: Path): string {
  return path.kind === "relayed" ? "relayed" : endpointText(path.endpoint)
}

/**
 * Finds and keeps the way to one peer. It does nothing itself: it is told what happened and when, and says what to send.
 * Call it whenever something happens, and with `time_passed` at `wakeAtMs`.
 */
export class PathFinder {
  readonly #trials = new Map<string, Trial>()
  readonly #sent: (Sent | undefined)[] = Array<undefined>(rememberedProbes)
  #effects: PathEffect[] = []
  #status: PathStatus = "connecting"
  #inUse: Trial | null = null
  #inUseSinceMs = 0
  #sequence = 0
  #hasStarted = false
  #attemptAtMs = 0
  #failedAttempts = 0
  #isTunnelConfigured = false
  #isPeerReady = false
  #hasHandshake = false
  /** When the last path that worked was last seen to work. */
  #workedAtMs = 0
  /** The last time that anything was carried or gave reason for doubt. */
  #stirredAtMs = 0
  #expected: ExpectedPath = "uncertain"

  /** @param isInitiator of the two exactly one: whoever's public key is the smaller, say. It configures WireGuard second. */
  constructor(readonly isInitiator: boolean) {}

  handle(event: PathEvent, nowMs: number): PathEffect[] {
    this.#effects = []
    this.#take(event, nowMs)
    if (this.#hasStarted) this.#proceed(nowMs)
    return this.#effects
  }

  view(): PathView {
    const path = this.#inUse?.path ?? null
    return { status: this.#status, connectionType: this.#connectionType(), path, roundTripMs: this.#inUse?.roundTripMs ?? null }
  }

  /** When to be called again at the latest, on the clock of `handle`. */
  wakeAtMs(nowMs: number): number {
    const sends = [...this.#trials.values()].map((trial) => this.#nextSendAtMs(trial, nowMs) ?? Infinity)
    return Math.max(nowMs, Math.min(nowMs + pathTimes.livenessEveryMs, ...sends))
  }

  /** [LANU-73] Nobody uses the path, and nothing gives reason to doubt it. */
  isQuiet(nowMs: number): boolean {
    const stirredAtMs = Math.max(this.#stirredAtMs, this.#attemptAtMs, this.#inUseSinceMs)
    return this.#status === "connected" && nowMs - stirredAtMs >= pathTimes.quietAfterMs
  }

  #connectionType(): ConnectionType {
    if (this.#status === "connecting" || this.#status === "failed") return this.#status
    return this.#inUse?.path.kind ?? "connecting"
  }

  #take(event: PathEvent, nowMs: number) {
    switch (event.type) {
      case "started":
        this.#hasStarted = true
        for (const endpoint of event.candidates) this.#trialOf({ kind: "direct", endpoint }, nowMs)
        if (event.hasRelay) this.#trialOf(relayed, nowMs)
        return this.#beginAttempt(nowMs)
      case "relay_changed":
        return event.hasRelay ? this.#tryAnew(this.#trialOf(relayed, nowMs), nowMs) : this.#drop("relayed")
      case "probe_heard":
        return this.#hear(event.path, event.probe, nowMs)
      case "tunnel_configured":
        return this.#sayTunnelIsReady(nowMs)
      case "handshake_finished":
        this.#hasHandshake = true
        return
      case "network_changed":
        for (const trial of this.#trials.values()) forgetAnswers(trial)
        return this.#beginAttempt(nowMs)
      case "path_expected":
        this.#expected = event.expected
        return
      case "traffic_seen":
        this.#stirredAtMs = nowMs
        return
      case "punch":
        return this.#punch(nowMs)
      case "time_passed":
        return
    }
  }

  #hear(path: Path, probe: Probe, nowMs: number) {
    const trial = this.#trialOf(path, nowMs)
    if (!trial) return
    if (probe.sequence > trial.heardSequence) {
      trial.heardSequence = probe.sequence
      trial.heardAtMs = nowMs
    }
    // A peer that comes another way may have lost the old one, so that has to prove itself.
    if (trial.twoWayAtMs === null) this.#stirredAtMs = nowMs
    this.#isPeerReady ||= probe.isTunnelReady
    this.#confirm(trial, probe, nowMs)
    // The peer tries: so do we, though we had given up for now.
    const isOver = (sinceMs: number) => nowMs - sinceMs > pathTimes.attemptMs
    if (this.#status === "failed" && isOver(this.#attemptAtMs)) this.#beginAttempt(nowMs)
    if (trial.twoWayAtMs === null && isOver(trial.begunAtMs)) this.#tryAnew(trial, nowMs, true)
    if (probe.isAnswer || nowMs - trial.answeredAtMs < pathTimes.answerEveryMs) return
    trial.answeredAtMs = nowMs
    this.#send(trial, nowMs, "answer")
  }

  #sayTunnelIsReady(nowMs: number) {
    if (this.#isTunnelConfigured) return
    this.#isTunnelConfigured = true
    for (const trial of this.#trials.values()) if (this.#isAlive(trial, nowMs)) this.#send(trial, nowMs)
  }

  /** [LANU-34] The path works both ways when the peer saw, on it, what we sent on it. */
  #confirm(trial: Trial, probe: Probe, nowMs: number) {
    const sent = this.#sent[probe.echo % rememberedProbes]
    if (probe.echo === 0 || sent?.sequence !== probe.echo || sent.key !== trial.key) return
    const sample = Math.max(0, nowMs - sent.atMs - probe.heldMs)
    trial.roundTripMs = trial.roundTripMs === null ? sample : trial.roundTripMs + (sample - trial.roundTripMs) / 8
    // What counts is when our probe was on the way, not when an old echo of it came in.
    trial.twoWayAtMs = Math.max(trial.twoWayAtMs ?? 0, sent.atMs)
    this.#workedAtMs = Math.max(this.#workedAtMs, nowMs)
    if (!trial.isRestJudged || sent.atMs < trial.restedUntilMs) return
    trial.isRestJudged = false
    trial.quiet.answered(nowMs)
  }

  #proceed(nowMs: number) {
    this.#forgetDeadReserves(nowMs)
    this.#choose(nowMs)
    this.#updateStatus(nowMs)
    this.#retry(nowMs)
    for (const trial of this.#trials.values()) {
      const at = this.#nextSendAtMs(trial, nowMs)
      if (at !== null && at <= nowMs) this.#send(trial, nowMs)
      else trial.isResting ||= this.isQuiet(nowMs) && isAnswered(trial)
    }
  }

  #punch(nowMs: number) {
    this.#attemptAtMs = nowMs
    for (const trial of this.#trials.values()) if (!this.#isAlive(trial, nowMs)) this.#tryAnew(trial, nowMs)
  }

  /** [LANU-37] The cheapest path that works. One that is hardly better is no reason to move. */
  #choose(nowMs: number) {
    if (!this.#mayConfigure()) return
    const isInUseAlive = this.#inUse !== null && this.#isAlive(this.#inUse, nowMs)
    const hasGrace = this.#inUse !== null && !isInUseAlive && nowMs - this.#inUseSinceMs < pathTimes.graceMs
    const others = [...this.#trials.values()].filter(
      (trial) => trial !== this.#inUse && this.#isAlive(trial, nowMs) && (!hasGrace || trial.twoWayAtMs! > this.#inUseSinceMs),
    )
    const best = others.reduce<Trial | null>((a, b) => (a && costOf(a) <= costOf(b) ? a : b), null)
    if (!best || (isInUseAlive && !isWorthwhile(this.#inUse!, best))) return
    // What fell silent has to prove itself anew, or two dead paths would take turns.
    if (this.#inUse && !isInUseAlive) forgetAnswers(this.#inUse)
    this.#inUseSinceMs = nowMs
    this.#inUse = best
    this.#effects.push({ type: "use_path", path: best.path })
  }

  /** [LANU-36] The responder configures WireGuard as soon as a path works; the initiator when the responder said that it has. */
  #mayConfigure(): boolean {
    return !this.isInitiator || this.#isPeerReady
  }

  #updateStatus(nowMs: number) {
    const isAlive = this.#inUse !== null && this.#isAlive(this.#inUse, nowMs)
    if (isAlive && this.#hasHandshake) {
      this.#failedAttempts = 0
      const slowMs = this.#status === "degraded" ? pathTimes.slowMs * quickAgainShare : pathTimes.slowMs
      this.#status = this.#inUse!.roundTripMs! > slowMs ? "degraded" : "connected"
      return
    }
    if (this.#status === "connected") {
      this.#status = "degraded"
      // While it rested nobody asked whether it worked.
      this.#workedAtMs = Math.max(this.#workedAtMs, nowMs - pathTimes.degradedAfterMs)
      this.#beginAttempt(nowMs)
    }
    if (this.#status === "degraded" && nowMs - this.#workedAtMs >= pathTimes.failedAfterMs) this.#status = "failed"
    if (this.#status === "connecting" && this.#hasConnectingEnded(nowMs)) this.#status = "failed"
  }

  /** An attempt is over when nothing answered in its time, or when something did but no handshake came of it. */
  #hasConnectingEnded(nowMs: number): boolean {
    const sinceMs = nowMs - this.#attemptAtMs
    const isAnyAlive = [...this.#trials.values()].some((trial) => this.#isAlive(trial, nowMs))
    return sinceMs >= (isAnyAlive ? pathTimes.handshakeWithinMs : pathTimes.attemptMs)
  }

  /** [LANU-38] While nothing works, or only the relay, it is tried again for as long as the peer is in the network. */
  #retry(nowMs: number) {
    const everyMs = this.#retryEveryMs(nowMs)
    if (everyMs === null || nowMs - this.#attemptAtMs < everyMs) return
    this.#attemptAtMs = nowMs
    for (const trial of this.#trials.values()) if (trial !== this.#inUse) this.#tryAnew(trial, nowMs, true)
    if (this.#status === "failed") this.#failedAttempts += 1
    if (this.#inUse && !this.#isAlive(this.#inUse, nowMs)) this.#tryAnew(this.#inUse, nowMs, true)
  }

  /** `null` when there is nothing to gain. */
  #retryEveryMs(nowMs: number): number | null {
    if (this.#inUse && this.#isAlive(this.#inUse, nowMs)) return this.#upgradeEveryMs(this.#inUse.path, nowMs)
    if (this.#status !== "failed" && this.#status !== "degraded") return null
    return this.#failedAttempts < pathTimes.eagerRetries ? pathTimes.retryEveryMs : pathTimes.laterRetryEveryMs
  }

  #upgradeEveryMs(inUse: Path, nowMs: number): number | null {
    if (inUse.kind === "direct") return null
    return this.#expected === "relayed" || this.isQuiet(nowMs) ? pathTimes.idleUpgradeEveryMs : pathTimes.upgradeEveryMs
  }

  #beginAttempt(nowMs: number) {
    if (this.#status === "failed") this.#status = "connecting"
    this.#attemptAtMs = nowMs
    for (const trial of this.#trials.values()) this.#tryAnew(trial, nowMs)
  }

  #tryAnew(trial: Trial | null, nowMs: number, isRetry = false) {
    if (!trial) return
    trial.begunAtMs = nowMs
    trial.sentSince = 0
    trial.isRetry = isRetry
  }

  /** [LANU-33] 15 ms apart forty times, then 100 ms apart; once it works, only to know that it still does. */
  #nextSendAtMs(trial: Trial, nowMs: number): number | null {
    if (!this.#hasStarted) return null
    const isRunning = (at: number) => at - trial.begunAtMs < pathTimes.attemptMs
    if (trial.twoWayAtMs !== null && trial.twoWayAtMs >= trial.begunAtMs) return trial.sentAtMs + this.#workingEveryMs(trial, nowMs)
    if (trial.sentSince === 0) return trial.begunAtMs
    const isBurst = trial.sentSince < pathTimes.burstProbes && !trial.isRetry
    const at = trial.sentAtMs + (isBurst ? pathTimes.burstEveryMs : pathTimes.thenEveryMs)
    if (isRunning(at)) return at
    return trial.twoWayAtMs === null ? null : trial.sentAtMs + pathTimes.livenessEveryMs
  }

  /** Until the handshake is done each probe may be the one that says the tunnel is ready. */
  #workingEveryMs(trial: Trial, nowMs: number): number {
    const isHandshakeDue = !this.#hasHandshake && trial.sentAtMs - this.#attemptAtMs < pathTimes.handshakeWithinMs
    if (isHandshakeDue) return pathTimes.thenEveryMs
    if (this.isQuiet(nowMs) && isAnswered(trial)) return trial.quiet.ms
    return trial === this.#inUse || !this.#inUse ? pathTimes.livenessEveryMs : pathTimes.reserveEveryMs
  }

  #isAlive(trial: Trial, nowMs: number): boolean {
    return trial.twoWayAtMs !== null && (trial.isResting || this.#silentMs(trial, nowMs) < this.#mostSilenceMs(trial))
  }

  #silentMs(trial: Trial, nowMs: number): number {
    return nowMs - Math.max(trial.twoWayAtMs!, trial.restedUntilMs)
  }

  #mostSilenceMs(trial: Trial): number {
    return trial === this.#inUse ? pathTimes.degradedAfterMs : pathTimes.reserveForgottenAfterMs
  }

  #forgetDeadReserves(nowMs: number) {
    for (const trial of this.#trials.values()) {
      const isResting = trial.twoWayAtMs === null || trial.isResting
      if (!isResting && this.#silentMs(trial, nowMs) >= pathTimes.reserveForgottenAfterMs) forgetAnswers(trial)
    }
  }

  /** [LANU-35] A path the peer is heard on is tried, though nobody had named it. `null` when there are too many. */
  #trialOf(path: Path, nowMs: number): Trial | null {
    const key = keyOf(path)
    const known = this.#trials.get(key)
    if (known) return known
    if (this.#trials.size >= mostPaths && !this.#dropHopeless(nowMs)) return null
    const trial: Trial = {
      path,
      key,
      begunAtMs: nowMs,
      sentSince: 0,
      isRetry: false,
      sentAtMs: -Infinity,
      answeredAtMs: -Infinity,
      heardSequence: 0,
      heardAtMs: 0,
      twoWayAtMs: null,
      roundTripMs: null,
      isResting: false,
      restedUntilMs: -Infinity,
      isRestJudged: false,
      quiet: new QuietInterval(),
    }
    this.#trials.set(key, trial)
    return trial
  }

  /** A peer that moves about leaves old addresses behind; they make room for the new one. */
  #dropHopeless(nowMs: number): boolean {
    for (const trial of this.#trials.values()) {
      if (trial === this.#inUse || trial.twoWayAtMs !== null || nowMs - trial.begunAtMs < pathTimes.attemptMs) continue
      return this.#trials.delete(trial.key)
    }
    return false
  }

  #drop(key: string) {
    const trial = this.#trials.get(key)
    if (trial) forgetAnswers(trial)
    this.#trials.delete(key)
    if (trial && trial === this.#inUse) this.#inUse = null
  }

  /** A second question means that the first, which ended the rest, was not answered. */
  #endRest(trial: Trial, nowMs: number) {
    if (trial.isRestJudged && !trial.isResting) trial.quiet.unanswered(nowMs)
    trial.isRestJudged = trial.isResting
    if (trial.isResting) trial.restedUntilMs = nowMs
    trial.isResting = false
  }

  #send(trial: Trial, nowMs: number, as: "question" | "answer" = "question") {
    this.#sequence += 1
    this.#sent[this.#sequence % rememberedProbes] = { sequence: this.#sequence, key: trial.key, atMs: nowMs }
    if (as === "question") {
      this.#endRest(trial, nowMs)
      trial.sentAtMs = nowMs
      trial.sentSince += 1
    }
    const probe: Probe = {
      sequence: this.#sequence,
      echo: trial.heardSequence,
      heldMs: trial.heardSequence === 0 ? 0 : nowMs - trial.heardAtMs,
      isAnswer: as === "answer",
      isTunnelReady: this.#isTunnelConfigured,
    }
    this.#effects.push({ type: "send_probe", path: trial.path, probe })
  }
}

/** The last question was. */
function isAnswered(trial: Trial): boolean {
  return trial.twoWayAtMs !== null && trial.twoWayAtMs >= trial.sentAtMs
}

function forgetAnswers(trial: Trial) {
  trial.isResting = false
  trial.twoWayAtMs = null
  trial.roundTripMs = null
}

function costOf(trial: Trial): number {
  return trial.roundTripMs! + (trial.path.kind === "relayed" ? relayPenaltyMs : 0)
}

function isWorthwhile(current: Trial, better: Trial): boolean {
  const gain = costOf(current) - costOf(better)
  return gain >= Math.max(worthwhileMs, costOf(current) * worthwhileShare)
}
