"use client"

import type { ReactNode } from "react"
import type { RoundView } from "../view"
import { TvRevealStage } from "./tv-reveal-stage"
import { TvTalkStage } from "./tv-talk-stage"
import { TvVoteStage } from "./tv-vote-stage"

type TvRoundStageProps = {
  round: RoundView
  /** The reveal happens now, in front of this screen. */
  isFresh: boolean
  /** The invitation for latecomers. */
  corner: ReactNode
}

/** A round of Imposter on the whole screen. */
export function TvRoundStage({ round, isFresh, corner }: TvRoundStageProps) {
  if (round.status === "ACTIVE") return <TvTalkStage round={round} corner={corner} />
  if (round.status === "VOTING") return <TvVoteStage round={round} corner={corner} />
  return round.reveal && <TvRevealStage key={round.roundId} round={round} reveal={round.reveal} isFresh={isFresh} corner={corner} />
}
