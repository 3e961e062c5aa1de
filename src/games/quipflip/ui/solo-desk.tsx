"use client"

import { type ReactNode, useState } from "react"
import { useNight } from "@/live/use-night"
import type { OwnGuestView } from "@/party/view"
import { Notice } from "@/ui/notice"
import { Skeleton } from "@/ui/skeleton"
import type { OpenRoundView } from "../view"
import { SoloChoices } from "./solo-choices"
import { SoloFinished } from "./solo-finished"
import { SoloPhrases } from "./solo-phrases"
import { SoloRound, type SoloOutcome } from "./solo-round"
import { useSoloDesk } from "./use-solo-desk"

/** Quipflip alone on a guest's phone: what one can begin, the round that runs, the own phrases and what they brought [QF-E9]. */
export function SoloDesk({ me }: { me: OwnGuestView }) {
  const { party } = useNight().night
  const { desk, refresh, show } = useSoloDesk()
  const [outcome, setOutcome] = useState<SoloOutcome | null>(null)
  if (!desk) return <Waiting />

  function handleBegun(round: OpenRoundView, version: number) {
    setOutcome(null)
    show({ round }, version)
  }

  function handleOver(next: SoloOutcome, version: number) {
    setOutcome(next)
    show({ round: null }, version)
    refresh()
  }

  if (desk.round) {
    return (
      <Frame>
        <SoloRound key={desk.round.roundId} round={desk.round} refresh={refresh} onOver={handleOver} />
      </Frame>
    )
  }
  const canPlay = party.status !== "ENDED" && !desk.isInSession
  return (
    <Frame>
      {outcome && <Notice tone={outcome.tone}>{outcome.text}</Notice>}
      {desk.isInSession && <Notice tone="tip">You play a session. Alone you can go on when it is over.</Notice>}
      {canPlay && <SoloChoices desk={desk} walletBalance={me.walletBalance} refresh={refresh} onBegun={handleBegun} />}
      <SoloPhrases pending={desk.pending} />
      <SoloFinished sets={desk.finished} guestId={me.id} />
    </Frame>
  )
}

function Frame({ children }: { children: ReactNode }) {
  return <section aria-label="Quipflip alone" data-accent="quipflip" className="grid grid-cols-1 gap-4">{children}</section>
}

function Waiting() {
  return (
    <div role="status" className="grid grid-cols-1 gap-3">
      <span className="sr-only">Quipflip is on its way</span>
      {[0, 1, 2].map((place) => <Skeleton key={place} className="h-24" />)}
    </div>
  )
}
