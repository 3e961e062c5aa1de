"use client"

import type { ReactNode } from "react"
import type { RoundPlayer, RoundView } from "../view"
import { Names } from "./names"
import { presentPlayers } from "./round-people"
import { TvClock } from "./tv-clock"
import { useNames } from "./use-names"
import { TvRoundHeading } from "./tv-round-heading"
import { type SeatMark, TvTable } from "./tv-table"
import { tieWords } from "./tv-words"

const urgentMs = 15_000
const awaitedShown = 5

/** The vote: who has voted and who is waited for, never for whom [IMP-4] [IMP-10]. */
export function TvVoteStage({ round, corner }: { round: RoundView; corner: ReactNode }) {
  const nameOf = useNames()
  const isRevote = round.vote > 1
  const present = presentPlayers(round)
  const awaited = present.filter(({ hasVoted, guestId }) => !hasVoted && round.candidateIds.some((id) => id !== guestId))
  return (
    <div className="grid min-h-0 grid-cols-[minmax(0,1fr)_34rem] grid-rows-[auto_minmax(0,1fr)] gap-x-12 gap-y-7">
      <div className="col-span-full">
        <TvRoundHeading round={round.round}>{isRevote ? "It is a tie. Vote once more." : "Time to vote"}</TvRoundHeading>
      </div>
      <TvTable players={round.players} markOf={(player) => markOf(player, round)}>
        {round.voteEndsAt && <TvClock endsAt={round.voteEndsAt} urgentMs={urgentMs} words={`${present.length - awaited.length} of ${present.length} voted`} />}
      </TvTable>
      <div className="grid min-h-0 grid-rows-[minmax(0,1fr)_auto] gap-6">
        <div className="grid min-h-0 content-start gap-6 overflow-hidden">
          {isRevote && <p className="display text-6xl">Tie:</p>}
          <h2 dir="auto" className="line-clamp-4 py-1 text-8xl text-accent-text [overflow-wrap:anywhere]">
            {isRevote ? tieWords(round.candidateIds.map(nameOf)) : "Who is the imposter?"}
          </h2>
          <p className="text-3xl text-muted">Name one on your phone. Nobody sees whom.</p>
          <p role="status" className="text-4xl font-semibold">
            {awaited.length > 0 ? <>Waiting for <Names ids={awaited.map(({ guestId }) => guestId)} most={awaitedShown} /></> : "Everybody has voted"}
          </p>
        </div>
        {corner}
      </div>
    </div>
  )
}

function markOf({ guestId, hasLeft, hasVoted }: RoundPlayer, { vote, candidateIds }: RoundView): SeatMark | null {
  if (hasLeft) return { glyph: "–", words: "has left", look: "faint" }
  const isTied = vote > 1 && candidateIds.includes(guestId)
  const tied = isTied ? "can be named, " : ""
  if (hasVoted) return { glyph: "✓", words: `${tied}has voted`, look: "done", isRinged: isTied }
  return { glyph: "…", words: `${tied}has not voted yet`, look: "plain", isRinged: isTied }
}
