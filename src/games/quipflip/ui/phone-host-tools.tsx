"use client"

import { endSessionAction, pingSessionAction, skipPhaseAction, skipPlayerAction } from "@/app/actions/party-logic"
import { Button } from "@/ui/button"
import { ConfirmButton } from "@/ui/confirm-button"
import { Notice } from "@/ui/notice"
import type { SessionView } from "../view"
import { missingPlayers } from "./own-session"
import { useSessionCommand } from "./use-session-command"

/** The session's host helps a stuck session on [QF-S11]: calls, skips, gives up. */
export function HostTools({ session }: { session: SessionView }) {
  const { busyPlace, problem, run } = useSessionCommand()
  const { sessionId, lifecycleVersion } = session
  const waitedFor = missingPlayers(session).filter(({ isAi }) => !isAi)
  return (
    <details className="rounded-2xl border-2 border-line bg-surface">
      <summary className="flex min-h-13 cursor-pointer items-center px-4 font-semibold">Somebody stuck?</summary>
      <div className="grid grid-cols-1 gap-2 p-4 pt-1">
        {waitedFor.length > 0 && <Button look="quiet" pending={busyPlace === "ping"} onClick={() => void run("ping", () => pingSessionAction(sessionId))}>Nudge them</Button>}
        {waitedFor.map(({ participantId, name }) => (
          <ConfirmButton key={participantId} question={`The house plays for ${name}`} pending={busyPlace === participantId} onConfirm={() => void run(participantId, () => skipPlayerAction(sessionId, participantId, lifecycleVersion))}>
            Skip {name}
          </ConfirmButton>
        ))}
        <ConfirmButton question="End the phase for everybody?" pending={busyPlace === "phase"} onConfirm={() => void run("phase", () => skipPhaseAction(sessionId, lifecycleVersion))}>End this phase now</ConfirmButton>
        <ConfirmButton question="Give up? Open fees go back" pending={busyPlace === "end"} onConfirm={() => void run("end", () => endSessionAction(sessionId))}>Give the session up</ConfirmButton>
        <Notice>{problem?.text}</Notice>
      </div>
    </details>
  )
}
