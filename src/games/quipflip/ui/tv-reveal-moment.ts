"use client"

import { useCallback, useMemo, useSyncExternalStore } from "react"
import { useNight } from "@/live/use-night"
import { revealPlan, type RevealMoment, revealTimeline } from "../reveal-timeline"
import type { SessionResults } from "../view"

/** What is told now of results whose telling began at `fromMs` by the server's clock. Renders again only when something else is told. */
export function useRevealMoment(results: SessionResults, fromMs: number): RevealMoment {
  const { night, serverOffsetMs } = useNight()
  const plan = useMemo(() => revealPlan(results), [results])
  const indexAt = useCallback(
    (nowMs: number) => plan.findIndex(({ startsMs }) => startsMs === revealTimeline(results, nowMs - fromMs).startsMs),
    [plan, results, fromMs],
  )
  const subscribe = useCallback(
    (onMoment: () => void) => {
      let timer: ReturnType<typeof setTimeout> | undefined
      function arm() {
        const nowMs = Date.now() + serverOffsetMs
        const { endsMs } = revealTimeline(results, nowMs - fromMs)
        if (endsMs === Infinity) return
        timer = setTimeout(() => {
          onMoment()
          arm()
        }, fromMs + endsMs - nowMs)
      }
      arm()
      return () => clearTimeout(timer)
    },
    [results, fromMs, serverOffsetMs],
  )
  const index = useSyncExternalStore(subscribe, () => indexAt(Date.now() + serverOffsetMs), () => indexAt(Date.parse(night.serverTime)))
  return plan[index] ?? revealTimeline(results, 0)
}
