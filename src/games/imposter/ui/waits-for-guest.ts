import type { RoundView } from "../view"
import { ownPart } from "./round-people"

/** Whether the round waits for this guest: a card not looked at, a vote not cast, the caught imposter's guess. */
export function waitsForGuest(round: RoundView | null, guestId: string, isCardSeen: boolean): boolean {
  const own = round && ownPart(round, guestId)
  if (!own) return false
  if (round.status === "REVEALED") return mayGuess(round, guestId)
  return !isCardSeen || (round.status === "VOTING" && !own.hasVoted)
}

/** The caught imposter may guess the word [IMP-16]. */
export function mayGuess({ reveal }: RoundView, guestId: string): boolean {
  return reveal?.outcome === "CAUGHT" && reveal.outId === guestId && reveal.guessEndsAt !== null
}
