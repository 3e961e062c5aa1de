"use client"

import { useCallback, useId } from "react"
import type { Answer } from "@/kernel/answer"
import type { CommandAnswer } from "@/live/command-answer"
import { useNight } from "@/live/use-night"
import { useCommand } from "./use-command"

export type HostCommand = {
  /** True from the tap until the answer. */
  readonly busy: boolean
  /** One sentence to show beside the control. */
  readonly refusal: string | undefined
  /** Nobody answered: it may have counted, and sending it again is safe. */
  readonly isLost: boolean
  /** No connection at all: controls wait, and the bar at the top says so. */
  readonly isOffline: boolean
  /**
   * Sends one command at a time. `attempt` names what is attempted with everything typed: it keeps its request id until
   * somebody answered. Yields the answer, or null when it was refused or lost. Never rejects.
   */
  run<Value extends object>(send: (requestId: string) => Promise<Answer<Value>>, attempt?: string): Promise<Value | null>
  /** Takes the refusal away, for the next try. */
  clear(): void
}

/** A command of race control: pending at once, a refusal beside the control, and the night shown as it is afterwards. */
export function useHostCommand(): HostCommand {
  const { mergeAnswer, refetch, connection } = useNight()
  const { run: send, busyPlace, problem, clearProblem } = useCommand()
  const place = useId()

  const run = useCallback<HostCommand["run"]>(
    async (work, attempt = place) => {
      const answer = await send(place, work, attempt)
      if (!answer) return null
      const told: CommandAnswer = answer
      mergeAnswer(told)
      // Few answers carry the state they made, and the socket may be down.
      if (!told.race) refetch()
      return answer
    },
    [send, place, mergeAnswer, refetch],
  )

  return { busy: busyPlace !== null, refusal: problem?.text, isLost: problem?.code === null, isOffline: connection === "offline", run, clear: clearProblem }
}
