"use client"

import { useCallback } from "react"
import type { Answer } from "@/kernel/answer"
import { useNight } from "@/live/use-night"
import { type CommandRunner, useCommand } from "@/party/ui/use-command"
import type { SeatView, SessionView } from "../view"

/** What the commands of Quipflip answer. Coins. */
type Told = { version?: number; session?: SessionView | null; seat?: SeatView | null; walletBalance?: number }

/**
 * Sends commands and shows at once what they answer. A refusal by one of `outdatedCodes` says that this screen showed what is no
 * longer so: then `lookAgain` is called.
 */
export function useMergingCommand(outdatedCodes: readonly string[], lookAgain: () => void): CommandRunner {
  const { mergeAnswer } = useNight()
  const command = useCommand()
  const { run: runCommand } = command

  const run = useCallback(
    async <Value extends object>(place: string, send: (requestId: string) => Promise<Answer<Value>>, attempt?: string) => {
      async function sendAndLook(requestId: string) {
        const answer = await send(requestId)
        if (!answer.success && outdatedCodes.includes(answer.code)) lookAgain()
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
    [runCommand, mergeAnswer, outdatedCodes, lookAgain],
  )
  return { ...command, run }
}
