"use client"

import { BellRing, X } from "lucide-react"
import { ButtonLink } from "@/ui/button-link"
import type { SessionView } from "../view"
import { sessionPath } from "./own-session"

type PhoneCallProps = {
  session: SessionView
  guestId: string
  /** The session's page is open already. */
  isHere: boolean
  onDismiss: () => void
}

/** The session's host calls this guest: says so, and leads there. */
export function PhoneCall({ session, guestId, isHere, onDismiss }: PhoneCallProps) {
  const host = session.players.find(({ isHost }) => isHost)
  return (
    <div role="alert" data-accent="quipflip" className="fixed inset-x-0 top-16 z-40 mx-auto grid max-w-lg px-3">
      <div className="lit flex animate-pop items-center gap-3 rounded-2xl border-2 border-accent bg-raised py-2.5 pr-1.5 pl-4 shadow-xl">
        <BellRing aria-hidden className="shrink-0 text-accent-text" />
        <p className="min-w-0 flex-1 leading-tight font-semibold">{host?.guestId === guestId ? "They are waiting for you!" : <>{host ? <bdi>{host.name}</bdi> : "The host"} is waiting for you!</>}</p>
        {!isHere && <ButtonLink href={sessionPath(session)} size="small" onClick={onDismiss}>Go</ButtonLink>}
        <button type="button" onClick={onDismiss} aria-label="Dismiss" className="grid size-11 shrink-0 place-items-center rounded-xl text-muted hover:text-ink"><X aria-hidden /></button>
      </div>
    </div>
  )
}
