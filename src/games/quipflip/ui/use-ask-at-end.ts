"use client"

import { useEffect } from "react"
import { useCountdown } from "@/live/use-countdown"
import { useNight } from "@/live/use-night"
import { graceMs } from "../round-clock"

const againMs = 4_000

/** Counts down to a deadline, and once it and its grace are over asks the server what came of it, until something did. ms. */
export function useAskAtEnd(endsAt: string | null): number | null {
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
  }, [isOver, refetch])

  return leftMs
}
