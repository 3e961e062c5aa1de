"use client"

import { Hourglass, PartyPopper, Unplug } from "lucide-react"
import { useEffect } from "react"
import { joinSessionAction, leaveSessionAction } from "@/app/actions/party-logic"
import { useNight } from "@/live/use-night"
import type { OwnGuestView } from "@/party/view"
import { Button } from "@/ui/button"
import { ButtonLink } from "@/ui/button-link"
import { ConfirmButton } from "@/ui/confirm-button"
import { EmptyState } from "@/ui/empty-state"
import { Notice } from "@/ui/notice"
import { Skeleton } from "@/ui/skeleton"
import { isPlayPhase } from "../phases"
import type { OpenRoundView, SeatView, SessionPlayer, SessionView } from "../view"
import { missingPlayers, playerOf } from "./own-session"
import { Banner } from "./phone-banner"
import { HostTools } from "./phone-host-tools"
import { PlayerNames } from "./phone-names"
import { NoSession } from "./phone-no-session"
import { PhonePage, useFollow } from "./phone-page"
import { Progress } from "./phone-progress"
import { PhoneVote } from "./phone-vote"
import { phaseWords } from "./phone-words"
import { PhoneWrite } from "./phone-write"
import { useAskAtEnd } from "./use-ask-at-end"
import { useOwnRound } from "./use-own-round"
import { currentSeat } from "./use-own-seat"
import { useSessionCommand } from "./use-session-command"

/** A running session on a guest's phone: one thing to do at a time. */
export function PhonePlay({ sessionId }: { sessionId: string }) {
  return <PhonePage sessionId={sessionId}>{(session, me) => (session ? <Play session={session} me={me} /> : <NoSession />)}</PhonePage>
}

function Play({ session, me }: { session: SessionView; me: OwnGuestView }) {
  const { seat } = useNight().night
  const own = playerOf(session, me.id)
  useFollow(session, session.status === "COMPLETED" || session.status === "OPEN")
  if (session.status === "ABANDONED") return <Abandoned />
  if (session.status === "COMPLETED") return <Finishing />
  if (!own) return <Watching session={session} />
  if (own.hasLeft) return <Away session={session} own={own} />
  return <Playing key={session.lifecycleVersion} session={session} own={own} seat={currentSeat({ seat }, session)} />
}

type PlayingProps = { session: SessionView; own: SessionPlayer; seat: SeatView | null }

function Playing({ session, own, seat }: PlayingProps) {
  useTopOfPage()
  const round = seat?.round ?? null
  const leftMs = useAskAtEnd(round ? round.endsAt : session.phaseEndsAt)
  const isPhaseOver = !round && leftMs === 0
  const next = useOwnRound(session, own, seat, isPhaseOver)
  const isDone = seat !== null && !round && seat.done >= seat.dealt
  const step = seat && !isDone ? `${Math.min(seat.done + 1, seat.dealt)} of ${seat.dealt}` : null
  return (
    <div className="grid grid-cols-1 gap-4">
      <Banner session={session} step={step} leftMs={leftMs} clockLabel={round ? "Your time" : "Until the phase ends"} />
      {round && <Task key={round.roundId} session={session} round={round} isOver={leftMs === 0} />}
      {(isDone || isPhaseOver) && <Waiting session={session} seat={seat} isDone={isDone} isOver={isPhaseOver} />}
      {!round && !isDone && !isPhaseOver && <Beginning problem={next.problem} isPending={next.isBeginning} onRetry={next.begin} />}
      <Progress session={session} ownId={own.guestId} />
      {own.isHost && <HostTools session={session} />}
      <Leave session={session} />
    </div>
  )
}

/** A phase begins with its task, however far down the last one was read. */
function useTopOfPage(): void {
  useEffect(() => {
    document.documentElement.scrollTop = 0
  }, [])
}

function Task({ session, round, isOver }: { session: SessionView; round: OpenRoundView; isOver: boolean }) {
  const part = { session, round, isOver, children: <Fee round={round} /> }
  return round.type === "VOTE" ? <PhoneVote {...part} /> : <PhoneWrite {...part} />
}

/** What the round cost, and what of it the house lent [QF-S5]. */
function Fee({ round: { type, feeCoins, lentCoins } }: { round: OpenRoundView }) {
  return (
    <p className="text-center text-base text-muted">
      This {phaseWords[type].one} cost <span className="numerals text-lg text-coins-text">{feeCoins}</span> coins
      {lentCoins > 0 && <>, {lentCoins === feeCoins ? "all" : lentCoins} of it lent by the house</>}
      {type === "VOTE" && <>; right pays <span className="numerals text-lg text-coins-text">20</span></>}.
    </p>
  )
}

