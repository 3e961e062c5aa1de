"use client"

import { useCallback, useEffect, useRef, useState } from "react"
import { fetchAnswer, keepAsking } from "@/live/keep-asking"
import { useMoment, useNight } from "@/live/use-night"
import { graceMs } from "../round-clock"
import type { SoloDeskView } from "../solo-view"

/** Many things may wait at once; phones ask when it has calmed down. ms. */
const settleMs = 800
/** The clock of the house looks every second. ms. */
const lookMs = 1_500

export type SoloDesk = {
  /** Null until it was fetched. */
  readonly desk: SoloDeskView | null
  /** Fetches it anew. */
  readonly refresh: () => void
  /** Shows at once what a command or an event of this version told. */
  readonly show: (part: Partial<SoloDeskView>, version: number) => void
}

/**
 * The own desk of Quipflip alone, kept true: no channel brings own rounds and phrases, so it is fetched when something
 * waits or waits no more, when a session goes on, when the own round is over, and when the connection is back.
 */
export function useSoloDesk(): SoloDesk {
  const { connection, night } = useNight()
  const [desk, setDesk] = useState<SoloDeskView | null>(null)
  const [asked, setAsked] = useState(0)
  const refresh = useCallback(() => setAsked((times) => times + 1), [])
  // What was asked before something happened and answered after it would take it back.
  const toldVersion = useRef(0)
  const show = useCallback((part: Partial<SoloDeskView>, version: number) => {
    toldVersion.current = Math.max(toldVersion.current, version)
    setDesk((known) => known && { ...known, ...part })
  }, [])
  const isOffline = connection === "offline"
  // A session takes from what waits, gives it back, and lets nobody in it play alone.
  const phases = night.sessions.map(({ sessionId, phase, status }) => `${sessionId} ${phase} ${status}`).join()

  useEffect(() => {
    if (isOffline) return
    const stop = keepAsking(async (signal) => {
      const answer = await fetchAnswer<{ desk: SoloDeskView; version: number }>("/api/v1/quipflip/solo", signal)
      if (!answer?.success || signal.aborted || answer.version < toldVersion.current) return
      setDesk(answer.desk)
      stop()
    })
    return stop
  }, [asked, isOffline, phases])

  useRefreshWhenQueueChanges(refresh, show)
  useRefreshWhenOver(desk?.round?.endsAt ?? null, refresh)
  return { desk, refresh, show }
}

function useRefreshWhenQueueChanges(refresh: () => void, show: SoloDesk["show"]): void {
  const [changes, setChanges] = useState(0)
  useMoment((moment) => {
    if (moment.kind !== "queueChanged") return
    show(moment.payload, moment.version)
    setChanges((count) => count + 1)
  })
  useEffect(() => {
    if (changes === 0) return
    const timer = setTimeout(refresh, settleMs)
    return () => clearTimeout(timer)
  }, [changes, refresh])
}

/** @param endsAt ISO. */
function useRefreshWhenOver(endsAt: string | null, refresh: () => void): void {
  const { serverOffsetMs } = useNight()
  useEffect(() => {
    if (endsAt === null) return
    const leftMs = Date.parse(endsAt) + graceMs + lookMs - (Date.now() + serverOffsetMs)
    const timer = setTimeout(refresh, Math.max(lookMs, leftMs))
    return () => clearTimeout(timer)
  }, [endsAt, serverOffsetMs, refresh])
}
