"use client"

import { useEffect } from "react"
import type { Answer } from "@/kernel/answer"
import { useNight } from "@/live/use-night"
import type { CardView, RoundView } from "../view"
import { ownPart } from "./round-people"

type OwnRound = { round: RoundView | null; card: CardView | null; version: number }

/** Between attempts: doubles up to the limit. */
const retryMs = { first: 250, most: 5000 }
/** A request that hangs is given up for a new one. */
const patienceMs = 4000

/**
 * Fetches the own card as soon as a round has this guest and the phone has no card of it, whatever tab is open. No
 * channel brings cards [IMP-4]; a start must be on twenty phones within 200 ms, so nothing waits here.
 */
export function useOwnCard(): void {
  const { night, mergeAnswer } = useNight()
  const missingRoundId = roundWithoutCard(night)

  useEffect(() => {
    if (missingRoundId === null) return
    return untilStopped(async (signal) => {
      const answer = await fetchOwnRound(signal)
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

/** Attempts at once and then with growing waits, one at a time. @returns what stops it. */
function untilStopped(attempt: (signal: AbortSignal) => Promise<void>): () => void {
  const stop = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  async function next(waitMs: number) {
    await attempt(stop.signal)
    if (stop.signal.aborted) return
    timer = setTimeout(() => void next(Math.min(waitMs * 2, retryMs.most)), waitMs)
  }
  void next(retryMs.first)
  return () => {
    stop.abort()
    clearTimeout(timer)
  }
}

/** @returns null when there was no answer that can be read. */
async function fetchOwnRound(signal: AbortSignal): Promise<Answer<OwnRound> | null> {
  const request = new AbortController()
  const giveUp = () => request.abort()
  signal.addEventListener("abort", giveUp)
  const timer = setTimeout(giveUp, patienceMs)
  try {
    const response = await fetch("/api/v1/imposter", { cache: "no-store", signal: request.signal })
    return (await response.json()) as Answer<OwnRound>
  } catch {
    return null
  } finally {
    clearTimeout(timer)
    signal.removeEventListener("abort", giveUp)
  }
}
