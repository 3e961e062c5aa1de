"use client"

import { useEffect } from "react"
import { fetchAnswer, keepAsking } from "@/live/keep-asking"
import { useNight } from "@/live/use-night"
import type { CardView, RoundView } from "../view"
import { ownPart } from "./round-people"

type OwnRound = { round: RoundView | null; card: CardView | null; version: number }

/**
 * Fetches the own card as soon as a round has this guest and the phone has no card of it, whatever tab is open. No
 * channel brings cards [IMP-4]; a start must be on twenty phones within 200 ms, so nothing waits here.
 */
export function useOwnCard(): void {
  const { night, mergeAnswer } = useNight()
  const missingRoundId = roundWithoutCard(night)

  useEffect(() => {
    if (missingRoundId === null) return
    return keepAsking(async (signal) => {
      const answer = await fetchAnswer<OwnRound>("/api/v1/imposter", signal)
      if (!answer?.success || signal.aborted) return
      const { version, round, card } = answer
      mergeAnswer({ version, ...(round ? { round } : {}), ...(card ? { card } : {}) })
    })
  }, [missingRoundId, mergeAnswer])
}

/** The round whose card this phone ought to have and has not. */
function roundWithoutCard({ imposter, card, me }: { imposter: RoundView | null; card: CardView | null; me: { id: string } | null }): string | null {
  if (!imposter || !me || imposter.status === "REVEALED" || !ownPart(imposter, me.id)) return null
  return card?.roundId === imposter.roundId ? null : imposter.roundId
}
