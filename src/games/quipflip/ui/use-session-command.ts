"use client"

import { useNight } from "@/live/use-night"
import type { CommandRunner } from "@/party/ui/use-command"
import { useMergingCommand } from "./use-merging-command"

/** Refusals that say that the session went on without this screen. */
export const outdatedCodes: readonly string[] = ["stale_version", "wrong_phase", "session_over", "session_not_found", "session_already_started", "round_over", "round_running", "round_not_found", "already_submitted", "votes_complete", "already_joined", "not_in_session", "left_session", "nothing_due"]

/** Sends a session's commands, shows at once what they answer, and looks again when the session went on meanwhile. */
export function useSessionCommand(): CommandRunner {
  const { refetch } = useNight()
  return useMergingCommand(outdatedCodes, refetch)
}
