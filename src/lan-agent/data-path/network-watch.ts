import type { NetworkInterfaceInfo } from "node:os"
import { type Candidate, type Endpoint, endpointText } from "@/lan/protocol"
import { hostCandidates } from "./agent-socket"

export type NetworkChange = "woke_up" | "interfaces" | "mapped_address"

export type NetworkWatchOptions = {
  /** The agent's UDP port. */
  port: number
  interfaces(): NodeJS.Dict<NetworkInterfaceInfo[]>
  /** Asks STUN from the agent's socket; `null` when nobody answers. */
  askMapped(): Promise<Endpoint | null>
  /** ms, on a clock that nobody sets and that may stop while the PC sleeps. */
  nowMs(): number
  /** UTC, ms. */
  wallMs(): number
  /** What is known already, so that it is no news. */
  known?: readonly Candidate[]
  listener: {
    /** What worked may not work any more: for `DataPath.networkChanged`. */
    networkChanged(reason: NetworkChange): void
    /** For the control plane. */
    candidatesChanged(candidates: Candidate[]): void
  }
}

/** [LANU-77] All times in ms. */
const networkWatchTimes = {
  lookEveryMs: 2_000,
  askEveryMs: 25_000,
  /** While the last question was not answered. */
  askAgainMs: 4_000,
  /** Clocks that drift apart by more, or a look that comes late by more: the PC slept. */
  sleepMs: 5_000,
} as const

type Moment = { nowMs: number; wallMs: number }

/** [LANU-77] Whether the PC slept between two looks: its clocks disagree, or the second look came far too late. */
export function hasSlept(before: Moment, after: Moment): boolean {
  const passedMs = after.nowMs - before.nowMs
  const jumpedMs = Math.abs(after.wallMs - before.wallMs - passedMs)
  return jumpedMs > networkWatchTimes.sleepMs || passedMs > networkWatchTimes.lookEveryMs + networkWatchTimes.sleepMs
}

/** Notices that the PC slept, was plugged in elsewhere, or has another address outside, and says the new candidates. */
export class NetworkWatch {
  #looked: Moment
  #hosts: Candidate[]
  #mapped: Endpoint | null
  #told: string
  #askAtMs: number
  #asking: Promise<void> | null = null
  #asksAgain = false
  #timer: NodeJS.Timeout | undefined
  #isClosed = false

  constructor(readonly options: NetworkWatchOptions) {
    this.#looked = this.#moment()
    this.#hosts = hostCandidates(options.port, options.interfaces())
    this.#mapped = options.known?.find(({ kind }) => kind === "server_reflexive")?.endpoint ?? null
    this.#told = textOf(this.candidates())
    this.#askAtMs = this.#looked.nowMs + (this.#mapped ? networkWatchTimes.askEveryMs : 0)
    this.#schedule()
  }

  /** What this PC offers to its peers now. */
  candidates(): Candidate[] {
    return this.#mapped ? [...this.#hosts, { kind: "server_reflexive", endpoint: this.#mapped }] : this.#hosts
  }

  /** Looks at once: a path has just died, say. Resolves when STUN has answered or given up. */
  async check(): Promise<void> {
    const before = this.#looked
    this.#looked = this.#moment()
    const hosts = hostCandidates(this.options.port, this.options.interfaces())
    const isMoved = textOf(hosts) !== textOf(this.#hosts)
    this.#hosts = hosts
    if (isMoved) this.#mapped = null
    if (isMoved) this.options.listener.networkChanged("interfaces")
    else if (hasSlept(before, this.#looked)) this.options.listener.networkChanged("woke_up")
    await this.#ask()
  }

  close() {
    this.#isClosed = true
    clearTimeout(this.#timer)
  }

  #schedule() {
    this.#timer = setTimeout(() => {
      this.#look()
      this.#schedule()
    }, networkWatchTimes.lookEveryMs)
  }

  #look() {
    const moment = this.#moment()
    const isMoved = textOf(hostCandidates(this.options.port, this.options.interfaces())) !== textOf(this.#hosts)
    if (isMoved || hasSlept(this.#looked, moment) || moment.nowMs >= this.#askAtMs) void this.check()
    else this.#looked = moment
  }

  /** One question at a time; whoever asks meanwhile gets the answer of the next. */
  #ask(): Promise<void> {
    this.#asksAgain = this.#asking !== null
    this.#asking ??= this.#askOnce().finally(() => {
      this.#asking = null
    })
    return this.#asking
  }

  async #askOnce() {
    do {
      this.#asksAgain = false
      const mapped = await this.options.askMapped()
      if (this.#isClosed) return
      this.#answered(mapped)
    } while (this.#asksAgain)
  }

  #answered(mapped: Endpoint | null) {
    const { listener } = this.options
    const { askEveryMs, askAgainMs } = networkWatchTimes
    this.#askAtMs = this.options.nowMs() + (mapped ? askEveryMs : askAgainMs)
    const isNew = mapped !== null && this.#mapped !== null && endpointText(mapped) !== endpointText(this.#mapped)
    this.#mapped = mapped ?? this.#mapped
    if (isNew) listener.networkChanged("mapped_address")
    const text = textOf(this.candidates())
    if (text === this.#told) return
    this.#told = text
    listener.candidatesChanged(this.candidates())
  }

  #moment(): Moment {
    return { nowMs: this.options.nowMs(), wallMs: this.options.wallMs() }
  }
}

function textOf(candidates: readonly Candidate[]): string {
  return candidates.map(({ endpoint }) => endpointText(endpoint)).join(" ")
}
