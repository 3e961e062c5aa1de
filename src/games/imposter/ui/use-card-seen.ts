"use client"

import { useStoredText } from "@/ui/use-stored-text"
import type { RoundView } from "../view"

/** Whether this phone has shown its card of this round; it remembers over a reload. */
export function useCardSeen(round: RoundView | null): { isSeen: boolean; setSeen: () => void } {
  const { text, setText } = useStoredText("imposter-card-seen")
  return { isSeen: round !== null && text === round.roundId, setSeen: () => round && setText(round.roundId) }
}
