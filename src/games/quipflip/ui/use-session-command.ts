"use client"

import { useCallback } from "react"
import type { Answer } from "@/kernel/answer"
import { useNight } from "@/live/use-night"
import { type CommandRunner, useCommand } from "@/party/ui/use-command"
import type { SeatView, SessionView } from "../view"

/** What the commands of a session answer. Coins. */
type Told = { version?: number; session?: SessionView | null; seat?: SeatView | null; walletBalance?: number }

/** Refusals that say that the session went on without this screen. */
export const outdatedCodes: readonly string[] = ["stale_version", "wrong_phase", "session_over", "session_not_found", "session_already_started", "round_over", "round_running", "round_not_found", "already_submitted", "votes_complete", "already_joined", "not_in_session", "left_session", "nothing_due"]

/** Sends a session's commands, shows at once what they answer, and looks again when the session went on meanwhile. */
export function useSessionCommand(): CommandRunner {
  const { mergeAnswer, refetch } = useNight()
  const command = useCommand()
  const { run: runCommand } = command

  const run = useCallback(
    async <Value extends object>(place: string, send: (requestId: string) => Promise<Answer<Value>>, attempt?: string) => {
      async function sendAndLook(requestId: string) {
        const answer = await send(requestId)
        if (!answer.success && outdatedCodes.includes(answer.code)) refetch()
        return answer
      }
      const told = await runCommand(place, sendAndLook, attempt)
      if (told) {
        const { version, session, seat, walletBalance }: Told = told
        mergeAnswer({
          ...(version === undefined ? {} : { version }),
          ...(walletBalance === undefined ? {} : { walletBalance }),
          ...(session ? { session } : {}),
          ...(seat ? { seat } : {}),
        })
      }
      return told
    },
    [runCommand, mergeAnswer, refetch],
  )
  return { ...command, run }
}
