"use client"

import { Check } from "lucide-react"
import type { ReactNode } from "react"
import { useCountdown } from "@/live/use-countdown"
import { Avatar } from "@/ui/avatar"
import { classNames } from "@/ui/class-names"
import { Notice } from "@/ui/notice"
import type { CardView, RoundPlayer, RoundView } from "../view"
import { Name, Names } from "./names"
import { RoundBar } from "./round-bar"
import { presentPlayers } from "./round-people"
import { useNames } from "./use-names"
import { useVote, type Voter } from "./use-vote"

const urgentMs = 10_000
/** More names than that would push what is below them off a small phone. */
const mostInOneColumn = 4

type PhoneVoteProps = { round: RoundView; own: RoundPlayer | null; card: CardView | null; cardButton: ReactNode }

/** They vote: one tap names somebody, another tap somebody else, until it closes [IMP-10] [IMP-11]. */
export function PhoneVote({ round, own, card, cardButton }: PhoneVoteProps) {
  const leftMs = useCountdown(round.voteEndsAt)
  const voter = useVote(round, card)
  const isOver = leftMs === 0
  return (
    <div className="grid grid-cols-1 gap-3">
      <RoundBar
        round={round}
        caption={captionFor(round, isOver)}
        leftMs={leftMs}
        clockLabel="Until the votes are counted"
        isUrgent={leftMs !== null && leftMs <= urgentMs}
      />
      {round.vote > 1 && <p role="status" className="text-lg font-semibold">Tie! Between <Names ids={round.candidateIds} />.</p>}
      {own && <Candidates ids={round.candidateIds.filter((id) => id !== own.guestId)} chosenId={own.hasVoted ? (card?.votedForId ?? null) : null} voter={voter} isOver={isOver} />}
      <Progress round={round} isOver={isOver} />
      {cardButton}
    </div>
  )
}

function captionFor({ vote }: RoundView, isOver: boolean): string {
  if (isOver) return "Counting…"
  return vote > 1 ? "Vote again" : "Who is it?"
}

type CandidatesProps = { ids: readonly string[]; chosenId: string | null; voter: Voter; isOver: boolean }

function Candidates({ ids, chosenId, voter, isOver }: CandidatesProps) {
  const isNarrow = ids.length > mostInOneColumn
  const problem = ids.map((id) => voter.problemAt(id)).find(Boolean)
  return (
    <div className="grid grid-cols-1 gap-2">
      <ul aria-label="Who can be named" className={classNames("grid gap-2", isNarrow ? "grid-cols-2" : "grid-cols-1")}>
        {ids.map((id) => (
          <li key={id} className="grid min-w-0 grid-cols-1">
            <Candidate id={id} isNarrow={isNarrow} isChosen={id === chosenId} isBusy={id === voter.busyId} isOver={isOver} onVote={() => void voter.voteFor(id)} />
          </li>
        ))}
      </ul>
      <Notice>{problem}</Notice>
    </div>
  )
}

type CandidateProps = { id: string; isNarrow: boolean; isChosen: boolean; isBusy: boolean; isOver: boolean; onVote: () => void }

function Candidate({ id, isNarrow, isChosen, isBusy, isOver, onVote }: CandidateProps) {
  const nameOf = useNames()
  return (
    <button
      type="button"
      aria-pressed={isChosen}
      aria-busy={isBusy || undefined}
      aria-disabled={isOver || undefined}
      onClick={() => !isOver && !isChosen && onVote()}
      className={classNames(
        "flex min-h-16 min-w-0 items-center rounded-xl border-2 py-1.5 text-left transition-transform active:translate-y-0.5 aria-disabled:cursor-not-allowed aria-disabled:opacity-70",
        isNarrow ? "gap-2 px-2" : "gap-3 px-2.5",
        isChosen ? "border-accent bg-accent text-on-accent" : "border-control bg-surface",
        isBusy && "animate-pulse border-accent",
      )}
    >
      <Avatar id={id} name={nameOf(id)} size={isNarrow ? "small" : "normal"} />
      <span className="grid min-w-0 flex-1 grid-cols-1 leading-tight">
        <span className={classNames("line-clamp-2", isNarrow ? "text-base" : "text-lg", isChosen && "[&_bdi]:text-on-accent")}><Name id={id} /></span>
        {isChosen && <span className="flex items-center gap-1 text-base font-semibold"><Check aria-hidden className="size-5 shrink-0" />Your vote</span>}
      </span>
    </button>
  )
}

function Progress({ round, isOver }: { round: RoundView; isOver: boolean }) {
  const here = presentPlayers(round)
  const missingIds = here.filter(({ hasVoted }) => !hasVoted).map(({ guestId }) => guestId)
  const voted = here.length - missingIds.length
  if (isOver) return <p role="status" className="text-center text-lg font-semibold">The votes are being counted.</p>
  return (
    <div className="grid grid-cols-1 gap-2">
      <div aria-hidden className="flex gap-1">
        {here.map(({ guestId }, index) => (
          <span key={guestId} className={classNames("h-2.5 flex-1 rounded-full", index < voted ? "bg-accent" : "bg-raised")} />
        ))}
      </div>
      <p role="status">
        <strong>{voted} of {here.length} have voted.</strong>{" "}
        {missingIds.length > 0 && <span className="text-muted">Waiting for <Names ids={missingIds} most={4} />.</span>}
      </p>
    </div>
  )
}
