"use client"

import type { CommandRunner } from "@/party/ui/use-command"
import { useMergingCommand } from "./use-merging-command"

/** They say that the round or what waits is not what this screen shows. */
const outdatedCodes: readonly string[] = ["round_over", "round_not_found", "already_submitted", "phraseset_final", "own_round_running", "no_prompts_available", "no_phrasesets_available", "copies_complete", "in_another_session"]

/** Sends what is done alone, shows the purse it leaves at once, and looks again when the desk was out of date. */
export function useSoloCommand(refresh: () => void): CommandRunner {
  return useMergingCommand(outdatedCodes, refresh)
}
