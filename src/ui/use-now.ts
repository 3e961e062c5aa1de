"use client"

import { useSyncExternalStore } from "react"

const TICK_MS = 200
const listeners = new Set<() => void>()
let now = 0
let timer: ReturnType<typeof setInterval> | undefined

/** This device's time in ms, five times a second, one timer for the whole page. `null` before the page is alive. */
export function useNow(): number | null {
  return useSyncExternalStore(subscribe, read, () => null)
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  timer ??= setInterval(tick, TICK_MS)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

function tick() {
  now = Date.now()
  listeners.forEach((listener) => listener())
}

function read() {
  // Stands still between ticks while somebody listens: React compares snapshots.
  if (timer === undefined) now = Math.floor(Date.now() / TICK_MS) * TICK_MS
  return now
}
