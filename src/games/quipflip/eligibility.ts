import { ok, refuse, type Refusal, type Result } from "@/kernel/result"
import { canVoteOn, type VotableSet } from "./filler-sets"
import { copiesPerPrompt } from "./ring"

export type CopyRefusal = Refusal<"own_prompt" | "copies_complete" | "already_copied" | "not_copied_yet">

type WantedCopy = {
  readonly copierId: string
  readonly authorId: string
  /** Whose copies the prompt has, those being written included: a copier twice who bought the second. */
  readonly takenBy: readonly string[]
  readonly isSecondCopy: boolean
}

/** May this player begin this copy? [QF-E2] [QF-E4] */
export function decideCopy({ copierId, authorId, takenBy, isSecondCopy }: WantedCopy): Result<true, CopyRefusal> {
  if (copierId === authorId) return refuse("own_prompt")
  if (takenBy.length >= copiesPerPrompt) return refuse("copies_complete")
  const hasCopied = takenBy.includes(copierId)
  if (hasCopied && !isSecondCopy) return refuse("already_copied")
  if (isSecondCopy && !hasCopied) return refuse("not_copied_yet")
  return ok(true)
}

export type VoteRefusal = Refusal<"own_phraseset" | "already_voted" | "phraseset_final">

type WantedVote = {
  readonly voterId: string
  readonly set: VotableSet
  readonly votedIds: readonly string[]
  /** By the clock (see `isFinal`), by its session, or because it is paid. */
  readonly isFinal: boolean
}

/** May this player vote on this set? [QF-E5] [QF-N5] */
export function decideVote({ voterId, set, votedIds, isFinal }: WantedVote): Result<true, VoteRefusal> {
  if (!canVoteOn(voterId, set)) return refuse("own_phraseset")
  if (votedIds.includes(voterId)) return refuse("already_voted")
  return isFinal ? refuse("phraseset_final") : ok(true)
}
