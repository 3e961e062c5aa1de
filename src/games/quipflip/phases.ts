import { graceMs, isOver, roundMsAt, type TimerPace } from "./round-clock"
import type { RoundKind } from "./roles"

export const phases = ["LOBBY", "PROMPT", "COPY", "VOTE", "RESULTS"] as const

export type Phase = (typeof phases)[number]

/** The phases in which something is played: one round kind each. */
export type PlayPhase = RoundKind

export type SessionStatus = "OPEN" | "IN_PROGRESS" | "COMPLETED" | "ABANDONED"

/** The phase that follows, or null after the last [QF-S3]. */
export function nextPhase(phase: Phase): Phase | null {
  return phases[phases.indexOf(phase) + 1] ?? null
}

export function isPlayPhase(phase: Phase): phase is PlayPhase {
  return phase !== "LOBBY" && phase !== "RESULTS"
}

/** How many rounds of each kind a player plays [QF-N8]. */
export type Quotas = Readonly<Record<PlayPhase, number>>

export const usualQuotas: Quotas = { PROMPT: 1, COPY: 2, VOTE: 3 }

export const quotaRange: Readonly<Record<PlayPhase, { readonly min: number; readonly max: number }>> = {
  PROMPT: { min: 1, max: 3 },
  COPY: { min: 1, max: 4 },
  VOTE: { min: 2, max: 5 },
}

export const playerRange = { min: 3, max: 8 } as const

/** When a phase that begins now ends, or null without timers: its rounds one after the other [QF-S4]. */
export function phaseEndsAt(phase: Phase, { quotas, pace }: { quotas: Quotas; pace: TimerPace }, now: Date): Date | null {
  if (!isPlayPhase(phase)) return null
  const ms = roundMsAt(phase, pace)
  return ms === null ? null : later(now, ms * quotas[phase])
}

/** With the grace, so long may AI players take when nobody else is waited for, in milliseconds [QF-S12]. */
const aiPatienceMs = 5_000

/** When the phase ends once its last human is done [QF-S12]. */
export function phaseEndWithoutHumans(phaseEnd: Date | null, now: Date): Date {
  return earlier(phaseEnd, later(now, aiPatienceMs))
}

/** A seat in the phase: how much it still owes, and whether a human is in it (handed to the AI, it is the AI's). */
export type Seat = { readonly playerId: string; readonly isHuman: boolean; readonly owed: number; readonly submitted: number }

/** Whether a seat has played all it was dealt in this phase [QF-S11]. */
export function isDone({ owed, submitted }: Seat): boolean {
  return submitted >= owed
}

/** Whom the phase waits for: everybody who is not done, and the humans among them [QF-S11] [QF-S12]. */
export function waitedFor(seats: readonly Seat[]): { readonly playerIds: readonly string[]; readonly humanIds: readonly string[] } {
  const waiting = seats.filter((seat) => !isDone(seat))
  return {
    playerIds: waiting.map(({ playerId }) => playerId),
    humanIds: waiting.filter(({ isHuman }) => isHuman).map(({ playerId }) => playerId),
  }
}

/** Milliseconds [QF-S16]. */
const lobbyLifeMs = 24 * 60 * 60_000
const standstillMs = 2 * 60 * 60_000

type Timed = {
  readonly status: SessionStatus
  readonly createdAt: Date
  /** The last join, ready, submission or phase change. */
  readonly progressedAt: Date
  readonly phaseEnd: Date | null
}

/**
 * What is due in a session, or null [QF-S11] [QF-S16]: its lobby dies of age, it is given up after a standstill, or its
 * phase advances, with the house playing what is still owed. The standstill comes first: after two hours of darkness
 * nobody sits on the sofa any more.
 */
export function dueStep(session: Timed, seats: readonly Seat[], now: Date): "close lobby" | "abandon" | "advance" | null {
  const hasPassed = (since: Date, ms: number) => now.getTime() >= since.getTime() + ms
  if (session.status === "OPEN") return hasPassed(session.createdAt, lobbyLifeMs) ? "close lobby" : null
  if (session.status !== "IN_PROGRESS") return null
  if (hasPassed(session.progressedAt, standstillMs)) return "abandon"
  return seats.every(isDone) || isOver(session.phaseEnd, now) ? "advance" : null
}

/** When something will be due in a session in which nobody does anything, or null: never [QF-S11] [QF-S16]. */
export function dueAt(session: Timed): Date | null {
  if (session.status === "OPEN") return later(session.createdAt, lobbyLifeMs)
  if (session.status !== "IN_PROGRESS") return null
  const end = session.phaseEnd === null ? null : later(session.phaseEnd, graceMs)
  return earlier(end, later(session.progressedAt, standstillMs))
}

function later(at: Date, ms: number): Date {
  return new Date(at.getTime() + ms)
}

function earlier(one: Date | null, other: Date): Date {
  return one !== null && one.getTime() < other.getTime() ? one : other
}
