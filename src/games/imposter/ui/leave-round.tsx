"use client"

import { leaveImposterRoundAction } from "@/app/actions/party-logic"
import { useNight } from "@/live/use-night"
import { useCommand } from "@/party/ui/use-command"
import { ConfirmButton } from "@/ui/confirm-button"
import { Notice } from "@/ui/notice"

/** A player stops playing this round [IMP-13]. */
export function LeaveRound() {
  const { mergeAnswer } = useNight()
  const { busyPlace, problemAt, run } = useCommand()

  async function leave() {
    const answer = await run("leave", () => leaveImposterRoundAction())
    if (answer) mergeAnswer({ version: answer.version, round: answer.round })
  }

  return (
    <div className="grid grid-cols-1 justify-items-center gap-2 pt-2">
      <ConfirmButton size="small" question="Leave? You are back in the next round" pending={busyPlace === "leave"} onConfirm={() => void leave()}>
        Leave this round
      </ConfirmButton>
      <Notice>{problemAt("leave")}</Notice>
    </div>
  )
}
