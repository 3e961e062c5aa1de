"use client"

import { useEffect, useEffectEvent, useState } from "react"
import { beginSessionRoundAction } from "@/app/actions/party-logic"
import type { SeatView, SessionPlayer, SessionView } from "../view"
import { outdatedCodes, useSessionCommand } from "./use-session-command"

const retryMs = 2_000

export type OwnRound = {
  readonly isBeginning: boolean
  /** Why the next round did not begin. */
  readonly problem: string | undefined
  readonly begin: () => void
}

/** Begins the next round by itself, once the page is looked at: a fee is paid and a clock starts for nobody who is away. */
export function useOwnRound(session: SessionView, own: SessionPlayer, seat: SeatView | null, isPhaseOver: boolean): OwnRound {
  const { busyPlace, problem, problemAt, run } = useSessionCommand()
  const isVisible = usePageVisible()
  // The answer brings the seat, so nobody waits for the seat to ask for it.
  const { done, dealt } = seat ?? own
  const isWanted = session.status === "IN_PROGRESS" && !isPhaseOver && !own.hasLeft && !seat?.hasLeft && (seat?.round ?? null) === null && done < dealt
  const wanted = isWanted && isVisible ? `begin:${session.sessionId}:${session.lifecycleVersion}:${done}` : null
  // Nobody answered, or what is shown was of a moment ago: asking twice gives the same round.
  const isPassing = problem !== null && (problem.code === null || problem.code === "party_busy" || outdatedCodes.includes(problem.code))

  const begin = useEffectEvent((attempt: string) => {
    void run("begin", (id) => beginSessionRoundAction(session.sessionId, session.lifecycleVersion, id), attempt)
  })

  useEffect(() => {
    if (wanted !== null) begin(wanted)
  }, [wanted])

  useEffect(() => {
    if (wanted === null || !isPassing) return
    const timer = setInterval(() => begin(wanted), retryMs)
    return () => clearInterval(timer)
  }, [wanted, isPassing])

  return {
    isBeginning: busyPlace === "begin",
    problem: isWanted ? problemAt("begin") : undefined,
    begin: () => wanted !== null && void run("begin", (id) => beginSessionRoundAction(session.sessionId, session.lifecycleVersion, id), wanted),
  }
}

function usePageVisible(): boolean {
  const [isVisible, setIsVisible] = useState(() => typeof document === "undefined" || document.visibilityState !== "hidden")
  useEffect(() => {
    const look = () => setIsVisible(document.visibilityState !== "hidden")
    document.addEventListener("visibilitychange", look)
    return () => document.removeEventListener("visibilitychange", look)
  }, [])
  return isVisible
}
