"use client"

import { type ReactNode, useState } from "react"
import { classNames } from "@/ui/class-names"
import { Confetti } from "@/ui/confetti"
import type { Reveal, RoundView } from "../view"
import { TvRevealedWord } from "./tv-revealed-word"
import { TvRoundHeading } from "./tv-round-heading"
import { isTold, useRevealSteps } from "./tv-telling"
import { TvVerdict } from "./tv-verdict"
import { TvVotes } from "./tv-votes"

type TvRevealStageProps = {
  round: RoundView
  reveal: Reveal
  /** It happens now: it is told with drama. */
  isFresh: boolean
  corner: ReactNode
}

/** The end of a round: who is out, what that was, who named whom, the word and the coins. Give it the round's id as key. */
export function TvRevealStage({ round, reveal, isFresh, corner }: TvRevealStageProps) {
  const isCalledOff = reveal.outcome === "CALLED_OFF"
  const told = useRevealSteps(isFresh && !isCalledOff)
  // A reload fires no second time.
  const [isShot] = useState(isFresh && !isCalledOff)
  // Nobody cheers for an innocent who is out, but whoever gets the coins does.
  const isCheered = isTold(told, reveal.outcome === "CAUGHT" ? "verdict" : "word")
  const areVotesShown = isTold(told, "votes") && reveal.votes.length > 0
  return (
    <div className="grid min-h-0 grid-cols-[minmax(0,1fr)_36rem] grid-rows-[auto_minmax(0,1fr)] gap-x-12 gap-y-7">
      <div className="col-span-full"><TvRoundHeading round={round.round}>{isCalledOff ? "No result" : "The reveal"}</TvRoundHeading></div>
      <div className={classNames("grid min-h-0 grid-cols-[minmax(0,1fr)] gap-8", areVotesShown ? "grid-rows-[auto_minmax(0,1fr)]" : "content-center")}>
        <TvVerdict reveal={reveal} isVerdictTold={isTold(told, "verdict")} size={areVotesShown ? "normal" : "huge"} />
        {areVotesShown && <TvVotes votes={reveal.votes} />}
      </div>
      <div className="grid min-h-0 grid-rows-[minmax(0,1fr)_auto] gap-6">
        <TvRevealedWord reveal={reveal} isTold={isTold(told, "word")} />
        {corner}
      </div>
      <Confetti shot={isShot && isCheered ? round.roundId : null} />
    </div>
  )
}
