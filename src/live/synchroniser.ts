import type { Line } from "@/realtime/party-socket"
import { applyEvent, needsSnapshot } from "./apply-event"
import { type ChannelTopic, type EventProblem, type LiveMessage, parseEvent } from "./catalogue"
import { applyAnswer, type CommandAnswer, partsNewerThan } from "./command-answer"
import { createHeardOnce } from "./heard-once"
import { createHeldVersions } from "./held-versions"
import { type Moment, momentOf } from "./moment"
import type { NightView } from "./night-view"
import { createPollPace, shared } from "./poll-pace"
import { createServerClock } from "./server-clock"
import type { Gone, SnapshotAnswer } from "./snapshot"

/** "live": the socket is up. "connecting": it is not, and the poll keeps the picture fresh. "offline": neither. */
export type Connection = "live" | "connecting" | "offline"

/**
 * Why a snapshot is wanted. "wake", "asked" and "answer" fetch at once; the others spread over 300 ms, for a hundred phones ask
 * together. "subscribed" and "refused" come when a line is back and spread over longer: then all parties ask together, and most
 * screens are right already. They also say whether the line brings what happens: before its first "subscribed", and for a while
 * after a "refused", a screen asks as often as without a line.
 */
export type RefetchReason = "subscribed" | "refused" | "wake" | "asked" | "answer" | "event" | "gap" | "unreadable"

/** One immutable picture; a new object whenever anything in it changed. */
export type LiveState = {
  readonly night: NightView | null
  readonly connection: Connection
  /** Add to this device's clock to get the server's, in ms; 0 before the first measurement. */
  readonly serverOffsetMs: number
  /** Why this screen is no longer part of the night, else null. */
  readonly gone: Gone | null
}

export type Timers = {
  set(run: () => void, delayMs: number): Cancel
}
type Cancel = () => void

export type SynchroniserOptions = {
  /** What the server rendered, or null to begin with nothing. */
  readonly initial: NightView | null
  /** Asks for the snapshot; `knownVersion` is the one that need not be sent again. A rejection counts as "failed". */
  readonly fetchSnapshot: (knownVersion: number | null) => Promise<SnapshotAnswer>
  readonly timers: Timers
  /** In [0, 1). */
  readonly random: () => number
  /** This device's clock, ms. */
  readonly nowMs: () => number
  /** Whether nobody can see this screen now. Left out: somebody can. */
  readonly isHidden?: () => boolean
  readonly onProblem?: (problem: EventProblem) => void
}

export type Synchroniser = {
  getState(): LiveState
  getNight(): NightView | null
  /** Called after every change of the state. */
  subscribe(listener: () => void): Cancel
  /** Called once per moment with the night that has it. */
  onMoment(listener: (moment: Moment, night: NightView) => void): Cancel
  /** What a channel brought; `data` is the envelope as it came. */
  receive(topic: ChannelTopic, name: string, data: unknown): void
  refetch(reason?: RefetchReason): void
  mergeAnswer(answer: CommandAnswer): void
  /** A snapshot that came another way (the server rendered the page again). An older one is ignored. */
  offer(night: NightView): void
  setLine(line: Line): void
  /** Polls begin. Until then, and after `stop`, nothing is fetched. */
  start(): void
  stop(): void
}

const jitterMs = 300
/** Over how long screens that lost their lines together fetch when these are back: as shown, hidden, and at most while the server is too busy. ms */
const returnMs = { shown: 1200, hidden: 2500, most: 10_000 }
/** When screens that lose their lines together ask for the first time, ms after it. */
const lostMs = { first: 600, last: 2500 }
/** The safety net under a live socket. */
const slowPollMs = 20_000
/** Between failures on a live line: doubles up to the limit. Longer, and a screen would be wrong for long after the server is well. */
const failureRetryMs = { first: 1000, most: 4000 }
/** A refused channel is asked for again within 4 s: so long after the last refusal it is open, though others said so before. ms */
const refusedForMs = 5000
/** A break shorter than this is not worth a word. */
const graceMs = 2500
/** Between answers that were too old: doubles up to the limit. */
const lateRetryMs = { first: 250, most: 5000 }
/** Beyond this many events behind a gap, the snapshot is the shorter way. */
const waitingKept = 500
const elsewhere: Gone = { code: "elsewhere", error: "This browser is at another party now." }

