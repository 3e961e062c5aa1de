"use client"

import { useCallback, useSyncExternalStore } from "react"
import { useNight } from "./use-night"

/**
 * What is left until an instant (ISO) by the server's clock: ms, rounded up to whole seconds, 0 when it is over, null
 * without an instant. Renders again only when the second changes, and no more once it is over.
 */
export function useCountdown(endsAt: string | null): number | null {
  const { night, serverOffsetMs } = useNight()
  const endsAtMs = endsAt === null ? null : Date.parse(endsAt)
  const subscribe = useCallback(
    (onTick: () => void) => (endsAtMs === null ? () => {} : everySecondLeft(endsAtMs - serverOffsetMs, onTick)),
    [endsAtMs, serverOffsetMs],
  )
  return useSyncExternalStore(
    subscribe,
    () => leftMs(endsAtMs, Date.now() + serverOffsetMs),
    // The server draws the page by the clock the night was read at, and so does the browser's first paint.
    () => leftMs(endsAtMs, Date.parse(night.serverTime)),
  )
}

function leftMs(endsAtMs: number | null, nowMs: number): number | null {
  return endsAtMs === null ? null : Math.max(0, Math.ceil((endsAtMs - nowMs) / 1000)) * 1000
}

/** Calls `onTick` whenever another whole second is gone, up to the end (ms of this device's clock). */
function everySecondLeft(endMs: number, onTick: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  function arm() {
    const left = endMs - Date.now()
    if (left <= 0) return
    timer = setTimeout(() => {
      onTick()
      arm()
    }, left % 1000 || 1000)
  }
  arm()
  return () => clearTimeout(timer)
}
