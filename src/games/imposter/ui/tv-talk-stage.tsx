"use client"

import type { ReactNode } from "react"
import { Avatar } from "@/ui/avatar"
import { classNames } from "@/ui/class-names"
import type { RoundPlayer, RoundView } from "../view"
import { TvClock } from "./tv-clock"
import { useNames } from "./use-names"
import { TvRoundHeading } from "./tv-round-heading"
import { type SeatMark, TvTable } from "./tv-table"
import { imposterWords, misterWhiteWords } from "./tv-words"

/** They talk: the clock, the table, and who wants to vote already [IMP-8] [IMP-9]. */
export function TvTalkStage({ round, corner }: { round: RoundView; corner: ReactNode }) {
  return (
    <div className="grid min-h-0 grid-cols-[minmax(0,1fr)_34rem] grid-rows-[auto_minmax(0,1fr)] gap-x-12 gap-y-7">
      <div className="col-span-full"><TvRoundHeading round={round.round}>{round.isWarned ? "The vote is near" : "Look at your card. Then talk."}</TvRoundHeading></div>
      <TvTable players={round.players} markOf={markOf}>
        <TvClock endsAt={round.discussionEndsAt} isUrgent={round.isWarned} words={round.isWarned ? "Last minute!" : "until the vote"} />
      </TvTable>
      <div className="grid min-h-0 grid-rows-[minmax(0,1fr)_auto] gap-6">
        <div className="grid min-h-0 content-start gap-6 overflow-hidden">
          <h2 className="text-7xl text-accent-text">{imposterWords(round.imposterCount)}</h2>
          {round.hasMisterWhite && <p className="text-3xl font-semibold">{misterWhiteWords(round.imposterCount)}</p>}
          <Calls round={round} />
        </div>
        {corner}
      </div>
    </div>
  )
}

const callersShown = 4

function Calls({ round }: { round: RoundView }) {
  const nameOf = useNames()
  const callers = round.players.filter(({ hasCalledVote, hasLeft }) => hasCalledVote && !hasLeft)
  return (
    <section aria-label="Calls for the vote" className="grid gap-4 rounded-2xl border-2 border-line bg-surface p-5">
      <p role="status" className="flex items-baseline justify-between gap-4">
        <span className="display text-5xl">Vote now?</span>
        <span className="text-3xl text-muted"><span className="numerals text-6xl text-ink">{callers.length}</span> of {round.callsNeeded}</span>
      </p>
      <div aria-hidden className="flex gap-2">
        {Array.from({ length: round.callsNeeded }, (_, index) => (
          <span key={index} className={classNames("h-4 flex-1 rounded-full", index < callers.length ? "bg-accent" : "bg-sunken")} />
        ))}
      </div>
      {callers.length === 0 && <p className="text-2xl text-muted">Sure already? Call the vote on your phone.</p>}
      <ul className="grid grid-cols-2 gap-3 empty:hidden">
        {callers.slice(0, callersShown).map(({ guestId }) => (
          <li key={guestId} className="flex min-w-0 animate-pop items-center gap-3">
            <Avatar id={guestId} name={nameOf(guestId)} />
            <span dir="auto" className="truncate text-3xl font-bold">{nameOf(guestId)}</span>
          </li>
        ))}
      </ul>
      {callers.length > callersShown && <p className="text-2xl text-muted">and {callers.length - callersShown} more</p>}
    </section>
  )
}

function markOf({ hasLeft, hasCalledVote }: RoundPlayer): SeatMark | null {
  if (hasLeft) return { glyph: "–", words: "has left", look: "faint" }
  return hasCalledVote ? { glyph: "!", words: "wants to vote", look: "lit", isRinged: true } : null
}
