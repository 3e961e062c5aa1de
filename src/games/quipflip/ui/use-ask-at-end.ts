"use client"

import { useAskAtEnd as useAsk } from "@/live/use-ask-at-end"
import { graceMs } from "../round-clock"

/** Counts down to a deadline of a session (ms), and asks the server once it and its grace are over [QF-N7]. */
export function useAskAtEnd(endsAt: string | null): number | null {
  return useAsk(endsAt, graceMs)
}
