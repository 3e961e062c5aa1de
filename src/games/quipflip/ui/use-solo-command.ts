"use client"

import { useCallback } from "react"
import type { Answer } from "@/kernel/answer"
import { useNight } from "@/live/use-night"
import { type CommandRunner, useCommand } from "@/party/ui/use-command"

/** Coins. */
type Told = { version: number; walletBalance: number }

/** They say that the round or what waits is not what this screen shows. */
const outdatedCodes: readonly string[] = ["round_over", "round_not_found", "already_submitted", "phraseset_final", "own_round_running", "no_prompts_available", "no_phrasesets_available", "copies_complete", "in_another_session"]

/** Sends what is done alone, shows the purse it leaves at once, and looks again when the desk was out of date. */
export function useSoloCommand(refresh: () => void): CommandRunner {
  const { mergeAnswer } = useNight()
  const command = useCommand()
  const { run: send } = command

  const run = useCallback(
    async <Value extends object>(place: string, work: (requestId: string) => Promise<Answer<Value>>, attempt?: string) => {
      async function sendAndLook(requestId: string) {
        const answer = await work(requestId)
        if (!answer.success && outdatedCodes.includes(answer.code)) refresh()
        return answer
      }
      const told = await send(place, sendAndLook, attempt)
      if (told) {
        const { version, walletBalance }: Partial<Told> = told
        mergeAnswer({ ...(version === undefined ? {} : { version }), ...(walletBalance === undefined ? {} : { walletBalance }) })
      }
      return told
    },
    [send, mergeAnswer, refresh],
  )
  return { ...command, run }
}
