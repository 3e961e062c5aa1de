"use client"

import { useEffect, useState } from "react"
import { fetchAnswer, keepAsking } from "@/live/keep-asking"
import { type SessionResults, sessionResults, type SessionView } from "../view"

/** The results that are there, by session. They never change again. */
export type ToldResults = ReadonlyMap<string, SessionResults>

/** Fetches the results of sessions that are completed, and asks again until they are there: nobody touches a TV. */
export function useSessionResults(sessions: readonly SessionView[]): ToldResults {
  const [results, setResults] = useState<ToldResults>(new Map())
  const missing = sessions
    .flatMap(({ sessionId, status }) => (status === "COMPLETED" && !results.has(sessionId) ? [sessionId] : []))
    .join(" ")

  useEffect(() => {
    if (missing === "") return
    const stops = missing.split(" ").map((sessionId) =>
      keepAsking(async (signal) => {
        const told = await fetchResults(sessionId, signal)
        if (told && !signal.aborted) setResults((known) => new Map(known).set(sessionId, told))
      }),
    )
    return () => stops.forEach((stop) => stop())
  }, [missing])

  return results
}

async function fetchResults(sessionId: string, signal: AbortSignal): Promise<SessionResults | null> {
  const answer = await fetchAnswer<{ results: unknown }>(`/api/v1/quipflip/results?sessionId=${encodeURIComponent(sessionId)}`, signal)
  return answer?.success ? (sessionResults.safeParse(answer.results).data ?? null) : null
}
