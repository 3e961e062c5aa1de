import type { RoundKind } from "./roles"

/** How long a round may take, in milliseconds [QF-N7]. */
export const roundMs: Readonly<Record<RoundKind, number>> = { PROMPT: 180_000, COPY: 180_000, VOTE: 60_000 }

/** What is sent at the last moment still counts, in milliseconds [QF-N7]. */
export const graceMs = 5_000

/** A session's timers [QF-S4]. `OFF`: no round and no phase ends by the clock. */
export type TimerPace = "X1" | "X1_5" | "X2" | "OFF"

const halvesOf = { X1: 2, X1_5: 3, X2: 4 } as const

/** A round's time at a pace, in milliseconds, or null without timers [QF-S4]. */
export function roundMsAt(kind: RoundKind, pace: TimerPace): number | null {
  return pace === "OFF" ? null : (roundMs[kind] * halvesOf[pace]) / 2
}

/** When a deadline is over for the server: the grace later, and then from its own millisecond on [QF-N7]. */
export function isOver(endsAt: Date | null, now: Date): boolean {
  return endsAt !== null && now.getTime() >= endsAt.getTime() + graceMs
}
