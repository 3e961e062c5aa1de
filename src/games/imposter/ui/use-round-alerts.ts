"use client"

import { useEffect, useEffectEvent, useRef } from "react"
import { useNight } from "@/live/use-night"
import { vibrate } from "@/ui/vibrate"
import type { RoundView } from "../view"
import { ownPart } from "./round-people"

const buzzMs = { start: [300, 120, 300], vote: [180, 90, 180], reveal: [90, 60, 90, 60, 400] }

/**
 * Buzzes when a round this guest plays in starts, votes or is revealed, and tells of its start. It goes by what the
 * night shows and not by the event, so that a phone that slept through the start is told as well.
 */
export function useRoundAlerts(guestId: string, onStart: () => void): void {
  const { imposter: round } = useNight().night
  const phase = phaseOf(round)
  const knownPhase = useRef(phase)
  const knownRoundId = useRef(round?.roundId)

  const handleChange = useEffectEvent(() => {
    const isNewRound = round?.roundId !== knownRoundId.current
    knownRoundId.current = round?.roundId
    if (!round || !ownPart(round, guestId)) return
    if (round.status === "REVEALED") return isNewRound ? undefined : vibrate(buzzMs.reveal)
    vibrate(round.status === "VOTING" ? buzzMs.vote : buzzMs.start)
    if (isNewRound) onStart()
  })

  useEffect(() => {
    if (knownPhase.current === phase) return
    knownPhase.current = phase
    handleChange()
  }, [phase])
}

function phaseOf(round: RoundView | null): string | null {
  return round && `${round.roundId} ${round.status} ${round.vote}`
}
