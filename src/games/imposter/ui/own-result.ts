import type { RoundView } from "../view"

/** How a round ended for one guest: one line, one sentence, coins. */
export type OwnResult = { readonly title: string; readonly sentence: string; readonly coins: number; readonly isWin: boolean }

/** Null before the reveal, and for a guest who did not play or has left: whoever goes gets nothing [IMP-13]. */
export function ownResult({ players, reveal }: Pick<RoundView, "players" | "reveal">, guestId: string): OwnResult | null {
  const isPlaying = players.some((player) => player.guestId === guestId && !player.hasLeft)
  if (!reveal || !isPlaying) return null
  const coins = reveal.coins.find((row) => row.guestId === guestId)?.coins ?? 0
  const isImposter = reveal.imposterIds.includes(guestId)
  const told = isImposter ? imposterTold(reveal, guestId) : civilianTold(reveal, guestId)
  return { ...told, coins, isWin: coins > 0 }
}

type Told = { title: string; sentence: string }
type Reveal = NonNullable<RoundView["reveal"]>

const calledOff: Told = { title: "Called off", sentence: "Nobody gets coins." }

function imposterTold({ outcome, outId, guess, guessEndsAt }: Reveal, guestId: string): Told {
  if (outcome === "CALLED_OFF") return calledOff
  if (outcome === "ESCAPED") return { title: "You escaped", sentence: "They did not find you." }
  if (outId !== guestId) return { title: "Your side is caught", sentence: "They found one of you." }
  if (guessEndsAt !== null) return { title: "You are caught", sentence: "Name the word, and you still get coins." }
  if (guess?.isRight) return { title: "Caught, but clever", sentence: "You named the word." }
  return { title: "You are caught", sentence: guess ? "Your guess was wrong." : "You did not name the word." }
}

function civilianTold({ outcome, outId, votes }: Reveal, guestId: string): Told {
  if (outcome === "CALLED_OFF") return calledOff
  if (outcome === "ESCAPED") {
    const sentence = outId === guestId ? "They threw you out, and you knew the word." : "Nobody caught an imposter."
    return { title: "Fooled", sentence }
  }
  const isHunter = votes.some(({ voterId, targetId }) => voterId === guestId && targetId === outId)
  return isHunter
    ? { title: "You caught one", sentence: "Your vote was right." }
    : { title: "Caught without you", sentence: "The others found the imposter." }
}
