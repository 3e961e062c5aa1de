"use client"

import { useCallback, useRef, useState } from "react"
import type { Answer } from "@/kernel/answer"
import { dropTapId, keptTapId } from "@/ui/tap-id"

/** Said where a tap got no answer. It may have counted; its id makes sure it counts once. */
export const noAnswerText = "No connection. Try again when it is back; nothing counts twice."

/** A no: which control it belongs to, the server's code (null when nobody answered) and the sentence to show. */
export type CommandProblem = { readonly place: string; readonly code: string | null; readonly text: string }

type Send<Value extends object> = (requestId: string) => Promise<Answer<Value>>

export type CommandRunner = {
  /** The control whose tap is under way. */
  readonly busyPlace: string | null
  readonly problem: CommandProblem | null
  /** The sentence for this control, if the last no was about it. */
  readonly problemAt: (place: string) => string | undefined
  /**
   * Sends one command, ignoring taps until the answer. `place` names the control; `attempt` names what is attempted
   * (default: the place), and is sent with the same id until somebody answered.
   * @returns what a success answered, null for a no.
   */
  readonly run: <Value extends object>(place: string, send: Send<Value>, attempt?: string) => Promise<Value | null>
  readonly clearProblem: () => void
}

/** Sends commands from the controls of one part of a screen, one at a time, and keeps the last no for the control it is about. */
export function useCommand(): CommandRunner {
  const [busyPlace, setBusyPlace] = useState<string | null>(null)
  const [problem, setProblem] = useState<CommandProblem | null>(null)
  // Two taps can come before React renders.
  const isRunning = useRef(false)

  const run = useCallback(async <Value extends object>(place: string, send: Send<Value>, attempt = place) => {
    if (isRunning.current) return null
    isRunning.current = true
    setBusyPlace(place)
    setProblem(null)
    const answer = await send(keptTapId(attempt)).catch(() => null)
    isRunning.current = false
    setBusyPlace(null)
    // After a bug of ours nobody knows whether it counted either.
    if (answer && (answer.success || answer.code !== "internal")) dropTapId(attempt)
    if (answer?.success) return answer as Value
    setProblem(answer ? { place, code: answer.code, text: answer.error } : { place, code: null, text: noAnswerText })
    return null
  }, [])

  const clearProblem = useCallback(() => setProblem(null), [])
  const problemAt = (place: string) => (problem?.place === place ? problem.text : undefined)
  return { busyPlace, problem, problemAt, run, clearProblem }
}