/** The next round is on its way, or cannot begin. */
function Beginning({ problem, isPending, onRetry }: { problem: string | undefined; isPending: boolean; onRetry: () => void }) {
  if (problem === undefined) {
    return (
      <div role="status" className="grid grid-cols-1 gap-3">
        <span className="sr-only">Your next round is coming</span>
        <Skeleton className="h-24" />
        <Skeleton className="h-24" />
        <Skeleton className="h-16" />
      </div>
    )
  }
  return (
    <div className="grid grid-cols-1 gap-3">
      <Notice>{problem}</Notice>
      <Button size="big" pending={isPending} onClick={onRetry}>Try again</Button>
    </div>
  )
}

function Waiting({ session, seat, isDone, isOver }: { session: SessionView; seat: SeatView | null; isDone: boolean; isOver: boolean }) {
  const missing = missingPlayers(session)
  const people = missing.filter(({ isAi, hasLeft }) => !isAi && !hasLeft)
  return (
    <section role="status" className="grid animate-pop grid-cols-1 justify-items-center gap-2 rounded-2xl border-4 border-accent bg-surface px-4 py-6 text-center">
      <Hourglass aria-hidden className="size-12 text-accent-text" />
      <h2 className="text-5xl">{waitingTitle(seat, isDone)}</h2>
      <p className="text-lg">
        {isOver || missing.length === 0 ? "On to the next phase …" : <>Waiting for {people.length > 0 ? <PlayerNames players={people} /> : "the AI to finish"}.</>}
      </p>
      {seat !== null && seat.lentCoins > 0 && <p className="text-base text-muted">The house has lent you {seat.lentCoins} coins in this session.</p>}
    </section>
  )
}

function waitingTitle(seat: SeatView | null, isDone: boolean): string {
  if (!isDone) return "Time is up"
  return seat?.dealt === 0 ? "Lean back" : "Locked in!"
}

function Watching({ session }: { session: SessionView }) {
  const leftMs = useAskAtEnd(session.phaseEndsAt)
  return (
    <div className="grid grid-cols-1 gap-4">
      <Banner session={session} step={null} leftMs={leftMs} clockLabel="Until the phase ends" />
      <Notice tone="tip">You watch this session. The results show up here by themselves.</Notice>
      <Progress session={session} ownId={null} />
      <ButtonLink href="/party/dashboard" look="quiet">Back to the party</ButtonLink>
    </div>
  )
}

/** Left: the AI plays the seat until its guest is back [QF-S6]. */
function Away({ session, own }: { session: SessionView; own: SessionPlayer }) {
  const { busyPlace, problemAt, run } = useSessionCommand()
  const leftMs = useAskAtEnd(session.phaseEndsAt)
  const title = isPlayPhase(session.phase) ? phaseWords[session.phase].title : ""
  return (
    <div className="grid grid-cols-1 gap-4">
      <Banner session={session} step={null} leftMs={leftMs} clockLabel="Until the phase ends" />
      <EmptyState icon={<Unplug />} title="You left">The AI plays for you in “{title}”. Your seat is still yours.</EmptyState>
      <Notice>{problemAt("back")}</Notice>
      <Button size="big" pending={busyPlace === "back"} onClick={() => void run("back", (id) => joinSessionAction(session.code, id))}>Come back</Button>
      <Progress session={session} ownId={own.guestId} />
      <ButtonLink href="/party/dashboard" look="quiet">Back to the party</ButtonLink>
    </div>
  )
}

function Leave({ session }: { session: SessionView }) {
  const { busyPlace, problemAt, run } = useSessionCommand()
  return (
    <div className="grid grid-cols-1 justify-items-center gap-2">
      <ConfirmButton size="small" question="Leave? The AI plays on for you" pending={busyPlace === "leave"} onConfirm={() => void run("leave", () => leaveSessionAction(session.sessionId))}>Leave</ConfirmButton>
      <Notice>{problemAt("leave")}</Notice>
    </div>
  )
}

function Finishing() {
  return (
    <div role="status" className="grid min-h-[60dvh] grid-cols-1 content-center justify-items-center gap-4 text-center">
      <PartyPopper aria-hidden className="size-16 animate-pop text-accent-text" />
      <h2 className="text-6xl">That was it!</h2>
      <p className="text-lg text-muted">Here come the results …</p>
    </div>
  )
}

function Abandoned() {
  return (
    <div className="grid min-h-[70dvh] grid-cols-1 content-center">
      <EmptyState icon={<Unplug />} title="Session given up" action={<ButtonLink href="/party/dashboard">Back to the party</ButtonLink>}>
        It was not played to the end. What open rounds cost is back in your purse.
      </EmptyState>
    </div>
  )
}
