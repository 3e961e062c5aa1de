"use client"

import { useRouter } from "next/navigation"
import { useTransition } from "react"
import { playAgainAction } from "@/app/actions/party-logic"
import { useNight } from "@/live/use-night"
import { Button } from "@/ui/button"
import { ButtonLink } from "@/ui/button-link"
import { Notice } from "@/ui/notice"
import type { SessionView } from "../view"
import { ownSession, playerOf, sessionPath } from "./own-session"
import { PlayerName } from "./phone-names"
import { useSessionCommand } from "./use-session-command"

/** The same people once more, with one tap; whoever taps later is led to the same session [QF-S18]. */
export function PlayAgain({ session, guestId }: { session: SessionView; guestId: string }) {
  const router = useRouter()
  const { sessions } = useNight().night
  const { busyPlace, problemAt, run } = useSessionCommand()
  const [isGoing, startGoing] = useTransition()
  const next = sessions.find(({ sessionId }) => sessionId === session.nextSessionId) ?? null
  const own = ownSession(sessions, guestId)

  async function again() {
    const made = await run("again", (id) => playAgainAction(session.sessionId, id))
    if (made) startGoing(() => router.push(sessionPath(made.session)))
  }

  return (
    <div className="fixed inset-x-0 bottom-0 z-20 mx-auto grid max-w-lg grid-cols-1 gap-2 border-t-2 border-line bg-ground px-4 pt-3 pb-[max(0.75rem,env(safe-area-inset-bottom))]">
      {next && next === own ? (
        <>
          <p role="status" className="text-center leading-tight">{hostWords(next, guestId)}</p>
          <ButtonLink href={sessionPath(next)} prefetch size="big">{next.status === "OPEN" ? "To the lobby" : "Go on"}</ButtonLink>
        </>
      ) : (
        <>
          <Notice>{problemAt("again")}</Notice>
          <Button size="big" pending={busyPlace === "again" || isGoing} onClick={() => void again()}>Play again</Button>
        </>
      )}
    </div>
  )
}

function hostWords(next: SessionView, guestId: string) {
  const host = next.players.find(({ isHost }) => isHost)
  if (!host || playerOf(next, guestId)?.isHost) return "The next session waits."
  return <><PlayerName name={host.name} /> wants to play again!</>
}
