"use client"

import { useEffect, useRef } from "react"
import { castImposterVoteAction } from "@/app/actions/party-logic"
import { useNight } from "@/live/use-night"
import { useCommand } from "@/party/ui/use-command"
import type { CardView, RoundView } from "../view"

export type Voter = {
  /** Whose button was tapped last and waits for its answer. */
  readonly busyId: string | null
  readonly problemAt: (targetId: string) => string | undefined
  readonly voteFor: (targetId: string) => Promise<void>
}

/** Names somebody, and shows the answer at once [IMP-10]. */
export function useVote(round: RoundView, card: CardView | null): Voter {
  const { mergeAnswer } = useNight()
  const { busyPlace, problemAt, run } = useCommand()
  const shown = useRef({ vote: round.vote, card })
  useEffect(() => {
    shown.current = { vote: round.vote, card }
  })

  async function voteFor(targetId: string) {
    // Without an id of the tap: a vote sent again is the same vote, and one changed back must count again.
    const answer = await run(targetId, () => castImposterVoteAction(targetId, round.vote))
    if (!answer) return
    const { version, round: changed, votedForId } = answer
    // The last vote may have opened the revote, and its event may have come before this answer.
    const isThisVote = changed.vote === round.vote && shown.current.vote === round.vote
    const marked = isThisVote && shown.current.card ? { card: { ...shown.current.card, votedForId } } : {}
    mergeAnswer({ version, round: changed, ...marked })
  }

  return { busyId: busyPlace, problemAt, voteFor }
}
