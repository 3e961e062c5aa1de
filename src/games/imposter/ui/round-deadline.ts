import type { RoundView } from "../view"

/** What a round counts down to (ISO): the vote, its count, the end of the guess; null when it is over. */
export function deadlineOf({ status, discussionEndsAt, voteEndsAt, reveal }: RoundView): string | null {
  if (status === "ACTIVE") return discussionEndsAt
  return status === "VOTING" ? voteEndsAt : (reveal?.guessEndsAt ?? null)
}
