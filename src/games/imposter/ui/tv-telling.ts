"use client"

import { useEffect, useState } from "react"
import { prefersReducedMotion } from "@/ui/reduced-motion"

/** How a reveal is told: who is out, what that was, who named whom, then the word and the coins. */
export const revealSteps = ["out", "verdict", "votes", "word"] as const
export type RevealStep = (typeof revealSteps)[number]

/** How long each step but the last stands alone, in ms. */
export const stepMs: Record<Exclude<RevealStep, "word">, number> = { out: 3000, verdict: 2800, votes: 2600 }

/** Whether the telling has come to `step`. */
export function isTold(told: RevealStep, step: RevealStep): boolean {
  return revealSteps.indexOf(told) >= revealSteps.indexOf(step)
}

/** Tells a fresh reveal step by step; everything at once when it is not fresh, and for who asked for less motion. */
export function useRevealSteps(isFresh: boolean): RevealStep {
  const [told, setTold] = useState<RevealStep>(() => (isFresh && !prefersReducedMotion() ? "out" : "word"))
  useEffect(() => {
    const next = revealSteps[revealSteps.indexOf(told) + 1]
    if (told === "word" || !next) return
    const timer = setTimeout(() => setTold(next), stepMs[told])
    return () => clearTimeout(timer)
  }, [told])
  return told
}