/**
 * Keeps a screen's picture of the night the same as the server's, over a line that loses, doubles and reorders
 * (the database is the truth, events are a hint). Knows no browser: time, chance and the network are handed in.
 */
export function createSynchroniser(options: SynchroniserOptions): Synchroniser {
  const { timers, random, nowMs, isHidden = () => false } = options
  const pace = createPollPace({ random, isHidden })
  const held = createHeldVersions()
  const heard = createHeardOnce()
  const clock = createServerClock()
  const listeners = new Set<() => void>()
  const momentListeners = new Set<(moment: Moment, night: NightView) => void>()

  let state: LiveState = { night: options.initial, connection: "live", serverOffsetMs: 0, gone: null }
  /** The version of the last snapshot; null when something is shown that no version vouches for. */
  let snapshotVersion: number | null = options.initial?.version ?? null
  /** Events that wait for a snapshot. While there is a gap, all wait, so that the answer cannot be too old. */
  let waiting: LiveMessage[] = []
  let isWaiting = options.initial === null

  let isRunning = false
  let isFetching = false
  let isWantedAgain = false
  /** Somebody looks, or waits for what came of a tap: a question that fails meanwhile is not the last word. */
  let isWantedUrgently = false
  let isAnswerStale = false
  let lateAnswers = 0
  let failures = 0
  let next: { dueMs: number; cancel: Cancel } | null = null
  /** A fetch that only a gap wants, and when the next would have been due without it (ms). */
  let gap: { readonly dueMs: number } | null = null

  let line: Line = "connecting"
  /** Channels of this line are open. */
  let isOpen = false
  /** When one of its channels was refused last, ms. */
  let refusedAtMs = -Infinity
  let isInGrace = true
  let cancelGrace: Cancel = () => undefined

  if (options.initial) held.snapshot(options.initial.version)

  function change(part: Partial<LiveState>): void {
    const isSame = (Object.keys(part) as (keyof LiveState)[]).every((key) => Object.is(part[key], state[key]))
    if (isSame) return
    state = { ...state, ...part }
    for (const listener of [...listeners]) listener()
  }

  // --- the line ---

  function showConnection(): void {
    change({ connection: connectionNow() })
  }

  function connectionNow(): Connection {
    if (line === "offline") return "offline"
    if (line === "connected" || isInGrace) return "live"
    return failures > 0 ? "offline" : "connecting"
  }

  function beginGrace(): void {
    cancelGrace()
    isInGrace = true
    cancelGrace = timers.set(() => {
      isInGrace = false
      showConnection()
    }, graceMs)
  }

  function setLine(nextLine: Line): void {
    if (line === "connected" && nextLine === "connecting") beginGrace()
    // A socket says "connecting" at every attempt: only the first is news.
    const isNews = line !== nextLine
    line = nextLine
    if (isNews) beginLine()
    showConnection()
    if (line === "connected" || !isNews) return
    gap = null
    pace.wake()
    schedule(lostMs.first + random() * (lostMs.last - lostMs.first))
  }

  function beginLine(): void {
    isOpen = false
    refusedAtMs = -Infinity
    // What the outage broke says nothing of how the server is now.
    if (line === "connected") failures = 0
  }

  /** Whether what happens is heard. A line without its channels is none, and a server that is unwell opens them seconds later. */
  function isHearing(): boolean {
    return line === "connected" && isOpen && nowMs() - refusedAtMs > refusedForMs
  }

  // --- fetching: one at a time, the earliest wish counts ---

  function refetch(reason: RefetchReason = "asked"): void {
    gap = null
    if (reason === "subscribed") isOpen = true
    if (reason === "refused") refusedAtMs = nowMs()
    if (!isFetching) return schedule(spread(reason))
    isWantedAgain = true
    if (isUrgent(reason)) isWantedUrgently = true
  }

  function spread(reason: RefetchReason): number {
    if (isUrgent(reason)) return 0
    const isBack = reason === "subscribed" || reason === "refused"
    // Known to be wrong, or with a clock that may be: not to be waited for.
    if (!isBack || isWaiting || clock.offsetMs() === null) return jitter()
    return random() * (isHidden() ? returnMs.hidden : clamped(pace.toldMs(), returnMs.shown, returnMs.most))
  }

  function schedule(delayMs: number): void {
    if (!isRunning || isFetching) return
    const dueMs = nowMs() + delayMs
    // One that is overdue stood still while the device slept, and has as long to go as it had then.
    const isOverdue = next !== null && next.dueMs < nowMs()
    if (next && !isOverdue && next.dueMs <= dueMs) return
    next?.cancel()
    next = { dueMs, cancel: timers.set(() => void fetchNow(), delayMs) }
  }

  async function fetchNow(): Promise<void> {
    next = null
    gap = null
    isFetching = true
    isWantedAgain = false
    isWantedUrgently = false
    isAnswerStale = false
    const isClockKnown = clock.offsetMs() !== null
    const askedVersion = isClockKnown ? snapshotVersion : null
    const sentAtMs = nowMs()
    const answer = await options.fetchSnapshot(askedVersion).catch((): SnapshotAnswer => ({ kind: "failed" }))
    isFetching = false
    if (!isRunning) return
    if (answer.kind === "night") clock.measure(sentAtMs, nowMs(), answer.night.serverTime)
    const delayMs = take(answer, askedVersion)
    showConnection()
    schedule(delayMs)
  }

  /** @returns ms until the next fetch. */
  function take(answer: SnapshotAnswer, askedVersion: number | null): number {
    if (answer.kind !== "gone") pace.answered(answer.kind === "night" && answer.night.version > held.newest(), answer.askAgainInMs ?? 0)
    if (answer.kind === "failed") return afterFailure()
    failures = 0
    if (answer.kind === "gone") return leave(answer.gone)
    if (answer.kind === "night" && isElsewhere(answer.night)) return leave(elsewhere)
    if (isAnswerStale) return jitter()
    const version = answer.kind === "night" ? answer.night.version : askedVersion
    if (version === null || version < held.newest()) return afterLateAnswer()
    if (answer.kind === "night") accept(answer.night)
    else change({ gone: null })
    const isComplete = release()
    if (!isComplete) return afterLateAnswer()
    lateAnswers = 0
    return isWantedAgain ? jitter() : pollMs()
  }

  /** Its versions have nothing to do with ours: they would count as late for ever. */
  function isElsewhere({ party, me }: NightView): boolean {
    const { night } = state
    return night !== null && (night.party.id !== party.id || night.me?.id !== me?.id)
  }

  function accept(night: NightView): void {
    held.snapshot(night.version)
    snapshotVersion = night.version
    change({ night, gone: null, serverOffsetMs: clock.offsetMs() ?? 0 })
  }

  function leave(gone: Gone): number {
    waiting = []
    isWaiting = true
    change({ gone })
    return slowPollMs
  }

  function afterFailure(): number {
    failures += 1
    // A question that hung was asked of a line that is no more. A server that answers and wants to be left alone is.
    if (isWantedUrgently && pace.toldMs() === 0) return jitter()
    if (!isHearing()) return pace.nextMs()
    const ownMs = Math.min(failureRetryMs.first * 2 ** (failures - 1), failureRetryMs.most)
    return shared(Math.max(ownMs, pace.toldMs()), random())
  }

  function afterLateAnswer(): number {
    lateAnswers += 1
    // From the second on, what is shown stands still: then the next answer cannot be outrun again.
    if (lateAnswers > 1) isWaiting = true
    return Math.min(lateRetryMs.first * 2 ** (lateAnswers - 1), lateRetryMs.most) + jitter()
  }

  function pollMs(): number {
    return isHearing() ? slowPollMs + jitter() : pace.nextMs()
  }

  function jitter(): number {
    return random() * jitterMs
  }

  // --- events ---

  function receive(topic: ChannelTopic, name: string, data: unknown): void {
    const { message, problem } = parseEvent(topic, name, data)
    if (problem) options.onProblem?.(problem)
    if (!message) return refetch("unreadable")
    if (isWaiting) {
      wait(message)
      closeGap()
    } else if (!apply(message)) openGap(message)
  }

  function wait(message: LiveMessage): void {
    waiting = [...waiting, message].slice(-waitingKept)
  }

  function openGap(message: LiveMessage): void {
    isWaiting = true
    wait(message)
    // A fetch under way may already have what is missing; `release` will see.
    if (isFetching) return
    gap = { dueMs: next?.dueMs ?? nowMs() + pollMs() }
    schedule(jitter())
  }

  /** What was missing had perhaps only been overtaken, as when two processes publish side by side: then nobody need ask. */
  function closeGap(): void {
    if (!gap) return
    const { dueMs } = gap
    // What waited may want a fetch of its own.
    if (!release() || !gap) return
    gap = null
    next?.cancel()
    next = null
    schedule(Math.max(0, dueMs - nowMs()))
  }

  /** @returns false when something before it, or itself, is missing. */
  function apply(message: LiveMessage): boolean {
    const { topic, version, previous, event } = message
    const { night } = state
    if (!night) return false
    const heldVersion = held.of(topic)
    if (version <= heldVersion) {
      tellMoment(message, night)
      return true
    }
    if (previous > heldVersion || !event) return false
    const after = applyEvent(night, event)
    held.applied(topic, version)
    change({ night: after })
    tellMoment(message, after)
    if (needsSnapshot(after, event)) refetch("event")
    return true
  }

  /** Applies what waited, in order. @returns false when there is a gap still. */
  function release(): boolean {
    isWaiting = false
    const inOrder = waiting.toSorted((a, b) => a.version - b.version)
    waiting = []
    for (const [index, message] of inOrder.entries()) {
      if (apply(message)) continue
      isWaiting = true
      waiting = inOrder.slice(index)
      return false
    }
    return true
  }

  /** Also for an event whose state the snapshot brought first: "your turn at the rig" must not be lost to a race. */
  function tellMoment({ topic, version, event }: LiveMessage, night: NightView): void {
    if (!event || !heard.isNew(topic, version)) return
    const moment = momentOf(event)
    if (!moment) return
    for (const listener of [...momentListeners]) listener(moment, night)
  }

  // --- answers ---

  function mergeAnswer(answer: CommandAnswer): void {
    const { night } = state
    if (!night) return
    // Somebody taps here, so something happens here.
    pace.wake()
    if (!isHearing()) schedule(pace.nextMs())
    if (answer.version !== undefined) {
      held.shown(answer.version)
      return change({ night: applyAnswer(night, partsNewerThan(answer, answer.version, held.of)) })
    }
    change({ night: applyAnswer(night, answer) })
    // No version says how old this is: let a snapshot asked for from now on have the last word.
    snapshotVersion = null
    isAnswerStale = isFetching
    refetch("answer")
  }

  return {
    getState: () => state,
    getNight: () => state.night,
    subscribe: (listener) => addTo(listeners, listener),
    onMoment: (listener) => addTo(momentListeners, listener),
    receive,
    refetch,
    mergeAnswer,
    offer(night) {
      if (state.night && night.version <= held.newest()) return
      accept(night)
      // A gap that is left has its fetch under way.
      release()
    },
    setLine,
    start() {
      isRunning = true
      beginGrace()
      schedule(isWaiting ? 0 : pollMs())
    },
    stop() {
      isRunning = false
      next?.cancel()
      next = null
      cancelGrace()
    },
  }
}

function clamped(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most)
}

function isUrgent(reason: RefetchReason): boolean {
  return reason === "wake" || reason === "asked" || reason === "answer"
}

function addTo<T>(set: Set<T>, item: T): Cancel {
  set.add(item)
  return () => void set.delete(item)
}
