"use client"

import { useEffect } from "react"
import { fetchAnswer, keepAsking } from "@/live/keep-asking"
import type { NightView } from "@/live/night-view"
import { useNight } from "@/live/use-night"
import type { SeatView, SessionPlayer, SessionView } from "../view"
import { ownSession, playerOf } from "./own-session"

/** Where something is to be played the page begins it, and the answer brings the seat: only if it does not, it is asked for. In ms. */
const beginningMs = 600

/**
 * Keeps the own seat true while a session of this guest runs: no channel brings it [QF-S13], so it is fetched whenever
 * the session shows that the phone's seat is none, another one, or of an earlier moment.
 */
export function useOwnSeat(): void {
  const { night, mergeAnswer } = useNight()
  const wanted = seatWanted(night)
  const isBegun = wanted !== null && isToPlay(night)

  useEffect(() => {
    if (wanted === null) return
    return keepAsking(async (signal) => {
      const answer = await fetchAnswer<{ seat: SeatView | null; version: number }>("/api/v1/quipflip/seat", signal)
      if (!answer?.success || !answer.seat || signal.aborted) return
      mergeAnswer({ version: answer.version, seat: answer.seat })
    }, isBegun ? beginningMs : 0)
  }, [wanted, isBegun, mergeAnswer])
}

function isToPlay({ sessions, me }: Pick<NightView, "sessions" | "me">): boolean {
  const session = me && ownSession(sessions, me.id)
  const own = session && playerOf(session, me.id)
  return own ? !own.hasLeft && own.done < own.dealt : false
}

/** What the seat ought to be like and is not; null when it is. */
function seatWanted({ sessions, seat, me }: Pick<NightView, "sessions" | "seat" | "me">): string | null {
  const session = me && ownSession(sessions, me.id)
  const own = session && playerOf(session, me.id)
  if (!own || session.status !== "IN_PROGRESS" || isTrue(seat, session, own)) return null
  return `${session.sessionId} ${session.lifecycleVersion} ${own.done} ${own.hasLeft}`
}

function isTrue(seat: SeatView | null, { sessionId, lifecycleVersion }: SessionView, own: SessionPlayer): boolean {
  if (seat?.sessionId !== sessionId || seat.lifecycleVersion < lifecycleVersion) return false
  // A seat of a phase that the session's own event has not told of yet.
  return seat.lifecycleVersion > lifecycleVersion || (seat.done === own.done && seat.hasLeft === own.hasLeft)
}

/** The own seat in this phase of this session; null while the phone does not have it. */
export function currentSeat({ seat }: Pick<NightView, "seat">, session: SessionView): SeatView | null {
  return seat?.sessionId === session.sessionId && seat.lifecycleVersion === session.lifecycleVersion ? seat : null
}
