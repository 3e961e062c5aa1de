"use client"

import { useEffect, useState } from "react"
import { fetchAnswer, keepAsking } from "@/live/keep-asking"
import type { SessionResults } from "../view"

/** Refusals that asking again does not change. */
const finalCodes: readonly string[] = ["session_not_found", "not_signed_in", "kicked", "party_unknown", "input_invalid"]

/** What a session came to; `problem` is why there is nothing to show. Results never change, so they are fetched once. */
export type ResultsFetched = { readonly results: SessionResults | null; readonly problem: string | null }

/** Fetches a session's results as soon as they exist. `isOver`: the night knows that it was played to the end. */
export function useSessionResults(sessionId: string, isOver: boolean): ResultsFetched {
  const [fetched, setFetched] = useState<ResultsFetched>({ results: null, problem: null })

  useEffect(() => {
    const stop = keepAsking(async (signal) => {
      const answer = await fetchAnswer<{ results: SessionResults }>(`/api/v1/quipflip/results?sessionId=${encodeURIComponent(sessionId)}`, signal)
      if (!answer || signal.aborted) return
      if (answer.success) setFetched({ results: answer.results, problem: null })
      else if (finalCodes.includes(answer.code)) setFetched({ results: null, problem: answer.error })
      else return
      stop()
    })
    return stop
    // Once it is over there is no reason to wait any longer.
  }, [sessionId, isOver])

  return fetched
}
