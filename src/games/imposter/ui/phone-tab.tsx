"use client"

import { VenetianMask } from "lucide-react"
import { useState } from "react"
import { useAskAtEnd } from "@/live/use-ask-at-end"
import { useMoment, useNight } from "@/live/use-night"
import type { ScreenAwake } from "@/party/ui/screen-awake"
import type { OwnGuestView } from "@/party/view"
import { Confetti } from "@/ui/confetti"
import { EmptyState } from "@/ui/empty-state"
import { Notice } from "@/ui/notice"
import type { RoundView } from "../view"
import { LeaveRound } from "./leave-round"
import { PhoneCard } from "./phone-card"
import { PhoneDiscussion } from "./phone-discussion"
import { PhoneReveal } from "./phone-reveal"
import { PhoneVote } from "./phone-vote"
import { deadlineOf } from "./round-deadline"
import { ownPart } from "./round-people"
import { useCardSeen } from "./use-card-seen"

// At home the clock has moved the round on by then, and nobody asks.
const patienceMs = 2_500

/** Imposter on a guest's phone: the round as it is, for whoever plays and for whoever watches. */
export function ImposterTab({ me, awake }: { me: OwnGuestView; awake: ScreenAwake }) {
  const { imposter: round, party } = useNight().night
  const shot = useWinShot(me.id)
  useAskAtEnd(round ? deadlineOf(round) : null, patienceMs)
  const isPartyOver = party.status === "ENDED"
  if (!round || (isPartyOver && round.status !== "REVEALED")) return <NoRound isPartyOver={isPartyOver} />
  return (
    <div className="grid grid-cols-1 gap-3">
      <SpectatorNote round={round} guestId={me.id} />
      {round.reveal ? (
        <PhoneReveal round={round} reveal={round.reveal} guestId={me.id} />
      ) : (
        <RunningRound round={round} guestId={me.id} awake={awake} />
      )}
      <Confetti shot={shot} />
    </div>
  )
}

/** Names a win of this guest as it happens, not one that is only shown again. */
function useWinShot(guestId: string): string | null {
  const [shot, setShot] = useState<string | null>(null)
  useMoment((moment, { imposter }) => {
    if (moment.kind !== "roundRevealed" && moment.kind !== "roundChanged") return
    const { roundId, reveal } = moment.payload.round
    if (!reveal || imposter?.roundId !== roundId) return
    const won = imposter.reveal?.coins.find((row) => row.guestId === guestId)
    if (won) setShot(`${roundId}:${won.coins}`)
  })
  return shot
}

function RunningRound({ round, guestId, awake }: { round: RoundView; guestId: string; awake: ScreenAwake }) {
  const { card } = useNight().night
  const seen = useCardSeen(round)
  const own = ownPart(round, guestId)
  const ownCard = card?.roundId === round.roundId ? card : null
  const isVoting = round.status === "VOTING"

  function handleSeen() {
    seen.setSeen()
    // They hold the phone and want to look again: its screen stays on from here.
    if (awake.state === "off") awake.turnOn()
  }

  const cardButton = own && <PhoneCard key={round.roundId} card={ownCard} isSmall={isVoting} onSeen={handleSeen} />
  return (
    <>
      {isVoting ? (
        <PhoneVote round={round} own={own} card={ownCard} cardButton={cardButton} />
      ) : (
        <PhoneDiscussion round={round} own={own} card={cardButton} />
      )}
      {own && <LeaveRound />}
    </>
  )
}

function SpectatorNote({ round, guestId }: { round: RoundView; guestId: string }) {
  if (ownPart(round, guestId)) return null
  const hasLeft = round.players.some((player) => player.guestId === guestId)
  const watching = round.status === "REVEALED" ? "You watched this round." : "You watch this round."
  return <Notice tone="tip">{hasLeft ? "You left this round." : watching} You play in the next round.</Notice>
}

function NoRound({ isPartyOver }: { isPartyOver: boolean }) {
  return (
    <EmptyState icon={<VenetianMask />} title="No round yet">
      {isPartyOver ? "The party is over." : "The host deals the cards. Yours shows up here by itself, so keep the phone at hand."}
    </EmptyState>
  )
}
