"use client"

import { useEffect } from "react"
import { useCountdown } from "./use-countdown"
import { useNight } from "./use-night"

const againMs = 4_000

/**
 * Counts down to a deadline (ISO), and once it and its grace (ms) are over asks the server what came of it, until something
 * did. Where no process looks at the clock every second, that question is what moves the game on. Yields what is left, in ms.
 */
export function useAskAtEnd(endsAt: string | null, graceMs: number): number | null {
  const { refetch } = useNight()
  const leftMs = useCountdown(endsAt)
  const isOver = leftMs === 0

  useEffect(() => {
    if (!isOver) return
    let timer = setTimeout(function ask() {
      refetch()
      timer = setTimeout(ask, againMs)
    }, graceMs)
    return () => clearTimeout(timer)
  }, [isOver, graceMs, refetch])

  return leftMs
}
