import type { RoundView } from "./view"

/** Revealed, and nobody may guess any more [IMP-1]. */
export function isRoundOver({ status, reveal }: Pick<RoundView, "status" | "reveal">): boolean {
  return status === "REVEALED" && !reveal?.guessEndsAt
}
